"""Every code of the domain with its words in each language, and what other vocabularies call it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.translation import override

from negotiations.rules import codes
from negotiations.rules.codes import CROSSWALK, RANGES, Code, ConditionCategory, Likelihood
from negotiations.rules.completeness import GapKind
from negotiations.rules.freshness import Freshness
from negotiations.rules.gates import GateStanding, VerdictKind
from negotiations.rules.holds import HoldKind
from negotiations.rules.status_words import LEVELS
from negotiations.rules.steps import StepKind
from negotiations.rules.verbs import VERBS, in_words

# What is computed has codes too, though no column holds them.
COMPUTED: tuple[type[Code], ...] = (Freshness, GapKind, GateStanding, HoldKind, StepKind, VerdictKind)


def choice_sets() -> list[type[Code]]:
    """Every choice set of the domain, by name."""
    kept = [one for one in vars(codes).values() if isinstance(one, type) and issubclass(one, Code) and one is not Code]
    return sorted([*kept, *COMPUTED], key=lambda one: one.__name__)


def code_sets() -> list[dict[str, Any]]:
    """Every choice set with its codes, and the verbs of the record as one more."""
    found = [{"name": kind.__name__, "codes": [_code(one) for one in kind]} for kind in choice_sets()]
    verbs = [_words(verb, lambda verb=verb: in_words(verb), str) for verb in VERBS]  # type: ignore[misc]
    return [*found, {"name": "Verb", "codes": verbs}]


def _code(one: Code) -> dict[str, Any]:
    pax, pam = CROSSWALK.get(one, ((), ())) if isinstance(one, ConditionCategory) else ((), ())
    low, high = RANGES[one] if isinstance(one, Likelihood) else (None, None)
    level = LEVELS.get(one) if isinstance(one, codes.ConditionStatus) else None
    more = {"pax": list(pax), "pam": list(pam), "pam_level": level, "percent_low": low, "percent_high": high}
    return _words(one.value, lambda: one.label, lambda: one.definition) | more


def _words(code: str, label: Callable[[], str], definition: Callable[[], str]) -> dict[str, Any]:
    """A code in English and in Arabic; a definition is empty where the label says it all."""
    found: dict[str, Any] = {"code": code}
    for suffix, language in (("", "en"), ("_ar", "ar")):
        with override(language):
            found |= {f"label{suffix}": label(), f"definition{suffix}": definition()}
    return found | {"pax": [], "pam": [], "pam_level": None, "percent_low": None, "percent_high": None}
