"""A small invented negotiation, built by the verbs of the product and by nothing else."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from negotiations.models import (
    Actor,
    Claim,
    Condition,
    Dispute,
    Gate,
    Negotiation,
    Party,
    Phase,
    Position,
    Source,
    ThirdParty,
    User,
)
from negotiations.rules.codes import (
    ActorKind,
    ClaimKind,
    ConditionCategory,
    ConditionStatus,
    DisputeCategory,
    DisputeType,
    PhaseStatus,
    Reliability,
    Stance,
    ThirdPartyRole,
    VerifiedBy,
)
from negotiations.services.act import Act, Cite
from negotiations.services.actor import register_actor
from negotiations.services.claim import make_claim
from negotiations.services.condition import add_condition, change_condition_status
from negotiations.services.dispute import open_dispute
from negotiations.services.finding import Finding
from negotiations.services.gate import assert_gate
from negotiations.services.negotiation import open_negotiation
from negotiations.services.party import seat_party, seat_third_party
from negotiations.services.phase import add_phase
from negotiations.services.position import state_position
from negotiations.services.source import add_source

from .cast import Cast, assemble, seat_all

# Everything in the small negotiation was so from this moment on; only memberships are of today.
START = datetime(2025, 10, 10, 9, tzinfo=UTC)


@dataclass
class Talks:
    """The small negotiation: two parties, a mediator, a monitor, two phases, two conditions, a gate, a dispute."""

    cast: Cast
    negotiation: Negotiation
    north: Actor
    south: Actor
    egret: Actor
    monitors: Actor
    northern: Party
    southern: Party
    mediator: ThirdParty
    monitor: ThirdParty
    source: Source
    first: Phase
    second: Phase
    withdrawal: Condition
    release: Condition
    gate: Gate
    dispute: Dispute
    claim: Claim
    position: Position

    def act(self, person: User | None = None, *, at: datetime | None = None, **facts: Any) -> Act:
        """An act of the mediator's staff (or of `person`) at a moment, resting on the negotiation's source."""
        facts.setdefault("reason", "Reported today.")
        facts.setdefault("cites", (Cite(source=self.source, credibility="2"),))
        return Act(actor=person or self.cast.mediator, effective_at=at, **facts)

    def set_status(
        self,
        condition: Condition,
        status: str,
        *,
        at: datetime | None = None,
        known: datetime | None = None,
        **finding: Any,
    ) -> Condition:
        """Assess a condition, borne out by the monitors where the status needs a finding."""
        if status in (ConditionStatus.MET, ConditionStatus.BREACHED):
            finding = {"verified_by": VerifiedBy.THIRD_PARTY, "verified_by_actor": self.monitors, **finding}
        act = self.act(at=at, recorded_at=known)
        return change_condition_status(condition, act=act, version=None, status=status, finding=Finding(**finding))

    def add_condition(self, title: str = "Open the bridge", *, at: datetime | None = START, **fields: Any) -> Condition:
        """One more condition of the first phase; pass `marking` to hide it."""
        fields = {"phase": self.first, "category": ConditionCategory.BORDER_CROSSINGS_MOVEMENT, **fields}
        fields.setdefault("obligors", [self.northern])
        return add_condition(act=self.act(at=at), title=title, **fields)

    def open_dispute(
        self, title: str = "Who opens first", *, conditions: Iterable[Condition] = (), **fields: Any
    ) -> Dispute:
        """One more dispute; pass `marking` to hide it."""
        return open_dispute(
            act=self.act(at=START),
            negotiation=self.negotiation,
            title=title,
            category=DisputeCategory.BORDER_MANAGEMENT,
            type=DisputeType.SEQUENCING,
            opened_at=START,
            conditions=list(conditions),
            **fields,
        )


def talks(
    slug: str = "two-shores", *, cast: Cast | None = None, recorded_at: datetime | None = None, **fields: Any
) -> Talks:
    """Build the small negotiation, published and followed live unless `fields` say otherwise.

    It is known since now, or entered afterwards as known since `recorded_at`.
    """
    cast = cast or assemble()
    known: dict[str, Any] = {"reason": "Set up.", "effective_at": START, "recorded_at": recorded_at}
    act = Act(actor=cast.lead, no_source_reason="Set up for a test.", **known)
    fields = {"published": True, "time_zone": "Asia/Jerusalem", "entry_into_force_at": START, **fields}
    negotiation = open_negotiation(act=act, slug=slug, title="Talks of the two shores", **fields)
    seat_all(cast, negotiation, Act(actor=cast.lead))
    actors = actors_of(act)
    seats = seats_of(negotiation, actors, act)
    source = add_source(
        act=act,
        negotiation=negotiation,
        publisher="River Post",
        title="Monitors count the posts",
        reliability=Reliability.B,
        url="https://example.org/posts",
    )
    act = Act(actor=cast.lead, cites=(Cite(source=source, credibility="2"),), **known)
    return Talks(cast=cast, negotiation=negotiation, source=source, **actors, **seats, **roadmap_of(seats, act))


def actors_of(act: Act) -> dict[str, Actor]:
    """The actors of the small negotiation, registered once for all of them."""
    wanted = {
        "north": (ActorKind.STATE, "Northern Shore", "N"),
        "south": (ActorKind.ARMED_GROUP, "Southern Shore", "S"),
        "egret": (ActorKind.STATE, "Egret Island", "E"),
        "monitors": (ActorKind.MONITORING_MISSION, "River Monitors", "RM"),
    }
    known = {actor.name: actor for actor in Actor.objects.all()}
    return {
        key: known.get(name) or register_actor(act=act, kind=kind, name=name, short=short)
        for key, (kind, name, short) in wanted.items()
    }


def seats_of(negotiation: Negotiation, actors: dict[str, Actor], act: Act) -> dict[str, Any]:
    """Two parties, a mediator and a monitor."""

    def outsider(actor: str, role: ThirdPartyRole) -> ThirdParty:
        return seat_third_party(act=act, negotiation=negotiation, actor=actors[actor], role=role)

    return {
        "northern": seat_party(act=act, negotiation=negotiation, actor=actors["north"]),
        "southern": seat_party(act=act, negotiation=negotiation, actor=actors["south"]),
        "mediator": outsider("egret", ThirdPartyRole.MEDIATOR),
        "monitor": outsider("monitors", ThirdPartyRole.MONITOR),
    }


def roadmap_of(seats: dict[str, Any], act: Act) -> dict[str, Any]:
    """Two phases; a withdrawal that gates the second, a release, and a dispute over the withdrawal."""
    northern, southern, monitor = seats["northern"], seats["southern"], seats["monitor"]
    negotiation = northern.negotiation
    first = add_phase(
        act=act, negotiation=negotiation, number=1, title="Halt", status=PhaseStatus.ACTIVE, started_at=START
    )
    second = add_phase(act=act, negotiation=negotiation, number=2, title="Withdrawal")
    withdrawal = add_condition(
        act=act,
        phase=first,
        title="Withdraw to the agreed line",
        text="Forces withdraw behind the line within 30 days.",
        category=ConditionCategory.WITHDRAWAL_REDEPLOYMENT,
        obligors=[northern],
        beneficiary=southern,
        verifier=monitor,
        due_anchor="entry_into_force",
        due_offset=timedelta(days=30),
        review_interval=timedelta(days=7),
    )
    release = add_condition(
        act=act,
        phase=first,
        title="Release the detainees",
        category=ConditionCategory.DETAINEES_HOSTAGES_REMAINS,
        obligors=[southern],
        beneficiary=northern,
        target=20,
        unit="people",
    )
    return {
        "first": first,
        "second": second,
        "withdrawal": withdrawal,
        "release": release,
        "gate": assert_gate(act=act, phase=second, condition=withdrawal),
        **statements_of(negotiation, withdrawal, act),
    }


def statements_of(negotiation: Negotiation, withdrawal: Condition, act: Act) -> dict[str, Any]:
    """A dispute over the line, what the south claims of it and where it stands."""
    south = withdrawal.beneficiary
    assert south is not None
    dispute = open_dispute(
        act=act,
        negotiation=negotiation,
        title="Where the line runs",
        category=DisputeCategory.LINE_DEMARCATION,
        type=DisputeType.INTERPRETATION,
        opened_at=START,
        conditions=[withdrawal],
    )
    claim = make_claim(
        act=act,
        negotiation=negotiation,
        claimant=south.actor,
        kind=ClaimKind.NOT_FULFILLED,
        text="Posts remain south of the line.",
        said_at=START,
        conditions=[withdrawal],
    )
    position = state_position(
        act=act,
        negotiation=negotiation,
        actor=south.actor,
        stance=Stance.REJECTS,
        summary="The line follows the river.",
        stated_at=START,
        dispute=dispute,
    )
    return {"dispute": dispute, "claim": claim, "position": position}
