"""What a measure may say beside a status: never less than nothing, and no "met" that the count denies."""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import gettext as _

from .codes import Comparator, ConditionStatus, QuantityPer
from .errors import RuleError


class MeasureRefused(RuleError):
    """The value cannot be, or does not go with the status."""

    code = "measure_refused"


def check_measure(
    status: str,
    value: Decimal | None,
    *,
    target: Decimal | None = None,
    comparator: str = "",
    tolerance: Decimal | None = None,
    per: str = "",
) -> None:
    """Raise MeasureRefused for a negative value, or for "met" beside a value that misses the target.

    A target for each unit of another condition says nothing of the whole, and is not compared.
    """
    if value is None:
        return
    if value < 0:
        raise _refusal(_("A measure is never below zero."))
    if status != ConditionStatus.MET or target is None or per == QuantityPer.RATIO:
        return
    if not reaches(value, target, comparator, tolerance or Decimal(0)):
        sentence = _("“Met” does not go with %(value)s of %(target)s; give the value reached, or another status.")
        raise _refusal(sentence % {"value": f"{value.normalize():f}", "target": f"{target.normalize():f}"})


def reaches(value: Decimal, target: Decimal, comparator: str, tolerance: Decimal) -> bool:
    """Whether a value fulfils the target; without a comparator, at least the target is meant."""
    if comparator == Comparator.AT_MOST:
        return value <= target + tolerance
    if comparator == Comparator.EXACTLY:
        return abs(value - target) <= tolerance
    return value >= target - tolerance


def _refusal(sentence: str) -> MeasureRefused:
    return MeasureRefused(sentence, fields={"value": sentence})
