"""The verdict of a negotiation: the phase in question, what its entry conditions say of it, and the sentence."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from negotiations.history.held_states import held_over
from negotiations.history.moment import Moment
from negotiations.history.states import states_at
from negotiations.models import Condition, Phase
from negotiations.rules.gates import Readiness
from negotiations.rules.verdict import verdict_remarks, verdict_sentence

from .people import who
from .reckoning import ConditionLine, Reckoning
from .scene import Scene

UNMET_AT_TOP = 4
# The phase a verdict speaks of and its readiness; neither where no phase is recorded.
InQuestion = tuple[Phase | None, Readiness | None]


@dataclass(frozen=True, slots=True)
class VerdictBox:
    """The sentence, what must be added to it, and what is unmet."""

    sentence: str
    why: tuple[str, ...]
    unmet: tuple[ConditionLine, ...]
    more: int


def in_question(reckoning: Reckoning) -> InQuestion:
    """The phase the verdict of one negotiation speaks of, judged; one query where it was declared."""
    scene, declared_at = reckoning.scene, _declared_at(reckoning)
    if declared_at is None:
        return _judged(reckoning, None)
    known_at = scene.moment.known_at
    then = states_at(scene.negotiation.pk, as_of=declared_at, known_at=known_at, kinds=["condition"])
    return _judged(reckoning, {key: values["status"] for key, values in then.items()})


def all_in_question(reckonings: Collection[Reckoning]) -> dict[int, InQuestion]:
    """The same of several negotiations by negotiation: one query for all of them."""
    declared = {one.scene.negotiation.pk: (at, one.scene.moment) for one in reckonings if (at := _declared_at(one))}
    asked = {pk: Moment(at, at, known_at=moment.known_at) for pk, (at, moment) in declared.items()}
    then = dict(held_over(asked, "condition").values_list("subject_id", "values__status")) if asked else {}
    pairs = [(one.scene.negotiation.pk, one) for one in reckonings]
    return {pk: _judged(one, then if pk in asked else None) for pk, one in pairs}


def _declared_at(reckoning: Reckoning) -> datetime | None:
    """When the phase in question was declared, where it was by the scene's moment."""
    phase = reckoning.phase_in_question()
    at = phase.declared_at if phase else None
    return at if at and at <= reckoning.scene.at else None


def _judged(reckoning: Reckoning, then: Mapping[UUID, str] | None) -> InQuestion:
    """`then` has the statuses of conditions when the phase was declared, by public id; None where it was not."""
    phase = reckoning.phase_in_question()
    if phase is None:
        return None, None
    if then is None:
        return phase, reckoning.readiness(phase.pk)
    rows = reckoning.scene.all(Condition)
    return phase, reckoning.readiness(phase.pk, {row.pk: then[row.public_id] for row in rows if row.public_id in then})


def verdict_box(
    reckoning: Reckoning, phase: Phase | None, ready: Readiness | None, unmet: Sequence[ConditionLine] = ()
) -> VerdictBox:
    """The generated sentence with its remarks and the first of the unmet conditions."""
    if phase is None or ready is None:
        return VerdictBox(_("No phase recorded yet"), (), (), 0)
    declared = ready.verdict.declaration
    by = _name(reckoning.scene, declared.by if declared else None)
    on = date_format(localtime(declared.at), "j F Y") if declared else ""
    remarks = verdict_remarks(ready.verdict, declared_by=by, declared_on=on)
    return VerdictBox(
        sentence=verdict_sentence(ready.verdict, declared_by=by, declared_on=on),
        why=tuple(f"{remark}." for remark in remarks),
        unmet=tuple(unmet[:UNMET_AT_TOP]),
        more=max(len(unmet) - UNMET_AT_TOP, 0),
    )


def _name(scene: Scene, actor_id: object) -> str:
    found = who(scene, actor_id if isinstance(actor_id, int) else None)
    return found.name.here if found else ""
