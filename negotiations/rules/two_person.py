"""The two-person rule: what one person may only propose, and who may decide on it."""

from __future__ import annotations

from collections.abc import Hashable

from django.utils.translation import gettext as _

from .codes import ConditionStatus, FindingState
from .errors import NotPermitted, RuleError

# What says that a side broke its word, or that the sides contradict each other.
NEEDS_TWO = frozenset({ConditionStatus.BREACHED, ConditionStatus.CONTESTED})


def needs_second_person(status: str) -> bool:
    """Whether one person alone may not bring a condition to this status, where the rule is on."""
    return status in NEEDS_TWO


def is_void(state: str, *, opened_version: int, version: int) -> bool:
    """Whether a proposal still undecided rests on a version of its condition that is no longer the saved one."""
    return state == FindingState.PROPOSED and opened_version != version


def check_second_person(*, proposer: Hashable, decider: Hashable) -> None:
    """Refuse whoever proposed it, and nobody in particular."""
    if decider is None or decider == proposer:
        raise NotPermitted(
            _("A second person has to decide on this: you proposed it yourself."), code="second_person_needed"
        )


def check_undecided(state: str) -> None:
    """Refuse what was confirmed or declined before."""
    if state != FindingState.PROPOSED:
        raise RuleError(_("This proposal was decided on before."), code="finding_decided")


def check_not_void(state: str, *, opened_version: int, version: int) -> None:
    """Refuse to confirm what no longer speaks of its condition as it is."""
    if is_void(state, opened_version=opened_version, version=version):
        raise RuleError(
            _("The condition has changed since this was proposed; look again and propose anew."),
            code="finding_void",
        )
