"""One window of a negotiation's record laid open for one level: its entries as lines, the scene before and after."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _

from negotiations.models import Entry, MarkedItem
from negotiations.rules.marking import narrowest
from negotiations.selectors.entry_lines import EntryLine
from negotiations.selectors.reckoning import Reckoning, reckon
from negotiations.selectors.scene import Scene

from .addresses import site_url
from .content import Row
from .wishes import Wishes

# Where a subject without a page of its own is shown.
PAGES = {
    "assessment": "outlook",
    "gate": "roadmap",
    "link": "roadmap",
    "message": "messages",
    "phase": "roadmap",
    "position": "positions",
    "window": "calendar",
}
# What puts right what was said: it is so since then, and told since it was corrected.
CORRECTED = ("entry.corrected", "entry.undone")
# Mail programs set a line by its first letter, and labels and refs are Latin.
RIGHT_TO_LEFT = "\u200f"
OWN_PAGES = frozenset({"condition", "dispute", "incident", "meeting", "source"})


@dataclass
class News:
    """What is compared and told; `taken` are the entries that a section has told already.

    `owed` are those that correct what the reader was sent.
    """

    reckoning: Reckoning
    before: Scene
    after: Scene
    wishes: Wishes
    entries: list[Entry]
    lines: Mapping[int, EntryLine]
    markings: Mapping[int, str]
    owed: frozenset[int] = frozenset()
    taken: set[int] = field(default_factory=set)
    # What rests on sources retracted in the window; None until somebody asked.
    resting: Mapping[UUID, list[str]] | None = None

    @property
    def scene(self) -> Scene:
        return self.reckoning.scene

    @cached_property
    def by_subject(self) -> Mapping[UUID, list[Entry]]:
        found: dict[UUID, list[Entry]] = {}
        for entry in self.entries:
            found.setdefault(entry.subject_id, []).append(entry)
        return found

    @cached_property
    def reckoned_before(self) -> Reckoning:
        return reckon(self.before)

    @cached_property
    def reckoned_after(self) -> Reckoning:
        return reckon(self.after) if self.after is not self.scene else self.reckoning

    def of_verbs(self, *verbs: str) -> Iterator[Entry]:
        """The entries of these verbs that no section has told yet, oldest first."""
        return (entry for entry in self.entries if entry.verb in verbs and entry.pk not in self.taken)

    def row(self, entries: Iterable[Entry], **said: Any) -> Row:
        """A row that tells entries, with the last one's source, name and moment; they count as told."""
        told = list(entries)
        self.taken.update(entry.pk for entry in told)
        line = self.lines[told[-1].pk]
        values = {"title": line.title.here, "ref": line.ref, "href": self.href(line.subject_type, line.ref), **said}
        return Row(
            meta=meta_of(line),
            marking=narrowest(self.markings[entry.pk] for entry in told),
            entries=tuple(entry.pk for entry in told),
            **values,
        )

    def reasons(self, entries: Iterable[Entry]) -> tuple[str, ...]:
        """Why those of the entries that put something right do, each reason once."""
        mending = (self.lines[entry.pk].reason for entry in entries if entry.verb in CORRECTED)
        return tuple(dict.fromkeys(reason for reason in mending if reason))

    def href(self, noun: str, ref: str = "") -> str:
        return href_of(self.scene.negotiation.slug, noun, ref)


def href_of(slug: str, noun: str, ref: str = "") -> str:
    """The address of the page that shows an item of a negotiation."""
    if noun in OWN_PAGES and ref:
        return site_url(reverse(noun, args=[slug, ref]))
    return site_url(reverse(PAGES.get(noun, "changes"), args=[slug]))


def changes_since(slug: str, start: datetime | None) -> str:
    """The address of everything that became known from a moment on; without one, as far back as the page goes."""
    page = site_url(reverse("changes", args=[slug]))
    # The page tells what became known later than the moment.
    return f"{page}?since={start.astimezone(UTC) - timedelta(seconds=1):%Y-%m-%dT%H:%M:%SZ}" if start else page


def meta_of(line: EntryLine) -> tuple[str, ...]:
    """The best grade under an entry, who told it, since when it is so, and when it was corrected."""
    corrected = line.verb in CORRECTED and _("corrected %(moment)s") % {"moment": moment_words(line.recorded_at)}
    return tuple(part for part in (_grade(line), line.by, moment_words(line.effective_at), corrected) if part)


def _grade(line: EntryLine) -> str:
    """The best grade of a source that stands; where all were retracted, the best of those with that word."""
    best = line.best_source
    if best is None:
        return ""
    grade = f"{best.reliability}{best.credibility}"
    return _("%(grade)s, retracted") % {"grade": grade} if best.is_retracted else grade


def moment_words(at: Any) -> str:
    """A moment in the zone the mail is written for; never a distance, because a mail is read later."""
    return date_format(localtime(at), f"j M Y{_(', ')}H:i")


def day_words(at: Any) -> str:
    return date_format(localtime(at), "D j M Y")


def arrow() -> str:
    return "←" if get_language_bidi() else "→"


def rightwards(line: str) -> str:
    """A line that may begin with a label or a ref, set from the right in languages that are read so."""
    return f"{RIGHT_TO_LEFT}{line}" if get_language_bidi() else line


def row_of(scene: Scene, public_id: UUID, *kinds: type[MarkedItem]) -> Any:
    """The row of a scene by its public id, None where it is not there."""
    return next((row for kind in kinds for row in scene.all(kind) if row.public_id == public_id), None)
