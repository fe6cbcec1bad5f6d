"""Mail servers that are slow, refuse, hang up, or say nothing after they have taken everything."""

from __future__ import annotations

import pytest

from negotiations.models import Delivery, Suppression
from negotiations.rules.codes import DeliveryState
from negotiations.selectors.reconciliation import balance

from .world import World

pytestmark = pytest.mark.serial


def tried(world: World) -> bool:
    mine = Delivery.objects.filter(subscription__in=world.subscriptions, attempts__gt=0)
    return mine.count() == len(world.subscriptions)


def test_a_slow_server_gets_each_mail_once(world: World) -> None:
    world.readers(3)
    world.mail_server("slow")
    world.change()
    world.until(world.is_settled)
    assert world.states() == {DeliveryState.SENT: 3}
    world.check()


@pytest.mark.parametrize("behaviour", ["refuse for now", "hang up"])
def test_what_is_refused_for_now_is_sent_later(world: World, behaviour: str) -> None:
    world.readers(2)
    world.mail_server(behaviour)
    world.change()
    world.until(lambda: tried(world))
    world.mail_server("")
    world.until(world.is_settled)
    assert world.states() == {DeliveryState.SENT: 2}
    world.check()


def test_a_server_that_is_away_is_waited_for(world: World) -> None:
    world.readers(2)
    world.fleet.stop("mail")
    world.change()
    world.until(lambda: Delivery.objects.filter(subscription__in=world.subscriptions).count() == 2)
    world.fleet.serve_mail()
    world.until(world.is_settled)
    assert world.states() == {DeliveryState.SENT: 2}
    world.check()


def test_an_answer_that_is_lost_after_everything_was_taken_is_unknown(world: World) -> None:
    world.readers(2)
    world.mail_server("drop after data")
    world.change()
    world.until(world.is_settled)
    assert world.states() == {DeliveryState.UNKNOWN: 2}
    assert world.received().total() == 2
    world.check()


def test_an_address_refused_for_good_is_not_written_to_again(world: World) -> None:
    world.readers(1)
    world.mail_server("refuse for good")
    world.change()
    world.until(world.is_settled)
    assert world.states() == {DeliveryState.FAILED: 1}
    assert Suppression.objects.filter(address=world.subscriptions[0].user.email).exists()
    assert (world.received().total(), balance().is_even) == (0, True)
