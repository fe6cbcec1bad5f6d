"""Setting a negotiation up in one sitting: its seats, phases, text, obligations and gates, all or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db import transaction

from negotiations.models import Actor, Clause, Condition, Instrument, Negotiation, Organisation, Party, Phase, User
from negotiations.rules.codes import AgreementState, Anchor, ConditionKind

from .act import Act
from .actor import register_actor
from .condition import add_condition
from .gate import assert_gate
from .instrument import add_clause, add_instrument
from .opening import open_and_lead
from .party import seat_party, seat_third_party
from .phase import add_phase


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatPlan:
    """An actor of the registry or a new one, as a party (no role) or in a third party's role."""

    role: str = ""
    actor: Actor | None = None
    new: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class ObligationPlan:
    """A condition to be: `obligors` and `beneficiary` count the seats, `opens` is the phase it gates."""

    title: str
    category: str
    phase: int
    title_ar: str = ""
    ref: str = ""
    text: str = ""
    clause: str = ""
    kind: str = ConditionKind.MILESTONE
    agreement_state: str = AgreementState.AGREED
    obligors: tuple[int, ...] = ()
    beneficiary: int | None = None
    due_days: int | None = None
    opens: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TextPlan:
    """The instrument with its numbered clauses."""

    kind: str
    title: str
    text: str
    language: str
    clauses: tuple[tuple[str, str], ...]
    dated_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Everything a negotiation starts with; phases are (title, Arabic title) in order."""

    about: dict[str, Any]
    seats: tuple[SeatPlan, ...] = ()
    phases: tuple[tuple[str, str], ...] = ()
    text: TextPlan | None = None
    obligations: tuple[ObligationPlan, ...] = ()


def set_up(plan: Plan, *, act: Act, lead: User, organisation: Organisation) -> Negotiation:
    """Open the negotiation with all that is planned; unpublished, led by whoever set it up."""
    with transaction.atomic():
        negotiation = open_and_lead(act=act, lead=lead, organisation=organisation, **plan.about)
        parties = _seats(negotiation, plan.seats, act)
        phases = [
            add_phase(act=act, negotiation=negotiation, number=number, title=title, title_ar=title_ar)
            for number, (title, title_ar) in enumerate(plan.phases, start=1)
        ]
        clauses = _text(negotiation, plan.text, act) if plan.text else {}
        for one in plan.obligations:
            _obligation(one, parties, phases, clauses, act)
    return negotiation


def _seats(negotiation: Negotiation, plans: Sequence[SeatPlan], act: Act) -> dict[int, Party]:
    """Seat everybody; the parties by their place in the plan."""
    parties: dict[int, Party] = {}
    actors: dict[str, Actor] = {}
    for place, plan in enumerate(plans):
        # One new actor in several roles is registered once.
        actor = plan.actor or actors.get(plan.new["name"]) or register_actor(act=act, **plan.new)
        actors[actor.name] = actor
        if plan.role:
            seat_third_party(act=act, negotiation=negotiation, actor=actor, role=plan.role)
        else:
            parties[place] = seat_party(act=act, negotiation=negotiation, actor=actor)
    return parties


def _text(negotiation: Negotiation, plan: TextPlan, act: Act) -> dict[str, Clause]:
    instrument: Instrument = add_instrument(
        act=act,
        negotiation=negotiation,
        kind=plan.kind,
        title=plan.title,
        dated_on=plan.dated_on,
        texts={plan.language: plan.text},
        authentic_languages=[plan.language],
    )
    return {
        number: add_clause(
            act=act, instrument=instrument, number=number, position=place, text=words, text_language=plan.language
        )
        for place, (number, words) in enumerate(plan.clauses, start=1)
    }


def _obligation(
    plan: ObligationPlan, parties: dict[int, Party], phases: Sequence[Phase], clauses: dict[str, Clause], act: Act
) -> Condition:
    due: dict[str, Any] = {}
    if plan.due_days is not None:
        due = {"due_anchor": Anchor.ENTRY_INTO_FORCE, "due_offset": timedelta(days=plan.due_days)}
    condition = add_condition(
        act=act,
        phase=phases[plan.phase - 1],
        title=plan.title,
        title_ar=plan.title_ar,
        category=plan.category,
        ref=plan.ref,
        text=plan.text,
        kind=plan.kind,
        agreement_state=plan.agreement_state,
        clause=clauses.get(plan.clause),
        obligors=[parties[place] for place in plan.obligors if place in parties],
        beneficiary=parties.get(plan.beneficiary) if plan.beneficiary is not None else None,
        **due,
    )
    if plan.opens is not None:
        assert_gate(act=act, phase=phases[plan.opens - 1], condition=condition, clause=clauses.get(plan.clause))
    return condition
