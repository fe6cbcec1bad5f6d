"""Redaction: the words are gone from everywhere, the record says so and still proves."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from negotiations.access.viewer import viewer_for
from negotiations.history.states import states_at
from negotiations.history.verify import faults
from negotiations.models import Claim, Entry, Instrument, Membership
from negotiations.rules.errors import NotPermitted, RuleError
from negotiations.services.act import Act, Cite
from negotiations.services.claim import edit_claim
from negotiations.services.condition import edit_condition
from negotiations.services.correction import correct, undo
from negotiations.services.instrument import add_instrument
from negotiations.services.redaction import redact_entry
from tests.factories import START, Talks

from .facts import claim, last_of, source, told_of
from .ledger import contents

pytestmark = pytest.mark.django_db
CANARY = "Mr Canary of Yellow Street"


def redact(talks: Talks, entry: Any, **facts: Any) -> Any:
    facts = {"act": Act(actor=talks.cast.lead, reason="A person is named."), "second": talks.cast.mediator, **facts}
    return redact_entry(entry, ground="safety", **facts)


def places(words: str = CANARY) -> list[str]:
    """The tables in which the words still stand."""
    return sorted(table for table, rows in contents().items() if any(words in row for row in rows))


def test_the_words_are_gone_from_the_whole_database(talks: Talks) -> None:
    cites = (
        Cite(source=talks.source, credibility="2", quote=f"Says {CANARY}.", translation=CANARY, translated_by="person"),
    )
    item = claim(talks, act=talks.act(reason=f"Told by {CANARY}.", cites=cites), text=f"Seen by {CANARY}.")
    assert places() == ["citation", "claim", "entrypayload", "stateversion"]
    redact(talks, last_of(item))
    assert places() == []
    assert Claim.objects.get(pk=item.pk).kind == "fulfilled"
    assert [str(fault) for fault in faults()] == []


def test_entries_that_repeat_the_words_lose_them_too(talks: Talks) -> None:
    item = claim(talks, text=f"Seen by {CANARY}.")
    edit_claim(item, act=talks.act(), version=None, text="Seen by somebody.")
    first = told_of(item)[0]
    assert [entry.verb for entry in redact(talks, first)] == ["entry.redacted", "entry.redacted"]
    assert places() == []
    assert Claim.objects.get(pk=item.pk).text == "Seen by somebody."
    assert [str(fault) for fault in faults()] == []


def test_the_quote_of_a_confidential_source_goes_with_its_entry(talks: Talks) -> None:
    cites = (Cite(source=talks.source, credibility="2"), Cite(source=source(talks), quote=f"{CANARY} told us."))
    item = claim(talks, act=talks.act(cites=cites))
    redact(talks, told_of(item)[0])
    assert places() == []
    assert [str(fault) for fault in faults()] == []


def test_texts_kept_by_language_are_redacted_too(talks: Talks) -> None:
    words = {"kind": "agreement", "title": "Pact", "texts": {"en": f"Signed by {CANARY}."}}
    item = add_instrument(act=talks.act(), negotiation=talks.negotiation, **words)
    redact(talks, last_of(item), fields=["texts"])
    assert places() == []
    assert (Instrument.objects.get(pk=item.pk).texts, Instrument.objects.get(pk=item.pk).title) == ({}, "Pact")


def test_what_is_left_held_since_it_was_known(talks: Talks) -> None:
    item = claim(talks, act=talks.act(at=START), text=f"Seen by {CANARY}.")
    made = last_of(item)
    redact(talks, made, fields=["text"])
    then = states_at(talks.negotiation.pk, as_of=START, known_at=made.recorded_at)[item.public_id]
    assert (then["kind"], then["text"]) == ("fulfilled", "")


def test_a_correction_still_stands_after_the_corrected_entry_is_redacted(talks: Talks) -> None:
    item = claim(talks, text=f"Seen by {CANARY}.")
    made = last_of(item)
    correct(made, act=talks.act(), version=None, text="Seen by an official.", kind="breached")
    redact(talks, made)
    saved = Claim.objects.get(pk=item.pk)
    assert (saved.text, saved.kind, places()) == ("Seen by an official.", "breached", [])
    assert [str(fault) for fault in faults()] == []


def test_a_redaction_keeps_what_an_item_is_found_by(talks: Talks) -> None:
    ref = talks.claim.ref
    redact(talks, told_of(talks.claim)[0])
    saved = Claim.objects.get(pk=talks.claim.pk)
    assert (saved.ref, saved.text, saved.text_language) == (ref, "", "en")


def test_it_takes_the_lead_and_a_second_member(talks: Talks) -> None:
    (made,) = told_of(talks.claim)
    with pytest.raises(NotPermitted):
        redact(talks, made, act=Act(actor=talks.cast.mediator, reason="x"))
    for second in (talks.cast.lead, talks.cast.reader, talks.cast.outsider):
        with pytest.raises(NotPermitted):
            redact(talks, made, second=second)


def test_only_members_read_who_agreed(talks: Talks) -> None:
    second = talks.cast.mediator
    redact(talks, told_of(talks.claim)[0])
    told = Entry.objects.filter(verb__in=("entry.redacted", "membership.agreed")).order_by("seq")
    public, inside = (told.visible_to(viewer_for(who)) for who in (None, talks.cast.analyst))
    assert [entry.payload.no_source_reason for entry in public] == ["Agreed by a second person."]
    seat = Membership.objects.get(user=second, negotiation=talks.negotiation)
    assert [entry.subject_id for entry in inside] == [talks.claim.public_id, seat.public_id]
    assert [str(fault) for fault in faults()] == []


def test_it_says_why(talks: Talks) -> None:
    with pytest.raises(RuleError):
        redact(talks, told_of(talks.claim)[0], act=Act(actor=talks.cast.lead, reason=" "))
    (told,) = redact(talks, told_of(talks.claim)[0])
    assert told.payload.reason == "Safety of a person. A person is named."


def test_what_is_gone_is_not_redacted_again(talks: Talks) -> None:
    redact(talks, told_of(talks.claim)[0])
    with pytest.raises(RuleError) as refusal:
        redact(talks, told_of(talks.claim)[0])
    assert refusal.value.code == "redacted_already"


def test_two_redactions_of_one_item_leave_a_whole_record(talks: Talks) -> None:
    item = claim(talks, text=f"Seen by {CANARY}.", speaker="The minister")
    redact(talks, told_of(item)[0], fields=["text"])
    redact(talks, last_of(item), fields=["speaker"])
    saved = Claim.objects.get(pk=item.pk)
    assert (saved.text, saved.speaker, saved.kind) == ("", "", "fulfilled")
    assert [str(fault) for fault in faults()] == []


def test_later_changes_stay_after_a_redaction(talks: Talks) -> None:
    item = claim(talks, act=talks.act(at=START), text=f"Seen by {CANARY}.")
    edit_claim(item, act=talks.act(at=START + timedelta(days=1)), version=None, kind="breached")
    redact(talks, told_of(item)[0])
    assert Claim.objects.get(pk=item.pk).kind == "breached"


def test_nothing_goes_back_to_where_words_are_missing_since(talks: Talks) -> None:
    redact(talks, told_of(talks.withdrawal)[0])
    edit_condition(talks.withdrawal, act=talks.act(), version=None, title="Withdraw to the line")
    with pytest.raises(RuleError) as refusal:
        undo(last_of(talks.withdrawal), act=talks.act())
    assert refusal.value.code == "undo_impossible"
    talks.withdrawal.refresh_from_db()
    assert talks.withdrawal.title == "Withdraw to the line"
