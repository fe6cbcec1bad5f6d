"""What a change of status must rest on, for a condition as it is saved and cited."""

from __future__ import annotations

from typing import Any

import pytest

from negotiations.models import Entry
from negotiations.rules.errors import EvidenceRefused, TransitionRefused
from negotiations.services.act import Cite
from negotiations.services.condition import change_condition_status
from negotiations.services.finding import Finding
from negotiations.services.incident import change_incident_status, record_finding
from negotiations.services.marking import narrow_marking
from tests.factories import Talks

from .facts import claim, incident, last_of, source
from .ledger import nothing_by

pytestmark = pytest.mark.django_db


def change(talks: Talks, status: str, *, act: Any = None, **finding: Any) -> Any:
    return change_condition_status(
        talks.withdrawal, act=act or talks.act(), version=None, status=status, finding=Finding(**finding)
    )


def refuse(talks: Talks, status: str, field: str, *, act: Any = None, **finding: Any) -> None:
    """Refused for this field, and nothing written."""

    def attempt() -> None:
        with pytest.raises(EvidenceRefused) as refusal:
            change(talks, status, act=act, **finding)
        assert field in refusal.value.fields

    nothing_by(attempt)


@pytest.mark.parametrize("word", ["", "obligor"])
def test_it_refuses_met_on_one_sides_word(talks: Talks, word: str) -> None:
    refuse(talks, "met", "verification", verified_by=word)


@pytest.mark.parametrize("word", ["", "counterparty"])
def test_it_refuses_breached_on_an_allegation(talks: Talks, word: str) -> None:
    refuse(talks, "breached", "verification", verified_by=word)


@pytest.mark.parametrize(("status", "word"), [("met", "counterparty"), ("breached", "obligor")])
def test_it_takes_the_acknowledgement_of_the_side_it_burdens(talks: Talks, status: str, word: str) -> None:
    assert change(talks, status, verified_by=word).status == status


def test_it_takes_a_named_verifiers_finding(talks: Talks) -> None:
    found = change(talks, "met", verified_by="third_party", verified_by_actor=talks.monitors)
    assert (found.status, found.verified_by_actor) == ("met", talks.monitors)


def test_it_refuses_a_finding_of_nobody(talks: Talks) -> None:
    refuse(talks, "met", "verification", verified_by="third_party")


@pytest.mark.parametrize("credibility", ["3", "6"])
def test_it_refuses_met_below_b2(talks: Talks, credibility: str) -> None:
    act = talks.act(cites=(Cite(source=talks.source, credibility=credibility),))
    refuse(talks, "met", "evidence", act=act, verified_by="counterparty")


def test_it_refuses_met_on_a_source_that_not_every_reader_may_see(talks: Talks) -> None:
    act = talks.act(cites=(Cite(source=source(talks), credibility="1"),), no_source_reason="Told in confidence.")
    refuse(talks, "met", "evidence", act=act, verified_by="counterparty")


def test_it_refuses_contested_without_two_claims_that_differ(talks: Talks) -> None:
    refuse(talks, "contested", "claims_differ")
    claim(talks, claimant=talks.north, kind="not_fulfilled")
    refuse(talks, "contested", "claims_differ")


def test_two_claims_of_one_side_do_not_differ(talks: Talks) -> None:
    claim(talks, claimant=talks.south, kind="fulfilled")
    refuse(talks, "contested", "claims_differ")


def test_a_confidential_claim_moves_no_status_that_wider_readers_see(talks: Talks) -> None:
    claim(talks, marking="AMBER")
    refuse(talks, "contested", "claims_differ")


def test_it_takes_contested_on_two_claims_that_differ(talks: Talks) -> None:
    claim(talks)
    assert change(talks, "contested").status == "contested"


def test_waived_names_the_party_that_benefits(talks: Talks) -> None:
    refuse(talks, "waived", "waived_by")
    refuse(talks, "waived", "waived_by", waived_by=talks.northern)
    assert change(talks, "waived", waived_by=talks.southern).waived_by == talks.southern


def test_suspended_cites_the_announcement(talks: Talks) -> None:
    refuse(talks, "suspended", "suspension_announced")
    unsourced = talks.act(cites=(), no_source_reason="Told by phone.")
    refuse(talks, "suspended", "suspension_announced", suspended_until="the maps", act=unsourced)
    assert change(talks, "suspended", suspended_until="the maps arrive").suspended_until == "the maps arrive"


def test_it_refuses_a_change_without_a_reason(talks: Talks) -> None:
    refuse(talks, "in_progress", "reason", act=talks.act(reason=" "))


def test_it_refuses_a_change_without_a_source_or_why_there_is_none(talks: Talks) -> None:
    refuse(talks, "in_progress", "evidence", act=talks.act(cites=()))
    change(talks, "in_progress", act=talks.act(cites=(), no_source_reason="Told by phone; nothing in writing."))
    assert last_of(talks.withdrawal).payload.no_source_reason == "Told by phone; nothing in writing."


def test_met_does_not_go_back_to_in_progress(talks: Talks) -> None:
    talks.set_status(talks.withdrawal, "met")
    with pytest.raises(TransitionRefused):
        change(talks, "in_progress")


def test_a_source_is_weighed_as_it_is_marked_when_the_change_is_written(talks: Talks) -> None:
    """The caller's copy of a source may be old; what counts is how it is marked when the change is written."""
    old = talks.act()
    narrow_marking(talks.source, act=talks.act(), version=None, marking="AMBER")
    refuse(talks, "in_progress", "evidence", act=old)


def test_an_incident_is_found_by_a_named_body_that_is_no_party(talks: Talks) -> None:
    item = incident(talks)
    with pytest.raises(EvidenceRefused):
        change_incident_status(item, act=talks.act(), version=None, status="confirmed_violation")
    with pytest.raises(EvidenceRefused):
        record_finding(item, act=talks.act(), version=None, status="not_a_violation", found_by=talks.north)
    found = record_finding(item, act=talks.act(), version=None, status="inconclusive", found_by=talks.monitors)
    assert (found.found_by, Entry.objects.last().verb) == (talks.monitors, "incident.found")
