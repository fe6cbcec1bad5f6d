"""What a roadmap leaves open, held against the elements that the UN guidance on ceasefires (2022) asks for.

A list to work off, for those who draft or follow a text; no score.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from .codes import (
    AgreementState,
    Anchor,
    Code,
    Comparator,
    ConditionCategory,
    ConditionKind,
    GateAuthority,
    QuantityPer,
)
from .codes.base import gettext_noop as _
from .facts import Condition, Gate, Key, Phase, reading_order

RHETORICAL = 1
_UNSETTLED = frozenset({AgreementState.PROPOSED, AgreementState.BRACKETED, AgreementState.CONTESTED_INTERPRETATION})
# What is delivered in numbers; other categories are done or not done.
_COUNTED = frozenset(
    {
        ConditionCategory.WITHDRAWAL_REDEPLOYMENT,
        ConditionCategory.DETAINEES_HOSTAGES_REMAINS,
        ConditionCategory.DISARMAMENT_DDR,
        ConditionCategory.HUMANITARIAN_RECONSTRUCTION,
    }
)


class GapKind(Code):
    """In the order in which they are told: the roadmap's first, then each condition's."""

    NO_DISPUTE_ROUTE = (
        "no_dispute_route",
        _("No dispute route"),
        _("Nothing in the text says who decides when the parties differ."),
    )
    NO_MONITORING = (
        "no_monitoring",
        _("No monitoring"),
        _("No obligation of the text sets up monitoring or verification."),
    )
    NO_CEASEFIRE_REGIME = (
        "no_ceasefire_regime",
        _("No ceasefire regime"),
        _("No obligation of the text says which acts are prohibited."),
    )
    NO_CIVILIAN_PROTECTION = (
        "no_civilian_protection",
        _("No protection of civilians"),
        _("No obligation of the text protects civilians."),
    )
    NO_ENTRY_CONDITIONS = (
        "no_entry_conditions",
        _("No entry conditions"),
        _("The text does not say what must hold before this phase starts."),
    )
    NO_OBLIGOR = "no_obligor", _("No obligor"), _("The text does not say who owes this.")
    NO_VERIFIER = "no_verifier", _("No verifier"), _("The text does not say who verifies this.")
    NO_DUE_MOMENT = "no_due_moment", _("No due moment"), _("The text does not say by when.")
    NO_QUANTITY = "no_quantity", _("No quantity"), _("The text does not say how much.")
    VAGUE_QUANTITY = (
        "vague_quantity",
        _("Vague quantity"),
        _("The quantity lacks its unit, its comparison, its period or what it is counted against."),
    )
    RHETORICAL = "rhetorical", _("Rhetorical"), _("The text names an aim without a mechanism.")
    UNSETTLED_WORDING = (
        "unsettled_wording",
        _("Unsettled wording"),
        _("The wording is not agreed or is read differently."),
    )
    DUE_AFTER_GATE = (
        "due_after_gate",
        _("Due after the phase it opens"),
        _("It must hold before the phase starts, but is due only after that start."),
    )


_ELEMENTS = {
    ConditionCategory.DISPUTE_RESOLUTION: GapKind.NO_DISPUTE_ROUTE,
    ConditionCategory.MONITORING_VERIFICATION: GapKind.NO_MONITORING,
    ConditionCategory.CEASEFIRE_REGIME: GapKind.NO_CEASEFIRE_REGIME,
    ConditionCategory.CIVILIAN_PROTECTION: GapKind.NO_CIVILIAN_PROTECTION,
}


@dataclass(frozen=True, slots=True)
class Gap:
    """Something the text leaves open: of the whole roadmap, of a phase, or of one condition."""

    kind: GapKind
    condition: Key | None = None
    phase: Key | None = None


def gaps(
    conditions: Iterable[Condition],
    phases: Iterable[Phase] = (),
    gates: Iterable[Gate] = (),
    *,
    has_dispute_route: bool = False,
) -> tuple[Gap, ...]:
    """Return what is left open, the roadmap's gaps first, then each phase's and each condition's.

    `has_dispute_route` says that a clause gives one although no condition does. Superseded conditions
    are no longer part of the text.
    """
    items = sorted((item for item in conditions if item.status != "superseded"), key=reading_order)
    asked = [gate for gate in gates if gate.authority == GateAuthority.TEXT and gate.withdrawn_at is None]
    opened = {gate.condition: gate.phase for gate in asked}
    return (
        *_of_roadmap(items, has_dispute_route=has_dispute_route),
        *_of_phases(phases, {gate.phase for gate in asked}),
        *(Gap(kind, condition=item.id) for item in items for kind in condition_gaps(item, opened)),
    )


def condition_gaps(item: Condition, opened: Mapping[Key, Key] | None = None) -> tuple[GapKind, ...]:
    """Return what the text leaves open about one condition; `opened` is the phase each gating condition opens."""
    checks = {
        GapKind.NO_OBLIGOR: not item.obligors,
        GapKind.NO_VERIFIER: item.verifier is None,
        GapKind.NO_DUE_MOMENT: not item.due_anchor and item.kind != ConditionKind.CONTINUOUS,
        GapKind.NO_QUANTITY: item.target is None and item.category in _COUNTED,
        GapKind.VAGUE_QUANTITY: item.target is not None and _is_vague(item),
        GapKind.RHETORICAL: item.specificity == RHETORICAL,
        GapKind.UNSETTLED_WORDING: item.agreement_state in _UNSETTLED,
        GapKind.DUE_AFTER_GATE: _is_due_after_gate(item, (opened or {}).get(item.id)),
    }
    return tuple(kind for kind, applies in checks.items() if applies)


def _of_roadmap(items: Iterable[Condition], *, has_dispute_route: bool) -> list[Gap]:
    covered = {item.category for item in items}
    if has_dispute_route:
        covered.add(ConditionCategory.DISPUTE_RESOLUTION)
    return [Gap(kind) for category, kind in _ELEMENTS.items() if category not in covered]


def _of_phases(phases: Iterable[Phase], gated: Iterable[Key]) -> list[Gap]:
    # The first phase starts with the agreement itself.
    later = sorted(phases, key=lambda phase: phase.number)[1:]
    known = set(gated)
    return [Gap(GapKind.NO_ENTRY_CONDITIONS, phase=phase.id) for phase in later if phase.id not in known]


def _is_vague(item: Condition) -> bool:
    unanchored = item.per == QuantityPer.RATIO and item.ratio_to is None
    uncompared = item.comparator not in list(Comparator)
    return not item.unit or uncompared or item.per not in list(QuantityPer) or unanchored


def _is_due_after_gate(item: Condition, phase: Key | None) -> bool:
    counted = item.due_anchor == Anchor.PHASE_START and item.due_phase == phase
    return phase is not None and counted and (item.due_offset or timedelta(0)) > timedelta(0)
