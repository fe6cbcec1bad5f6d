"""The word and the level a condition's status is shown with."""

from __future__ import annotations

from django.utils.translation import gettext as _

from .codes import ConditionKind, ConditionStatus

# After the Peace Accords Matrix, on plain progress only: the other statuses have no place on its scale.
LEVELS: dict[ConditionStatus, int] = {
    ConditionStatus.NOT_STARTED: 0,
    ConditionStatus.IN_PROGRESS: 1,
    ConditionStatus.PARTLY_MET: 2,
    ConditionStatus.REPORTED_MET: 2,
    ConditionStatus.MET: 3,
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
