"""Verbs on phases: the plan, what was declared, and where they are assessed to stand."""

from __future__ import annotations

from negotiations.models import Actor, Negotiation, Phase
from negotiations.rules.codes import PhaseStatus
from negotiations.services.phase import add_phase, change_phase_status, declare_phase, edit_phase

from ..serializers.fields import code
from .body import Edit, NewItem, Told
from .fields import Related
from .verb import Verb


class PhaseWrite(Edit):
    """A step of the roadmap: its words and its plan."""

    class Meta:
        model = Phase
        fields = (
            "number", "title", "title_ar", "summary", "summary_ar", "clause",
            "planned_start_anchor", "planned_start_at", "planned_start_phase", "planned_start_offset",
            "planned_end_anchor", "planned_end_at", "planned_end_phase", "planned_end_offset", "extended_to",
        )  # fmt: skip


class PhaseNew(NewItem):
    """A new step of the roadmap, not started."""

    class Meta(PhaseWrite.Meta):
        pass


class PhaseStatusWrite(Told):
    """Where the phase is assessed to stand."""

    status = code(PhaseStatus)


class PhaseDeclaration(Told):
    """What somebody declared of the phase."""

    status = code(PhaseStatus)
    declared_by = Related(Actor)


VERBS = (
    Verb(
        name="phase.added",
        on=Negotiation,
        makes=Phase,
        body=PhaseNew,
        run=lambda call: add_phase(negotiation=call.negotiation, **call.made),
        summary="Add a phase to the roadmap",
        example={
            "number": 2,
            "title": "Withdrawal",
            "planned_start_anchor": "entry_into_force",
            "planned_start_offset": "P30D",
            "reason": "Clause 2.",
        },
    ),
    Verb(
        name="phase.edited",
        on=Phase,
        body=PhaseWrite,
        run=lambda call: edit_phase(call.item, **call.amended),
        summary="Edit the words or the plan of a phase",
        example={"extended_to": "2025-12-01T00:00:00Z", "reason": "Both sides agreed to two more weeks."},
    ),
    Verb(
        name="phase.status_changed",
        on=Phase,
        path="status",
        body=PhaseStatusWrite,
        run=lambda call: change_phase_status(call.item, **call.amended),
        summary="Assess where the phase stands",
        description="The first `active` dates its start, an ending status its end.",
        example={
            "status": "active",
            "reason": "Forces began to move.",
            "citations": [{"source": "S1", "credibility": "2"}],
        },
    ),
    Verb(
        name="phase.declared",
        on=Phase,
        path="declare",
        body=PhaseDeclaration,
        run=lambda call: declare_phase(call.item, **call.amended),
        summary="Record what an actor declared of the phase",
        description="The assessed status does not move by it.",
        example={
            "status": "active",
            "declared_by": "5f0c7d3e-0f2b-4d0e-9b1a-2c1f3a4b5c6d",
            "reason": "Said at the press conference.",
            "citations": [{"source": "S1", "credibility": "1"}],
        },
    ),
)
