"""Mail carries content up to GREEN, of AMBER a number and a link, and nothing at all of RED."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import Message

import pytest
from django.utils import timezone

from negotiations.digests.letter import Letter, Press
from negotiations.models import Condition, Membership
from negotiations.rules.codes import ClaimKind, ConditionStatus, DisputeStatus, LinkType, Marking, Stance
from negotiations.services.act import Act
from negotiations.services.claim import make_claim
from negotiations.services.clock import tell_flips
from negotiations.services.dispute import change_dispute_status
from negotiations.services.link import add_link
from negotiations.services.marking import narrow_marking
from negotiations.services.membership import change_membership
from negotiations.services.negotiation import edit_negotiation, open_negotiation
from negotiations.services.note import write_note
from negotiations.services.phase import add_phase
from negotiations.services.position import state_position
from negotiations.services.window import open_window
from tests.cast import seat_all
from tests.factories import START, Talks

from .post import Desk

CANARY = "Kingfisher"
PAST = datetime(2025, 11, 1, tzinfo=UTC)


def hidden(talks: Talks, **fields: object) -> Condition:
    return talks.add_condition(f"{CANARY} crossing", marking=Marking.AMBER, **fields)


def move(talks: Talks) -> None:
    talks.set_status(hidden(talks), ConditionStatus.IN_PROGRESS)


def turn(talks: Talks) -> None:
    talks.set_status(hidden(talks), ConditionStatus.BREACHED)


def fall_due(talks: Talks) -> None:
    hidden(talks, due_anchor="date", due_at=PAST)
    tell_flips(timezone.now())


def go_stale(talks: Talks) -> None:
    hidden(talks, review_interval=timedelta(days=1), checked_at=PAST, checked_where="Here")
    tell_flips(timezone.now())


def differ(talks: Talks) -> None:
    make_claim(
        act=talks.act(),
        negotiation=talks.negotiation,
        claimant=talks.north,
        kind=ClaimKind.FULFILLED,
        text=f"{CANARY} says so.",
        said_at=timezone.now(),
        conditions=[talks.withdrawal],
        marking=Marking.AMBER,
    )


def reverse(talks: Talks) -> None:
    state_position(
        act=talks.act(),
        negotiation=talks.negotiation,
        actor=talks.south,
        stance=Stance.ACCEPTS,
        summary=f"{CANARY} is acceptable.",
        stated_at=timezone.now(),
        dispute=talks.dispute,
        marking=Marking.AMBER,
    )


def hold(talks: Talks) -> None:
    add_link(
        act=talks.act(),
        condition=talks.release,
        other=hidden(talks),
        type=LinkType.REQUIRES,
    )


def dispute(talks: Talks) -> None:
    found = talks.open_dispute(f"{CANARY} dispute", conditions=[talks.withdrawal], marking=Marking.AMBER)
    change_dispute_status(found, act=talks.act(), version=None, status=DisputeStatus.NARROWED)


def ahead(talks: Talks) -> None:
    open_window(
        act=talks.act(),
        negotiation=talks.negotiation,
        title=f"{CANARY} window",
        opens_at=START,
        closes_at=timezone.now() + timedelta(days=3),
        marking=Marking.AMBER,
    )


def remark(talks: Talks) -> None:
    write_note(act=talks.act(), subject=talks.withdrawal, text=f"{CANARY} was seen.", author=talks.cast.mediator)


def take_back(talks: Talks) -> None:
    found = talks.add_condition(f"{CANARY} road")
    narrow_marking(found, act=talks.act(talks.cast.lead), version=None, marking=Marking.AMBER)


ALL = (move, turn, fall_due, go_stale, differ, reverse, hold, dispute, ahead, remark, take_back)


def all_of(letter: Letter) -> str:
    """Everything that leaves the house, decoded."""
    message: Message = message_from_bytes(letter.body)
    parts = [part.get_payload(decode=True) for part in message.walk() if not part.is_multipart()]
    return "\n".join(
        [letter.subject, letter.text, letter.html, *(part.decode() for part in parts if isinstance(part, bytes))]
    )


@pytest.mark.parametrize("happen", ALL)
def test_no_content_marked_amber_is_in_any_mail(desk: Desk, happen: Callable[[Talks], None]) -> None:
    happen(desk.talks)
    desk.talks.set_status(desk.talks.release, ConditionStatus.IN_PROGRESS)
    for person in (desk.talks.cast.lead, desk.talks.cast.analyst, desk.talks.cast.reader, desk.talks.cast.outsider):
        letter = desk.letter(person, least_urgency="routine", tells_nothing=True)
        assert letter is not None
        assert CANARY not in all_of(letter)


@pytest.mark.parametrize("happen", [dispute, hold, turn])
def test_the_verdict_of_a_mail_rests_on_what_the_mail_may_carry(desk: Desk, happen: Callable[[Talks], None]) -> None:
    verdict = desk.text(desk.talks.cast.analyst, tells_nothing=True).split("\n")[4]
    happen(desk.talks)
    assert desk.text(desk.talks.cast.analyst, tells_nothing=True).split("\n")[4] == verdict
    assert "1 of 1 entry condition" in verdict


def test_amber_is_a_number_and_a_link_under_a_neutral_subject(desk: Desk) -> None:
    reverse(desk.talks)
    letter = desk.letter(desk.talks.cast.analyst)
    assert letter is not None
    assert letter.subject == "[TLP:CLEAR] There is something to read in the tracker"
    assert "1 change marked TLP:AMBER is not in this e-mail." in letter.text
    assert "/n/two-shores/changes/?since=" in letter.text
    assert "23:59:59Z" in letter.text
    assert "/n/two-shores/changes/" in letter.text
    assert letter.told == ()


def test_a_number_is_only_for_who_may_see_what_it_counts(desk: Desk) -> None:
    reverse(desk.talks)
    assert desk.letter(desk.talks.cast.reader) is None
    assert desk.letter(desk.talks.cast.outsider) is None


def test_red_is_not_even_counted(desk: Desk) -> None:
    lead = desk.talks.cast.lead
    write_note(
        act=desk.talks.act(lead),
        subject=desk.talks.withdrawal,
        text=f"{CANARY} alone.",
        author=lead,
        marking=Marking.RED,
    )
    assert desk.letter(lead, least_urgency="routine") is None


def test_strict_is_counted_for_its_own_organisation_alone(desk: Desk) -> None:
    talks = desk.talks
    edit_negotiation(talks.negotiation, act=talks.act(talks.cast.lead), version=None, mails_amber=True)
    desk.open()
    state_position(
        act=talks.act(),
        negotiation=talks.negotiation,
        actor=talks.south,
        stance=Stance.ACCEPTS,
        summary=f"{CANARY} is acceptable.",
        stated_at=timezone.now(),
        dispute=talks.dispute,
        marking=Marking.AMBER_STRICT,
        organisation=talks.cast.harbour,
    )
    letter = desk.letter(talks.cast.mediator)
    assert letter is not None
    assert CANARY not in all_of(letter)
    assert "1 change" in letter.text
    assert desk.letter(talks.cast.other_mediator) is None


def test_the_lead_can_let_mail_carry_amber(desk: Desk) -> None:
    talks = desk.talks
    edit_negotiation(talks.negotiation, act=talks.act(talks.cast.lead), version=None, mails_amber=True)
    reverse(talks)
    letter = desk.letter(talks.cast.analyst)
    assert letter is not None
    assert CANARY in letter.text
    assert letter.marking == Marking.AMBER
    assert letter.subject == "[TLP:AMBER] There is something to read in the tracker"
    assert desk.letter(talks.cast.reader) is None


def test_a_letter_follows_the_rights_held_when_it_is_written(desk: Desk) -> None:
    talks = desk.talks
    edit_negotiation(talks.negotiation, act=talks.act(talks.cast.lead), version=None, mails_amber=True)
    desk.open()
    reverse(talks)
    delivery = desk.delivery(talks.cast.analyst)
    assert Press([delivery]).letter(delivery) is not None
    seat = Membership.objects.get(user=talks.cast.analyst)
    change_membership(seat, act=talks.act(talks.cast.lead), version=None, role=seat.role, clearance=Marking.GREEN)
    assert Press([delivery]).letter(delivery) is None


def test_a_negotiation_marked_amber_is_not_even_named(desk: Desk) -> None:
    cast = desk.talks.cast
    act = Act(actor=cast.lead, reason="Set up.", no_source_reason="Set up for a test.")
    quiet = open_negotiation(act=act, slug="quiet-talks", title=f"{CANARY} talks", marking=Marking.AMBER)
    seat_all(cast, quiet, act)
    add_phase(act=act, negotiation=quiet, number=1, title="Halt", marking=Marking.AMBER)
    letter = desk.letter(cast.analyst, negotiation=quiet, least_urgency="routine")
    assert letter is None
    desk.also(quiet)
    letter = desk.letter(cast.analyst, negotiation=quiet, least_urgency="routine")
    assert letter is not None
    assert CANARY not in all_of(letter)
    assert "quiet-talks" not in all_of(letter)
    assert "because you watch a negotiation" in letter.text
