"""What was withdrawn may be said again, and a hidden twin neither hinders nor shows itself."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from negotiations.history.verify import faults
from negotiations.models import Actor, Gate, Link
from negotiations.services.actor import register_actor
from negotiations.services.gate import assert_gate, withdraw_gate
from negotiations.services.link import add_link, withdraw_link
from negotiations.services.party import seat_party
from negotiations.services.seating import actor_for
from tests.factories import Talks
from tests.factories import talks as build

pytestmark = pytest.mark.django_db


def test_a_withdrawn_gate_may_be_asserted_again(talks: Talks) -> None:
    withdraw_gate(talks.gate, act=talks.act(), version=None)
    again = assert_gate(act=talks.act(), phase=talks.second, condition=talks.withdrawal)
    assert Gate.objects.get(withdrawn_at__isnull=True) == again
    assert [str(fault) for fault in faults()] == []


def test_a_standing_gate_is_asserted_once(talks: Talks) -> None:
    with pytest.raises(ValidationError):
        assert_gate(act=talks.act(), phase=talks.second, condition=talks.withdrawal)


def test_a_withdrawn_link_may_be_added_again(talks: Talks) -> None:
    ends = {"condition": talks.release, "other": talks.withdrawal, "type": "requires"}
    withdraw_link(add_link(act=talks.act(), **ends), act=talks.act(), version=None)
    again = add_link(act=talks.act(), **ends)
    assert Link.objects.get(withdrawn_at__isnull=True) == again


def test_an_actor_that_is_seen_is_taken_from_the_registry(talks: Talks) -> None:
    assert actor_for(act=talks.act(), kind="state", name="Northern Shore", short="X") == talks.north


def test_an_actor_that_is_hidden_tells_nothing_to_who_names_it(talks: Talks) -> None:
    quiet = build("quiet-shores", cast=talks.cast, published=False)
    act = quiet.act(talks.cast.lead, cites=(), no_source_reason="A test.")
    hidden = register_actor(act=act, kind="armed_group", name="Heron Isle", short="H", aliases=["CANARY"])
    seat_party(act=act, negotiation=quiet.negotiation, actor=hidden)
    known = actor_for(act=talks.act(talks.cast.outsider), kind="state", name="Heron Isle", short="I")
    assert (known == hidden, known.aliases, known.kind) == (False, [], "state")
    assert actor_for(act=talks.act(talks.cast.lead), kind="state", name="Heron Isle", short="I") == hidden
    assert Actor.objects.filter(name="Heron Isle").count() == 2
