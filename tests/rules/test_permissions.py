"""Who may do what: every cell of the table of roles and verbs."""

from __future__ import annotations

from itertools import product

import pytest

from negotiations.rules.codes import Role
from negotiations.rules.permissions import may
from negotiations.rules.verbs import VERBS

# Told by the clock or by the record itself, never by a person.
NOBODY = {
    "condition.due_soon", "condition.due_tomorrow", "condition.overdue", "condition.stale", "phase.gate_met",
    "negotiation.coverage_moved",
}  # fmt: skip
ANALYST_ONLY = {"position.placed", "assessment.made", "assessment.edited", "assessment.resolved"}
MEDIATOR_ONLY = {"message.carried", "message.answered", "message.edited"}
LEAD_NOUNS = {"negotiation", "actor", "organisation", "membership", "party", "thirdparty"}
LEAD_ONLY = {"phase.added", "marking.widened", "marking.embargoed", "entry.redacted"} | {
    verb for verb in VERBS if verb.split(".")[0] in LEAD_NOUNS
}


def expected(role: Role, verb: str) -> bool:
    """The table in the words of the domain, written a second time and otherwise."""
    if role == Role.READER or verb in NOBODY:
        return False
    if role == Role.LEAD:
        return True
    if verb in LEAD_ONLY:
        return False
    return verb not in (MEDIATOR_ONLY if role == Role.ANALYST else ANALYST_ONLY)


@pytest.mark.parametrize(("role", "verb"), list(product(Role, VERBS)))
def test_a_role_may_do_what_the_table_says(role: Role, verb: str) -> None:
    assert may(role, verb) is expected(role, verb)


@pytest.mark.parametrize("verb", VERBS)
def test_without_a_seat_nobody_does_anything(verb: str) -> None:
    assert not may(None, verb)


def test_an_unknown_verb_is_nobodys() -> None:
    assert not any(may(role, "condition.deleted") for role in Role)
