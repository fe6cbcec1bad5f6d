"""Acts that tell of more than one thing, and how entries reach their readers outside the transaction."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from negotiations.models import Entry, OutboxRow, Stream
from negotiations.services import outbox
from negotiations.services.act import Act
from negotiations.services.membership import grant_membership
from negotiations.services.negotiation import open_negotiation, publish_negotiation
from negotiations.services.note import answer_question
from tests.factories import Talks

from .facts import note, proposal, told_of
from .ledger import written_by

pytestmark = pytest.mark.django_db


@pytest.fixture
def heard() -> Iterator[list[Entry]]:
    """What a consumer of the outbox heard."""
    entries: list[Entry] = []
    before = list(outbox._consumers)
    outbox.register_consumer(entries.append)
    yield entries
    outbox._consumers[:] = before


def test_a_negotiation_begins_with_a_stream_of_its_own(talks: Talks) -> None:
    act = Act(actor=talks.cast.lead, reason="New talks.")
    written = written_by(lambda: open_negotiation(act=act, slug="new", title="New talks"))
    assert (written.verbs, written.tables) == (["negotiation.created"], {"negotiation": 1})
    assert Stream.objects.get(negotiation=written.result).head == 1
    assert written.result.published is False


def test_it_is_published_by_a_verb_of_its_own(talks: Talks) -> None:
    quiet = open_negotiation(act=talks.act(talks.cast.lead, cites=()), slug="new", title="New talks")
    publish_negotiation(quiet, act=talks.act(talks.cast.lead, cites=()), version=1)
    assert told_of(quiet)[-1].payload.changes == {"published": [False, True]}


def test_a_seat_is_granted_in_one_entry(talks: Talks) -> None:
    seat = {"negotiation": talks.negotiation, "user": talks.cast.outsider, "organisation": talks.cast.newsroom}
    written = written_by(lambda: grant_membership(act=Act(actor=talks.cast.lead), role="reader", **seat))
    assert (written.verbs, written.tables) == (["membership.granted"], {"membership": 1})
    assert written.entries[0].marking == "AMBER"


def test_a_proposal_is_tabled_with_its_first_version(talks: Talks) -> None:
    written = written_by(lambda: proposal(talks))
    assert written.verbs == ["proposal.tabled", "proposalversion.tabled"]
    assert written.tables == {"proposal": 1, "proposalversion": 1, "refcounter": 1, "citation": 2}


def test_an_answer_closes_its_question(talks: Talks) -> None:
    question = note(talks, is_question=True)
    answer = lambda: answer_question(question, act=talks.act(cites=()), version=1, text="Yes.", author=talks.cast.lead)  # noqa: E731
    written = written_by(answer)
    assert (written.verbs, written.tables) == (["note.written", "note.answered"], {"note": 1})
    assert written.result.thread == question


def test_every_entry_is_handed_on_once_and_in_order(talks: Talks, heard: list[Entry]) -> None:
    talks.set_status(talks.withdrawal, "in_progress")
    while outbox.sweep():
        pass
    assert [entry.pk for entry in heard] == list(Entry.objects.order_by("pk").values_list("pk", flat=True))
    assert (outbox.sweep(), OutboxRow.objects.filter(done_at=None).count()) == (0, 0)


def test_a_consumer_that_fails_leaves_its_batch_waiting(talks: Talks, heard: list[Entry]) -> None:
    def fail(entry: Entry) -> None:
        raise ConnectionError

    outbox.register_consumer(fail)
    with pytest.raises(ConnectionError):
        outbox.sweep()
    assert OutboxRow.objects.filter(done_at=None).count() == Entry.objects.count()
