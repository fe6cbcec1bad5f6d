"""How names stand in sentences: the article English wants, and lists of several names."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import get_language
from django.utils.translation import gettext as _

_FIRST = frozenset(
    {"African", "Arab", "European", "Free", "Government", "High", "International", "Joint", "Multinational", "United"}
)
_LAST = frozenset(
    {
        "Agency", "Authority", "Board", "Cell", "Center", "Centre", "Command", "Commission", "Committee", "Council",
        "Emirates", "Force", "Forces", "Group", "Initiative", "League", "Mission", "Movement", "Nations",
        "Netherlands", "Office", "Organisation", "Organization", "Philippines", "Quartet", "States", "Union",
    }
)  # fmt: skip


def in_sentence(name: str, language: str | None = None) -> str:
    """Return a name as it stands inside a sentence: in English "the United States", but "Egypt".

    Names in other languages carry their article themselves. `language` is the active one by default.
    """
    words = name.split()
    if not (language or get_language() or "en").startswith("en") or len(words) < 2 or words[0].lower() == "the":
        return name
    takes_article = words[0] in _FIRST or words[-1] in _LAST or "of" in words[1:-1]
    return f"the {name}" if takes_article else name


def listed(names: Sequence[str]) -> str:
    """Return "A", "A and B" or "A, B and C" in the active language, in the order given; "" for none."""
    if len(names) < 2:
        return "".join(names)
    first = _(", ").join(names[:-1])
    return _("%(first)s and %(last)s") % {"first": first, "last": names[-1]}
