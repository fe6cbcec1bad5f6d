"""What no row may say, refused by name in the database whatever wrote it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from tests.factories import START, Talks

pytestmark = pytest.mark.django_db


def refuse(name: str, item: Any, **values: Any) -> None:
    """Write straight to the table; the check with this name must refuse it."""
    columns = ", ".join(f"{column} = %s" for column in values)
    statement = f"UPDATE {item._meta.db_table} SET {columns} WHERE id = %s"
    with pytest.raises(IntegrityError, match=f'"{name}"'), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, [*values.values(), item.pk])


@pytest.mark.parametrize(
    ("item", "name", "values"),
    [
        ("withdrawal", "condition_status_known", {"status": "done"}),
        ("withdrawal", "condition_marking_known", {"marking": "WHITE"}),
        ("withdrawal", "condition_specificity_1_to_3", {"specificity": 4}),
        ("withdrawal", "condition_met_is_verified", {"status": "met"}),
        ("withdrawal", "condition_met_is_verified", {"status": "met", "verified_by": "obligor"}),
        ("withdrawal", "condition_breached_is_found", {"status": "breached", "verified_by": "counterparty"}),
        ("withdrawal", "condition_waiver_is_named", {"status": "waived"}),
        ("withdrawal", "condition_due_is_whole", {"due_anchor": "date"}),
        ("withdrawal", "condition_due_is_whole", {"due_anchor": "", "due_at": START}),
        ("withdrawal", "condition_strict_has_organisation", {"marking": "AMBER+STRICT"}),
        ("withdrawal", "condition_embargo_is_whole", {"release_at": START}),
        ("withdrawal", "condition_embargo_is_whole", {"release_marking": "CLEAR"}),
        ("first", "phase_declaration_is_whole", {"declared_status": "active"}),
        ("first", "phase_ends_after_start", {"ended_at": START - timedelta(days=1)}),
        ("dispute", "dispute_rung_known", {"rung": "street"}),
        ("position", "position_stance_known", {"stance": "hopeful"}),
        ("position", "position_on_one_thing", {"dispute_id": None}),
        ("position", "position_placement_is_named", {"placement": 3}),
        ("claim", "claim_values_in_order", {"value_low": 9, "value_best": 5}),
        ("claim", "claim_period_in_order", {"period_start": START, "period_end": START - timedelta(days=1)}),
        ("source", "source_sha256_is_hex", {"sha256": "zz"}),
        ("source", "source_reliability_known", {"reliability": "G"}),
        ("negotiation", "negotiation_status_known", {"status": "over"}),
        (
            "negotiation",
            "negotiation_coverage_in_order",
            {"coverage_start": START, "coverage_end": START - timedelta(days=1)},
        ),
    ],
)
def test_the_database_refuses(talks: Talks, item: str, name: str, values: dict[str, Any]) -> None:
    refuse(name, getattr(talks, item), **values)


def test_a_condition_is_not_its_own_anchor(talks: Talks) -> None:
    refuse("condition_not_its_own_anchor", talks.release, due_condition_id=talks.release.pk)


def test_a_negotiation_does_not_precede_itself(talks: Talks) -> None:
    refuse("negotiation_not_its_own_past", talks.negotiation, preceded_by_id=talks.negotiation.pk)


def test_a_ref_is_given_once(talks: Talks) -> None:
    refuse("condition_ref_unique", talks.release, ref=talks.withdrawal.ref)


def test_an_actor_has_one_seat_as_a_party(talks: Talks) -> None:
    refuse("party_one_seat", talks.northern, actor_id=talks.south.pk)


def test_a_phase_number_is_given_once(talks: Talks) -> None:
    refuse("phase_number_unique", talks.second, number=1)
