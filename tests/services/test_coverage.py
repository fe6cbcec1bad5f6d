"""The end of coverage moves with later writes, but only by what everybody may see."""

from __future__ import annotations

from datetime import timedelta

import pytest

from negotiations.history.verify import faults
from negotiations.models import Negotiation, Stream
from negotiations.services.act import Act
from negotiations.services.condition import change_condition_status
from negotiations.services.negotiation import edit_negotiation, open_negotiation
from tests.factories import START, Talks
from tests.factories import talks as build

from .facts import amber_claim, last_of, note, source
from .ledger import written_by

pytestmark = pytest.mark.django_db
END = START + timedelta(days=60)
LATER = END + timedelta(days=3)


@pytest.fixture
def talks() -> Talks:
    return build(coverage_end=END)


def end_of(talks: Talks) -> object:
    return Negotiation.objects.get(pk=talks.negotiation.pk).coverage_end


def test_setting_up_does_not_move_it(talks: Talks) -> None:
    assert end_of(talks) == END


def test_a_later_write_that_everybody_may_see_moves_it(talks: Talks) -> None:
    written = written_by(lambda: talks.set_status(talks.withdrawal, "in_progress", at=LATER))
    assert written.verbs == ["condition.status_changed", "negotiation.coverage_moved"]
    assert end_of(talks) == LATER
    assert [str(fault) for fault in faults()] == []


def test_a_write_within_the_coverage_leaves_it(talks: Talks) -> None:
    talks.set_status(talks.withdrawal, "in_progress", at=END - timedelta(days=1))
    assert end_of(talks) == END


def test_hidden_writes_leave_it(talks: Talks) -> None:
    amber_claim(talks)
    note(talks)
    source(talks)
    assert end_of(talks) == END


def test_the_entry_that_moves_it_repeats_neither_reason_nor_source(talks: Talks) -> None:
    talks.set_status(talks.withdrawal, "in_progress", at=LATER)
    moved = last_of(talks.negotiation)
    assert (moved.payload.reason, moved.payload.basis, moved.citations.count()) == ("", [], 0)


def test_an_editor_can_end_the_coverage_in_the_past(talks: Talks) -> None:
    past = START + timedelta(days=30)
    edit_negotiation(talks.negotiation, act=talks.act(), version=None, coverage_end=past)
    assert end_of(talks) == past
    talks.set_status(talks.withdrawal, "in_progress", at=past + timedelta(days=1))
    assert end_of(talks) == past + timedelta(days=1)
    assert [str(fault) for fault in faults()] == []


def test_a_negotiation_can_be_opened_with_its_coverage_ended(talks: Talks) -> None:
    act = Act(actor=talks.cast.lead, reason="Closed long ago.")
    assert open_negotiation(act=act, slug="old", title="Old talks", coverage_end=END).coverage_end == END
    assert Stream.objects.get(negotiation__slug="old").head == 1


def test_a_backfilled_write_moves_it_as_well(talks: Talks) -> None:
    act = talks.act(at=LATER, recorded_at=LATER)
    change_condition_status(talks.withdrawal, act=act, version=None, status="in_progress")
    assert end_of(talks) == LATER
    assert [str(fault) for fault in faults()] == []
