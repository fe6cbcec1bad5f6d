"""The words for stances, which must read right beside what they are about."""

from __future__ import annotations

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from .codes import DisputeCategory, DisputeType, Stance

# Where a dispute is over what happened, nobody "accepts" or "rejects" a question.
_OF_FACT: dict[Stance, str] = {
    Stance.REJECTS: _("Disputes it"),
    Stance.ACCEPTS_WITH_CONDITIONS: _("Acknowledges it in part"),
    Stance.ACCEPTS: _("Acknowledges it"),
}
_FACT_TYPES = frozenset({DisputeType.COMPLIANCE, DisputeType.COUNT})


def is_about_facts(category: str, type: str) -> bool:
    """Return whether a dispute asks what happened rather than what should."""
    return category == DisputeCategory.VIOLATION_ATTRIBUTION or type in _FACT_TYPES


def stance_words(stance: str, *, about_facts: bool = False) -> str:
    """Return the word for a stance; about facts a side acknowledges or disputes, it does not accept."""
    code = Stance(stance)
    return gettext(_OF_FACT[code]) if about_facts and code in _OF_FACT else code.label
