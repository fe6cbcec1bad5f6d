"""Every code of the domain is known to the code and to the database, and nothing else is."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import connection

from negotiations.models.base import Tracked
from negotiations.rules import codes

# The lists of the domain, written a second time.
DOMAIN = {
    "Urgency": "routine notable urgent",
    "AlertChannel": "email webhook inbox",
    "Rhythm": "at_once hourly daily weekdays weekly",
    "DeliveryState": "waiting claimed sending sent unknown failed nothing withheld",
    "DeliveryTrouble": "ended account_closed no_address suppressed restored away refused_for_now refused"
    " no_such_address unanswered came_back cut_off given_up let_be not_written",
    "SuppressionCause": "bounced complained by_hand",
    "AttemptTrouble": "status redirect gone timeout unreachable unresolved address certificate secret interrupted",
    "PauseCause": "owner gone",
    "ImportKind": "conditions claims positions incidents sources ucdp_ged osce_smm record",
    "ImportState": "planned applied undone",
    "TokenScope": "read write",
    "AccessKind": "read export shared",
    "ExportFormat": "jsonl csv xlsx",
    "ExportState": "waiting making ready failed expired",
    "FindingState": "proposed confirmed declined",
    "ViewPage": "dashboard conditions disputes positions messages incidents sources changes calendar",
    "DraftKind": "capture form negotiation",
    "NegotiationStatus": "exploratory active stalled suspended collapsed concluded",
    "TalksFormat": "direct proximity shuttle written back_channel mixed",
    "CeasefireClass": "humanitarian_pause cessation_of_hostilities preliminary definitive",
    "Sides": "unilateral reciprocal_unilateral bilateral multilateral",
    "CoverageArea": "local partial general",
    "ActorKind": "state armed_group authority international_organisation regional_organisation"
    " monitoring_mission humanitarian_organisation",
    "ThirdPartyRole": "mediator facilitator host guarantor witness observer monitor humanitarian_intermediary donor",
    "PhaseStatus": "not_started negotiating_terms transition_pending active completed expired suspended collapsed"
    " superseded",
    "ConditionKind": "gate milestone continuous reciprocal_tranche",
    "ConditionCategory": "ceasefire_regime withdrawal_redeployment detainees_hostages_remains disarmament_ddr"
    " border_crossings_movement humanitarian_reconstruction monitoring_verification dispute_resolution"
    " civilian_protection return_of_displaced missing_persons sanctions_economic other security_guarantees"
    " interim_governance political_track justice_amnesty",
    "AgreementState": "proposed bracketed agreed contested_interpretation",
    "ConditionStatus": "not_assessed not_started in_progress partly_met reported_met met contested breached suspended"
    " waived superseded",
    "VerifiedBy": "obligor counterparty third_party",
    "VerificationMethod": "on_site remote_sensing document count_at_crossing interview self_report",
    "VerifierAccess": "full partial denied",
    "Comparator": ">= <= =",
    "QuantityPer": "total day ratio",
    "LinkType": "requires simultaneous_with triggers_within reciprocal_to conditional_on_verification_of"
    " alternative_to",
    "ClaimKind": "fulfilled partly_fulfilled not_fulfilled breached measurement",
    "DisputeCategory": "security_control border_management prisoner_exchange withdrawal disarmament governance"
    " humanitarian_access verification violation_attribution line_demarcation guarantees reconstruction other",
    "DisputeType": "text interpretation sequencing compliance count mandate composition legitimacy",
    "DisputeStatus": "open under_discussion bridging_proposal_tabled narrowed deferred escalated agreed_in_principle"
    " resolved dormant withdrawn",
    "Rung": "technical joint_commission principals guarantors external_arbiter",
    "Stance": "rejects undecided accepts_with_conditions accepts silent unknown",
    "Channel": "public relayed",
    "ResponseKind": "accept accept_with_reservation amend reject no_reply",
    "MeetingKind": "round session shuttle_leg",
    "IncidentType": "shooting shelling_airstrike armed_clash movement_across_line overflight_uav abduction_detention"
    " attack_on_civilians attack_on_aid blocking_aid_or_access denial_of_monitor_access failure_to_deliver incitement"
    " destruction_of_property sexual_violence child_recruitment rearmament_resupply fortification mines_ied other",
    "IncidentStatus": "alleged preliminary_inquiry under_investigation report_in_review confirmed_violation"
    " not_a_violation inconclusive no_access withdrawn",
    "Severity": "minor serious grave",
    "Reliability": "A B C D E F",
    "Credibility": "1 2 3 4 5 6",
    "TranslatedBy": "person machine",
    "Likelihood": "almost_no_chance very_unlikely unlikely roughly_even likely very_likely almost_certain",
    "Trend": "deteriorated unchanged improved",
    "Marking": "CLEAR GREEN AMBER AMBER+STRICT RED",
    "Role": "reader analyst mediator lead",
    "RedactionGround": "safety personal_data law",
}
ICD_203 = {
    "almost_no_chance": (1, 5),
    "very_unlikely": (5, 20),
    "unlikely": (20, 45),
    "roughly_even": (45, 55),
    "likely": (55, 80),
    "very_likely": (80, 95),
    "almost_certain": (95, 99),
}


def choice_columns() -> list[tuple[str, str, list[str]]]:
    """Table, column and codes of every column of ours that holds a code."""
    return [
        (model._meta.db_table, field.column, [str(code) for code, _ in field.choices])
        for model in apps.get_app_config("negotiations").get_models()
        for field in model._meta.concrete_fields
        if field.choices
    ]


COLUMNS = choice_columns()


@pytest.mark.parametrize(("kind", "listed"), DOMAIN.items())
def test_a_code_set_holds_what_the_domain_lists(kind: str, listed: str) -> None:
    assert {code.value for code in getattr(codes, kind)} == set(listed.split())


def test_the_seven_terms_keep_their_percentages() -> None:
    assert {term.value: span for term, span in codes.RANGES.items()} == ICD_203


def test_markings_go_by_the_protocols_own_names() -> None:
    assert [marking.label for marking in codes.Marking] == [
        "TLP:CLEAR",
        "TLP:GREEN",
        "TLP:AMBER",
        "TLP:AMBER+STRICT",
        "TLP:RED",
    ]


@pytest.mark.django_db
@pytest.mark.parametrize(("table", "column", "listed"), COLUMNS, ids=[f"{t}.{c}" for t, c, _ in COLUMNS])
def test_the_database_knows_every_code_of_a_column_by_a_named_check(table: str, column: str, listed: list[str]) -> None:
    name = f"{table.removeprefix('negotiations_')}_{column}_known"
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = %s AND conrelid = %s::regclass",
            [name, table],
        )
        found = cursor.fetchone()
    assert found, f"{table} has no check {name}"
    assert [code for code in listed if f"'{code}'" not in found[0]] == []


@pytest.mark.django_db
def test_every_check_of_our_tables_has_a_name_of_its_own() -> None:
    """Django names the checks of positive integers itself; every other one is named by us."""
    tables = [model._meta.db_table for model in apps.get_models() if issubclass(model, Tracked)]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conname FROM pg_constraint WHERE contype = 'c' AND conrelid = ANY(%s::regclass[])", [tables]
        )
        names = [name for (name,) in cursor.fetchall() if not name.endswith("_check")]
    assert len(names) == len(set(names)) > 80
