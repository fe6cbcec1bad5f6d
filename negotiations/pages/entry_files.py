"""Entries of the record as rows of a file: a row for each field that an entry changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from negotiations.exports.table import Cell
from negotiations.models import Citation, Entry
from negotiations.pages.frame import Visit
from negotiations.rules.codes import Marking
from negotiations.rules.marking import WIDEST_FIRST, narrowest, rank
from negotiations.selectors.change_words import FieldChange
from negotiations.selectors.entry_lines import Change, EntryLine
from negotiations.selectors.scene import highest_in

COLUMNS = (
    "id", "verb", "what", "kind", "ref", "title", "field", "before", "after", "by", "why", "sources",
    "effective_at", "recorded_at", "corrects", "marking",
)  # fmt: skip


def marking_of(opened: Visit, entries: QuerySet[Entry]) -> Marking:
    """The narrowest of the entries, of their sources and of the page that they are on."""
    of_entries = entries.order_by().values_list("access__marking", flat=True).distinct()
    cited = Citation.objects.visible_to(opened.viewer).filter(entry__in=entries.order_by().values("pk"))
    of_sources = cited.order_by().values_list("source__marking", flat=True).distinct()
    return narrowest([highest_in(opened.scene), *of_entries, *of_sources])


def up_to(marking: Marking, entries: QuerySet[Entry]) -> QuerySet[Entry]:
    """Without what becomes narrower while the file is sent: the file is already marked."""
    return entries.filter(access__marking__in=[one for one in WIDEST_FIRST if rank(one) <= rank(marking)])


def rows_of(
    entry: EntryLine, status: Change | None, value: Change | None, fields: Sequence[FieldChange]
) -> Iterator[tuple[Cell, ...]]:
    """A row for each field in words; one for an entry that changed none."""
    lead: tuple[Cell, ...] = (
        str(entry.public_id), entry.verb, entry.says, entry.subject_type, entry.ref, entry.title,
    )  # fmt: skip
    tail: tuple[Cell, ...] = (
        entry.by, entry.reason, "; ".join(entry.sources_named), entry.effective_at, entry.recorded_at,
        str(entry.corrects) if entry.corrects else "", entry.marking,
    )  # fmt: skip
    told = [(one.label, one.before, one.after) for one in in_words(status, value, fields)]
    yield from ((*lead, *words, *tail) for words in told or [("", "", "")])


def in_words(status: Change | None, value: Change | None, fields: Sequence[FieldChange]) -> list[FieldChange]:
    """Status and value as fields like the others, in front of them."""
    first = [FieldChange("status", _("Status"), status.before, status.after)] if status else []
    first += [FieldChange("value", _("Value"), value.before, value.after)] if value else []
    return [*first, *fields]
