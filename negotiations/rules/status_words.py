"""The word and the level a condition's status is shown with, and what it takes to record it."""

from __future__ import annotations

from django.utils.translation import gettext as _

from .codes import ConditionKind, ConditionStatus
from .codes.base import gettext_noop

# After the Peace Accords Matrix, on plain progress only: the other statuses have no place on its scale.
LEVELS: dict[ConditionStatus, int] = {
    ConditionStatus.NOT_STARTED: 0,
    ConditionStatus.IN_PROGRESS: 1,
    ConditionStatus.PARTLY_MET: 2,
    ConditionStatus.REPORTED_MET: 2,
    ConditionStatus.MET: 3,
}
# The guards of `evidence` and `workflow` in the reader's words, for statuses that take more than a reason and a source.
TAKES: dict[ConditionStatus, str] = {
    ConditionStatus.NOT_STARTED: gettext_noop("Follows “Not assessed” only: a first look."),
    ConditionStatus.MET: gettext_noop(
        "A verifier's finding, or the word of the side it is owed to, from a source graded B2 or better."
    ),
    ConditionStatus.CONTESTED: gettext_noop("Two recorded claims that differ."),
    ConditionStatus.BREACHED: gettext_noop(
        "A verifier's finding, or the word of the side that owes it, from a source graded B2 or better."
    ),
    ConditionStatus.SUSPENDED: gettext_noop("The announcement of the side that owes it, as a cited source."),
    ConditionStatus.WAIVED: gettext_noop("The name of the benefiting party that releases it."),
    ConditionStatus.SUPERSEDED: gettext_noop("Nothing follows it, so it is set last."),
}


def status_label(status: str, kind: str = ConditionKind.MILESTONE) -> str:
    """Return the word on the screen; what must keep holding is holding or not, never met or breached."""
    if kind == ConditionKind.CONTINUOUS and status == ConditionStatus.MET:
        return _("Holding")
    if kind == ConditionKind.CONTINUOUS and status == ConditionStatus.BREACHED:
        return _("Not holding")
    return ConditionStatus(status).label


def level(status: str) -> int | None:
    """Return the "PAM-style" implementation level 0 to 3, None for a status that is no plain progress."""
    return LEVELS.get(ConditionStatus(status))


def what_it_takes(status: str) -> str:
    """Return what recording the status asks for beyond a reason and a source, "" where that is all."""
    words = TAKES.get(ConditionStatus(status), "")
    return _(words) if words else ""
