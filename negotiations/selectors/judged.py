"""What an entry without a status says beyond its verb: how likely, how it came out, how a party answered."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from negotiations.rules.codes import Likelihood, ResponseKind

JUDGEMENT = frozenset({"likelihood", "percent_low", "percent_high"})


def judged(verb: str, changes: Mapping[str, Any]) -> str:
    """What was judged or answered, in the language active now; empty where the verb says it all."""
    now = {field: pair[1] for field, pair in changes.items()}
    if verb == "assessment.made" and now.keys() >= JUDGEMENT:
        return likelihood_words(now["likelihood"], now["percent_low"], now["percent_high"])
    if verb == "assessment.resolved" and now.get("outcome") is not None:
        return outcome_words(came_about=now["outcome"])
    if verb == "response.recorded" and now.get("kind"):
        return str(ResponseKind(now["kind"]).label)
    return ""


def likelihood_words(likelihood: str, low: int, high: int) -> str:
    """The term with its range in percent."""
    return _("%(likelihood)s (%(low)s–%(high)s%%)") % {
        "likelihood": Likelihood(likelihood).label,
        "low": low,
        "high": high,
    }


def outcome_words(*, came_about: bool) -> str:
    """How the question of an outlook came out."""
    return _("it came about") if came_about else _("it did not come about")
