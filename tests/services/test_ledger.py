"""What the ledger says of seats and accounts is obeyed again: nobody has more after a restore than was left to them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from negotiations.models import Entry, Membership, User
from negotiations.services.account import note_standing
from negotiations.services.ledger import Held, SeatHeld, last_held, read
from negotiations.services.membership import change_membership
from negotiations.services.revocation import obey_held
from tests.factories import START, Talks

pytestmark = pytest.mark.django_db
LATER = timezone.now() + timedelta(days=3650)
Noted = Callable[[Callable[[], object]], list[Held]]


@pytest.fixture
def noted(
    tmp_path: Path, settings: Settings, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> Noted:
    """Does something, and returns what the ledger then says of every seat and account."""
    settings.REDACTION_LEDGER = tmp_path / "redactions"

    def run(doing: Callable[[], object]) -> list[Held]:
        with django_capture_on_commit_callbacks(execute=True):
            doing()
        return last_held(read(settings.REDACTION_LEDGER))

    return run


def seat_of(person: User) -> Membership:
    return Membership.objects.get(user=person)


def line_of(person: User, role: str, clearance: str, at: datetime) -> SeatHeld:
    """What the ledger says of the person's seat."""
    return SeatHeld(str(seat_of(person).public_id), role, clearance, at.isoformat())


def held_by(person: User) -> tuple[str, str]:
    seat = seat_of(person)
    return seat.role, seat.clearance


def test_every_change_of_a_seat_is_noted_and_the_last_one_holds(talks: Talks, noted: Noted) -> None:
    def change(role: str, clearance: str) -> None:
        act, seat = talks.act(talks.cast.lead), seat_of(talks.cast.mediator)
        change_membership(seat, act=act, version=None, role=role, clearance=clearance)

    noted(lambda: change("reader", "GREEN"))
    (line,) = noted(lambda: change("analyst", "AMBER"))
    assert isinstance(line, SeatHeld)
    assert line == line_of(talks.cast.mediator, "analyst", "AMBER", datetime.fromisoformat(line.at))


def test_a_seat_narrowed_since_is_narrowed_again_in_the_open(talks: Talks) -> None:
    line = line_of(talks.cast.mediator, "reader", "GREEN", LATER)
    assert (obey_held(line), held_by(talks.cast.mediator)) == (1, ("reader", "GREEN"))
    entry = Entry.objects.select_related("payload").latest("seq")
    assert (entry.verb, entry.actor) == ("membership.changed", None)
    assert "a backup from before was restored" in entry.payload.reason
    assert obey_held(line) == 0


@pytest.mark.parametrize(
    ("said", "left"),
    [
        (("lead", "AMBER+STRICT"), ("analyst", "AMBER")),
        (("reader", "AMBER+STRICT"), ("reader", "AMBER")),
        (("lead", "GREEN"), ("analyst", "GREEN")),
        (("mediator", "AMBER"), ("mediator", "AMBER")),
    ],
)
def test_a_restore_gives_nobody_more(talks: Talks, said: tuple[str, str], left: tuple[str, str]) -> None:
    obey_held(line_of(talks.cast.analyst, *said, LATER))
    assert held_by(talks.cast.analyst) == left


def test_what_was_decided_after_the_line_stands(talks: Talks) -> None:
    assert obey_held(line_of(talks.cast.mediator, "reader", "GREEN", START)) == 0
    assert held_by(talks.cast.mediator) == ("mediator", "AMBER+STRICT")


def test_the_last_lead_stays_one(talks: Talks) -> None:
    obey_held(line_of(talks.cast.lead, "reader", "AMBER", LATER))
    assert held_by(talks.cast.lead) == ("lead", "AMBER")


def test_an_account_closed_since_is_closed_again(talks: Talks, noted: Noted) -> None:
    person = talks.cast.reader
    person.is_active = False
    (line,) = noted(lambda: note_standing(person))
    assert (obey_held(line), obey_held(line)) == (1, 0)
    assert not User.objects.get(pk=person.pk).is_active


def test_an_account_opened_again_since_stays_open(talks: Talks, noted: Noted) -> None:
    person = talks.cast.reader
    noted(lambda: note_standing(person, is_gone=True))
    (line,) = noted(lambda: note_standing(person))
    assert obey_held(line) == 0
    assert User.objects.get(pk=person.pk).is_active
