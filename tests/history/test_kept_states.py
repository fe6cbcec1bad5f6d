"""States read once are kept decoded; which of them hold is asked anew each time."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from negotiations.history.kept_states import KeptStates
from negotiations.history.states import states_at
from negotiations.models import Entry
from negotiations.services.act import Act
from negotiations.services.condition import edit_condition
from negotiations.services.redaction import redact_entry
from tests.factories import START, Talks

LATER = START + timedelta(days=30)


@pytest.mark.django_db
def test_what_did_not_change_is_the_same_object(talks: Talks) -> None:
    before = states_at(talks.negotiation.pk, as_of=LATER)
    talks.set_status(talks.release, "in_progress", at=START + timedelta(days=1))
    after = states_at(talks.negotiation.pk, as_of=LATER)
    assert after[talks.withdrawal.public_id] is before[talks.withdrawal.public_id]
    assert before[talks.release.public_id]["status"] == "not_assessed"
    assert after[talks.release.public_id]["status"] == "in_progress"


@pytest.mark.django_db
def test_what_was_redacted_is_not_answered_from_memory(talks: Talks) -> None:
    act = talks.act(talks.cast.lead, at=START + timedelta(days=1))
    edit_condition(talks.release, act=act, version=None, text="A name")
    assert states_at(talks.negotiation.pk, as_of=LATER)[talks.release.public_id]["text"] == "A name"
    entry = Entry.objects.filter(subject_id=talks.release.public_id).latest("seq")
    redact_entry(entry, act=Act(actor=talks.cast.lead, reason="x"), second=talks.cast.mediator, ground="law")
    assert "A name" not in str(states_at(talks.negotiation.pk, as_of=LATER)[talks.release.public_id])


def some(count: int, first: int = 0) -> dict[int, tuple[UUID, dict[str, object]]]:
    return {first + number: (uuid4(), {}) for number in range(count)}


def test_beyond_its_room_the_negotiation_read_the_longest_ago_is_let_go() -> None:
    kept = KeptStates(room=10)
    kept.keep("one", some(5))
    kept.keep("two", some(5, 100))
    assert sorted(kept.of("one", range(300))) == [0, 1, 2, 3, 4]
    kept.keep("three", some(3, 200))
    assert [len(kept.of(name, range(300))) for name in ("one", "two", "three")] == [5, 0, 3]


def test_only_what_is_asked_for_is_given() -> None:
    kept = KeptStates()
    kept.keep("one", some(5))
    assert sorted(kept.of("one", [3, 4, 5])) == [3, 4]


def test_a_negotiation_with_more_states_than_there_is_room_is_not_kept() -> None:
    kept = KeptStates(room=10)
    kept.keep("one", some(11))
    assert kept.of("one", range(300)) == {}
