"""A source that fewer may see supports an entry in an entry of its own, which wider readers never meet."""

from __future__ import annotations

import pytest

from negotiations.access.viewer import viewer_for
from negotiations.history.verify import faults
from negotiations.models import Citation, Entry
from negotiations.rules.errors import EvidenceRefused, RuleError
from negotiations.rules.marking import ANYBODY
from negotiations.services.act import Cite
from negotiations.services.condition import change_condition_status
from negotiations.services.source import cite_source
from tests.factories import Talks
from tests.factories import talks as build

from .facts import last_of, red_claim, source, strict_claim

pytestmark = pytest.mark.django_db


def supported(talks: Talks) -> tuple[Entry, Entry]:
    """A public change of status supported by a confidential source, and the entry that tells of the support."""
    narrow = source(talks)
    cites = (Cite(source=talks.source, credibility="2"), Cite(source=narrow, credibility="1", quote="Off the record."))
    change_condition_status(talks.withdrawal, act=talks.act(cites=cites), version=None, status="in_progress")
    return last_of(talks.withdrawal), last_of(narrow)


def test_the_support_is_told_as_narrow_as_the_source(talks: Talks) -> None:
    change, support = supported(talks)
    assert (change.marking, support.marking, support.verb) == ("CLEAR", "AMBER", "source.cited")
    assert "Off the record." not in str(change.payload.basis)
    assert [str(fault) for fault in faults()] == []


def test_a_public_reader_sees_the_change_and_not_its_support(talks: Talks) -> None:
    change, support = supported(talks)
    seen = Entry.objects.visible_to(ANYBODY)
    assert change in seen
    assert support not in seen
    assert Citation.objects.visible_to(ANYBODY).filter(entry=change).count() == 1
    assert Citation.objects.visible_to(viewer_for(talks.cast.analyst)).filter(entry=change).count() == 2


def test_it_refuses_a_source_shared_with_people_who_may_not_see_the_item(talks: Talks) -> None:
    theirs = talks.act(talks.cast.other_mediator, cites=())
    elsewhere = source(talks, act=theirs, marking="AMBER+STRICT", organisation=talks.cast.lakeside)
    cites = (Cite(source=elsewhere),)
    with pytest.raises(EvidenceRefused):
        strict_claim(talks, act=talks.act(cites=cites, no_source_reason="A note."))


def test_it_refuses_a_source_of_another_negotiation(talks: Talks) -> None:
    other = build("other-shores", cast=talks.cast)
    with pytest.raises(RuleError) as refusal:
        change_condition_status(other.withdrawal, act=talks.act(), version=None, status="partly_met")
    assert refusal.value.code == "other_negotiation"


def test_a_further_citation_of_a_hidden_entry_stays_hidden(talks: Talks) -> None:
    """Citing a public source for a RED claim must not tell the public that there is one."""
    hidden = last_of(red_claim(talks))
    told = cite_source(hidden, act=talks.act(cites=()), cite=Cite(source=talks.source, quote="A line."))
    assert told.marking == "RED"
    assert told not in Entry.objects.visible_to(ANYBODY)
    assert [str(fault) for fault in faults()] == []
