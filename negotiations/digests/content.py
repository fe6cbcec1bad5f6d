"""What a mail says of one negotiation, as plain values: written out as HTML and as text elsewhere."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_noop as _

from negotiations.rules.codes import Marking


class Kind(Enum):
    """The sections of a mail in the order in which they stand in it."""

    CORRECTED = "corrected"
    TURNED = "turned"
    OPENED = "opened"
    MOVED = "moved"
    UNMOVED = "unmoved"
    OVERDUE = "overdue"
    SOON = "soon"
    DIFFERING = "differing"
    REVERSED = "reversed"
    HOLDING = "holding"
    STALE = "stale"
    OTHER = "other"

    @property
    def heading(self) -> str:
        return gettext(HEADINGS[self])


HEADINGS = {
    Kind.CORRECTED: _("Corrections to what you were sent"),
    Kind.TURNED: _("Breached, suspended or contested"),
    Kind.OPENED: _("Newly in dispute"),
    Kind.MOVED: _("Moved"),
    Kind.UNMOVED: _("Due, and not moved"),
    Kind.OVERDUE: _("Became overdue"),
    Kind.SOON: _("Due within seven days"),
    Kind.DIFFERING: _("Claims that differ"),
    Kind.REVERSED: _("Positions reversed"),
    Kind.HOLDING: _("Newly held or no longer held"),
    Kind.STALE: _("Became stale"),
    Kind.OTHER: _("Also recorded"),
}

# Signs that mail programs draw from the letters they have.
MARKS = {
    "breached": "▼",
    "contested": "◈",
    "in_progress": "◐",
    "met": "✓",
    "not_started": "○",
    "partly_met": "◕",
    "reported_met": "◌",
    "superseded": "◎",
    "suspended": "‖",
    "waived": "⊘",
}


@dataclass(frozen=True, slots=True)
class Row:
    """One line: what it is about, from what to what, and below it who says so since when.

    `entries` are the entries told by it, none where it follows from others; `glyph` is the status
    after; `note` follows the change in the same line, `details` are lines of their own. `is_back` is what
    went to and fro and is as it was.
    """

    title: str
    ref: str = ""
    href: str = ""
    before: str = ""
    after: str = ""
    glyph: str = ""
    note: str = ""
    details: tuple[str, ...] = ()
    meta: tuple[str, ...] = ()
    marking: str = "CLEAR"
    entries: tuple[int, ...] = ()
    is_back: bool = False

    @property
    def mark(self) -> str:
        """The sign before the status: shape and word carry the meaning before colour does."""
        return MARKS.get(self.glyph, "")

    @property
    def chip(self) -> str:
        """The sharing label, which every line bears that not everybody may read."""
        return "" if self.marking == Marking.CLEAR else Marking(self.marking).english

    @property
    def colour(self) -> str:
        return colour_of(self.marking)


@dataclass(frozen=True, slots=True)
class Section:
    """Rows of one kind in a fixed order; `more` were left out to keep the mail short."""

    kind: Kind
    rows: tuple[Row, ...]
    more: int = 0

    @property
    def heading(self) -> str:
        return self.kind.heading

    @property
    def count(self) -> int:
        return len(self.rows) + self.more


@dataclass(frozen=True, slots=True)
class DateAhead:
    """Something dated that is still to come."""

    at: datetime
    title: str
    note: str
    ref: str = ""


@dataclass(frozen=True, slots=True)
class Headline:
    """The negotiation by its name, its verdict, and the entry conditions behind it, one status each."""

    title: str
    sentence: str
    href: str
    why: tuple[str, ...] = ()
    gates: tuple[str, ...] = ()
    caption: tuple[tuple[str, str], ...] = ()
    gate_number: int = 0


@dataclass(frozen=True, slots=True)
class Content:
    """All that a mail at one level says of one negotiation, but for what is one reader's own.

    `yours` are conditions to confirm, by the account that keeps them; `seen` are the wanted entries that
    may be told, whether there was room for them or not; `unchanged` says of what there is no news where there is none.
    """

    headline: Headline
    sections: tuple[Section, ...] = ()
    dates: tuple[DateAhead, ...] = ()
    since: datetime | None = None
    checked_at: datetime | None = None
    marking: str = "CLEAR"
    changes_href: str = ""
    unchanged: str = ""
    seen: frozenset[int] = frozenset()
    yours: dict[int, tuple[Row, ...]] = field(default_factory=dict)

    @property
    def is_news(self) -> bool:
        return bool(self.sections)

    @property
    def count(self) -> int:
        return sum(section.count for section in self.sections)

    @property
    def corrections(self) -> int:
        return sum(section.count for section in self.sections if section.kind is Kind.CORRECTED)

    @property
    def told(self) -> tuple[int, ...]:
        return tuple(sorted({pk for section in self.sections for row in section.rows for pk in row.entries}))


def colour_of(marking: str) -> str:
    """The name of a label's colour, without what it is bound to."""
    return marking.split("+")[0].lower()


def back_in_words(count: int) -> str:
    """That something is as it was, after so many changes: a form of its own where the language bends the number."""
    return ngettext("as before, after %(count)s change", "as before, after %(count)s changes", count) % {"count": count}


def changes_in_words(count: int) -> str:
    return ngettext("%(count)s change", "%(count)s changes", count) % {"count": count}
