"""The broker is only a bell and the database is the queue: losing one for a while loses no mail."""

from __future__ import annotations

import pytest
import redis

from negotiations.rules.codes import DeliveryState

from .world import World

pytestmark = pytest.mark.serial


def test_a_flushed_broker_loses_nothing(world: World) -> None:
    world.readers(2)
    world.change()
    with redis.Redis.from_url(world.fleet.engines.settings["REDIS_URL"]) as client:
        client.flushall()
    world.until(world.is_settled)
    assert world.states() == {DeliveryState.SENT: 2}
    world.check()


def test_a_broker_that_is_away_for_a_while_loses_nothing(world: World) -> None:
    world.readers(2)
    world.fleet.valkey.stop()
    world.change()
    world.fleet.valkey.start()
    world.until(world.is_settled)
    assert world.states() == {DeliveryState.SENT: 2}
    world.check()


def test_a_broker_that_goes_away_while_mails_are_handed_over_loses_nothing(world: World) -> None:
    world.readers(3)
    world.mail_server("slow")
    world.change()
    world.until(lambda: world.received().total() >= 1)
    world.fleet.valkey.stop()
    world.mail_server("")
    world.fleet.valkey.start()
    world.until(world.is_settled)
    # Workers give up what they are at when they lose the broker: the mail in hand may be unknown, no other.
    assert world.states()[DeliveryState.UNKNOWN] <= 1
    world.check()


def test_a_database_that_is_restarted_loses_nothing(world: World) -> None:
    world.readers(3)
    world.mail_server("slow")
    world.change()
    world.until(lambda: world.received().total() >= 1)
    world.fleet.postgres.stop()
    world.fleet.postgres.start()
    world.mail_server("")
    world.until(world.is_settled)
    # The one that was being handed over at that moment may be unknown; no other.
    assert world.states()[DeliveryState.UNKNOWN] <= 1
    world.check()
