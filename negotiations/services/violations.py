"""What the constraints of the database stand for, in sentences for people."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

# By name of the constraint: the field to look at first, and what is wrong.
SENTENCES: dict[str, tuple[str, str]] = {
    "assessment_percent_in_order": ("percent_low", _("The lower percentage may not be above the higher one.")),
    "citation_translator_is_said": ("translated_by", _("Say whether a person or a machine translated it.")),
    "claim_period_in_order": ("period_end", _("The period ends before it starts.")),
    "claim_values_in_order": ("value_best", _("The best value lies between the lowest and the highest.")),
    "condition_due_is_whole": ("due_anchor", _("Say what the due moment is counted from, and how long after.")),
    "condition_not_its_own_anchor": ("due_condition", _("A condition cannot be due after itself.")),
    "condition_specificity_1_to_3": ("specificity", _("Specificity goes from 1 to 3.")),
    "condition_value_not_negative": ("value", _("A measure cannot be negative.")),
    "incident_date_prec_1_to_5": ("date_prec", _("The precision of a date goes from 1 to 5.")),
    "incident_deaths_in_order": ("deaths_best", _("The best number lies between the lowest and the highest.")),
    "incident_where_prec_1_to_7": ("where_prec", _("The precision of a place goes from 1 to 7.")),
    "instrument_not_its_own_past": ("amends", _("A text cannot amend or replace itself.")),
    "link_not_to_itself": ("other", _("Choose another condition: this one cannot be tied to itself.")),
    "link_ratio_positive": ("ratio", _("A ratio is greater than zero.")),
    "meeting_ends_after_start": ("ends_at", _("The meeting ends before it starts.")),
    "message_answered_after_carried": ("answered_at", _("The answer came before the message.")),
    "message_between_two": ("recipient", _("A message goes from one actor to another.")),
    "negotiation_coverage_in_order": ("coverage_end", _("Coverage ends before it starts.")),
    "negotiation_not_its_own_past": ("preceded_by", _("A negotiation cannot precede itself.")),
    "note_is_internal": ("marking", _("A note is internal: mark it TLP:GREEN or narrower.")),
    "note_only_questions_are_answered": ("body", _("Only a question can be answered.")),
    "phase_ends_after_start": ("effective_at", _("The phase would end before it started.")),
    "position_on_one_thing": ("dispute", _("Name one dispute, one condition or one proposal.")),
    "window_closes_after_opening": ("closes_at", _("The window closes before it opens.")),
}
WORD = re.compile(r"[a-z0-9_]+")


@dataclass(frozen=True, slots=True)
class Violation:
    """A constraint that a change would break: the status and the code for programs, the words for people."""

    status: int
    code: str
    sentence: str
    errors: Mapping[str, str] = field(default_factory=dict)


def violation_of(exc: Exception) -> Violation | None:
    """What was violated, as the row's own check or the database found it; None for anything else."""
    names = list(names_in(exc))
    for name in names:
        if name in SENTENCES:
            path, sentence = SENTENCES[name][0], gettext(SENTENCES[name][1])
            return Violation(422, "contradiction", sentence, {path: sentence})
    if is_taken(exc):
        # Says nothing of what is there: it may be something that the caller may not see.
        return Violation(409, "already_there", gettext(_("Something like this is recorded already.")))
    return None


def names_in(exc: Exception) -> Iterator[str]:
    """Names that may be those of constraints, from what the exception says of itself."""
    if isinstance(exc, IntegrityError):
        diagnosis = getattr(exc.__cause__, "diag", None)
        yield str(getattr(diagnosis, "constraint_name", ""))
    elif isinstance(exc, ValidationError):
        for error in whole_errors(exc):
            for message in error.messages:
                yield from WORD.findall(message)


def whole_errors(exc: ValidationError) -> list[ValidationError]:
    """The errors that concern no single field."""
    if not hasattr(exc, "error_dict"):
        return []
    found: list[ValidationError] = exc.error_dict.get(NON_FIELD_ERRORS, [])
    return found


def is_taken(exc: Exception) -> bool:
    """Whether a row stands in the way that is there already."""
    if isinstance(exc, ValidationError):
        errors = [error for found in getattr(exc, "error_dict", {}).values() for error in found]
        return any(error.code in ("unique", "unique_together") for error in errors)
    return getattr(exc.__cause__, "pgcode", "") == "23505"
