"""Two beats and three workers at once send what one of each would."""

from __future__ import annotations

import pytest

from negotiations.rules.codes import DeliveryState

from .world import World

pytestmark = pytest.mark.serial


def test_two_beats_and_three_workers_send_each_mail_once(world: World) -> None:
    world.fleet.beat("beat-2")
    world.fleet.work("worker-2")
    world.fleet.work("worker-3")
    try:
        world.readers(12)
        world.die_at("sending")
        world.change()
        world.until(lambda: not world.fleet.step.exists() and world.is_settled())
    finally:
        for name in ("beat-2", "worker-2", "worker-3"):
            world.fleet.stop(name)
    assert world.states() == {DeliveryState.SENT: 11, DeliveryState.UNKNOWN: 1}
    world.check()
