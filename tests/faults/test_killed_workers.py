"""A worker killed at any step loses nothing and sends nothing twice; what cannot be known is said to be unknown."""

from __future__ import annotations

import pytest

from negotiations.digests.steps import Step
from negotiations.rules.codes import DeliveryState

from .world import World

pytestmark = pytest.mark.serial
# Between the mark that a mail leaves and the mark of what became of it nobody can know.
UNKNOWABLE = {Step.SENDING, Step.HANDED, Step.TAKEN}


@pytest.mark.parametrize("step", Step, ids=[step.value for step in Step])
def test_a_worker_killed_at_a_step(world: World, step: Step) -> None:
    world.readers(3)
    world.die_at(step.value)
    world.change()
    world.until(lambda: not world.fleet.step.exists() and world.is_settled())
    states = world.states()
    assert states[DeliveryState.UNKNOWN] == (1 if step in UNKNOWABLE else 0)
    assert states.total() == 3, world.story()
    # Before it was handed over it did not come, afterwards it did.
    assert world.received().total() == (2 if step is Step.SENDING else 3), world.story()
    world.check()


def test_a_worker_told_to_stop_finishes_the_mail_in_hand(world: World) -> None:
    world.readers(4)
    world.mail_server("slow")
    world.change()
    world.until(lambda: world.received().total() >= 1)
    world.fleet.stop("worker")
    world.mail_server("")
    world.fleet.work()
    world.until(world.is_settled)
    world.check()
