"""What a change of status must rest on."""

from __future__ import annotations

from typing import Any

import pytest

from negotiations.rules.codes import ConditionStatus, IncidentStatus
from negotiations.rules.errors import EvidenceRefused
from negotiations.rules.evidence import Evidence, Verification, check_evidence, check_incident_evidence

B2 = Evidence("B", "2", visible_to_all_readers=True)
B3 = Evidence("B", "3", visible_to_all_readers=True)
NARROW_A1 = Evidence("A", "1", visible_to_all_readers=False)
MISSION = Verification("third_party", method="on_site", access="full", which="the monitoring mission")
BY_OBLIGOR = Verification("obligor", method="self_report")
BY_COUNTERPARTY = Verification("counterparty")
GUARDED = ["met", "breached"]


def refused(status: str, **given: Any) -> dict[str, str]:
    with pytest.raises(EvidenceRefused) as refusal:
        check_evidence(status, **{"reason": "The mission reported.", "evidence": [B2], **given})
    return refusal.value.fields


def accepted(status: str, **given: Any) -> None:
    check_evidence(status, **{"reason": "The mission reported.", "evidence": [B2], **given})


@pytest.mark.parametrize("status", list(ConditionStatus))
def test_every_change_gives_its_reason(status: str) -> None:
    assert "reason" in refused(status, reason="  ")


@pytest.mark.parametrize("status", list(ConditionStatus))
def test_every_change_cites_a_source(status: str) -> None:
    assert "evidence" in refused(status, evidence=[])


@pytest.mark.parametrize("status", list(ConditionStatus))
def test_a_source_narrower_than_the_item_does_not_carry_a_change(status: str) -> None:
    assert "narrower" in refused(status, evidence=[NARROW_A1])["evidence"] or status in GUARDED


def test_a_plain_change_may_say_why_it_has_no_source() -> None:
    accepted("in_progress", evidence=[], no_source_reason="Seen on the spot by the desk.")


def test_a_narrower_source_may_support_a_wider_one() -> None:
    accepted("met", evidence=[NARROW_A1, B2], verification=MISSION)


@pytest.mark.parametrize("status", GUARDED)
def test_no_excuse_replaces_the_source_of_a_finding(status: str) -> None:
    fields = refused(status, evidence=[], no_source_reason="None published.", verification=MISSION)
    assert "B2" in fields["evidence"]


@pytest.mark.parametrize("status", GUARDED)
@pytest.mark.parametrize("grades", ["B3", "C1", "A4", "F1", "C2", "A6"])
def test_a_finding_needs_both_grades(status: str, grades: str) -> None:
    poor = Evidence(grades[0], grades[1], visible_to_all_readers=True)
    assert "evidence" in refused(status, evidence=[poor, NARROW_A1], verification=MISSION)


@pytest.mark.parametrize("status", GUARDED)
@pytest.mark.parametrize("grades", ["A1", "A2", "B1", "B2"])
def test_a_verifiers_finding_at_b2_or_better_is_accepted(status: str, grades: str) -> None:
    accepted(status, evidence=[Evidence(grades[0], grades[1], True)], verification=MISSION)


@pytest.mark.parametrize("word", [None, BY_OBLIGOR])
def test_it_refuses_met_on_one_sides_word(word: Verification | None) -> None:
    assert "One side's word" in refused("met", verification=word)["verification"]


@pytest.mark.parametrize("word", [None, BY_COUNTERPARTY])
def test_it_refuses_breached_on_an_allegation(word: Verification | None) -> None:
    assert "allegation" in refused("breached", verification=word)["verification"]


def test_the_side_that_is_burdened_may_acknowledge() -> None:
    accepted("met", verification=BY_COUNTERPARTY)
    accepted("breached", verification=BY_OBLIGOR)


def test_one_sides_word_gives_reported_met() -> None:
    accepted("reported_met", evidence=[B3], verification=BY_OBLIGOR)


def test_a_finding_names_the_third_party() -> None:
    assert "Name the verifier" in refused("met", verification=Verification("third_party"))["verification"]


def test_a_finding_does_not_repeat_a_sides_own_report() -> None:
    echo = Verification("third_party", method="self_report", which="the mission")
    assert "own report" in refused("met", verification=echo)["verification"]


@pytest.mark.parametrize(("method", "fits"), [("on_site", False), ("count_at_crossing", False), ("document", True)])
def test_a_verifier_kept_out_has_not_seen_it_on_the_spot(method: str, fits: bool) -> None:
    kept_out = Verification("third_party", method=method, access="denied", which="the mission")
    if fits:
        accepted("met", verification=kept_out)
    else:
        assert "denied" in refused("met", verification=kept_out)["verification"]


def test_contested_needs_two_claims_that_differ() -> None:
    assert "claims_differ" in refused("contested")
    accepted("contested", claims_differ=True)


def test_waived_names_the_party_that_waives() -> None:
    assert "waived_by" in refused("waived")
    assert "waived_by" in refused("waived", waived_by="Israel", beneficiaries=["Hamas"])
    accepted("waived", waived_by="Hamas", beneficiaries=["Hamas"])


def test_suspended_cites_the_announcement() -> None:
    excuse = {"evidence": [], "no_source_reason": "Said on the telephone.", "suspension_announced": True}
    assert "suspension_announced" in refused("suspended")
    assert "suspension_announced" in refused("suspended", **excuse)
    accepted("suspended", suspension_announced=True)


def test_a_refusal_names_everything_that_is_missing_at_once() -> None:
    assert set(refused("met", reason="", evidence=[])) == {"reason", "evidence", "verification"}


@pytest.mark.parametrize("status", ["confirmed_violation", "not_a_violation", "inconclusive"])
def test_a_finding_on_an_incident_names_the_body(status: str) -> None:
    given: dict[str, Any] = {"reason": "Report of 3 March.", "evidence": [B3]}
    with pytest.raises(EvidenceRefused, match="name the body"):
        check_incident_evidence(status, **given)
    with pytest.raises(EvidenceRefused, match="A party cannot find"):
        check_incident_evidence(status, finding_by="Hamas", finding_by_is_party=True, **given)
    check_incident_evidence(status, finding_by="the monitoring mission", **given)


@pytest.mark.parametrize("status", list(IncidentStatus))
def test_every_step_of_an_inquiry_gives_its_reason_and_source(status: str) -> None:
    with pytest.raises(EvidenceRefused) as refusal:
        check_incident_evidence(status, reason="", finding_by="the mission")
    assert set(refusal.value.fields) == {"reason", "evidence"}
