"""What changed in a negotiation since a moment, as one reader may see it: newest first, day by day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import groupby
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from negotiations.history.both_clocks import told_by
from negotiations.history.moment import Moment, read_moment
from negotiations.models import Entry, Negotiation, Tombstone, User
from negotiations.rules.fields import nouns_in_words
from negotiations.rules.marking import Viewer
from negotiations.rules.verbs import VERBS, in_words

from .change_words import FieldChange, field_changes
from .changes_about import Items, about_item, items_of
from .entry_cursor import NEWEST_KNOWN, EntryCursor
from .entry_lines import EntryLine, entry_lines, with_payload
from .last_look import last_look, seen_before
from .tombstones import tombstones

PAGE = 40
CURSOR = EntryCursor("changes-page")
SPANS = {"24h": timedelta(days=1), "7d": timedelta(days=7), "30d": timedelta(days=30)}
VISIT = "visit"


@dataclass(frozen=True, slots=True)
class Since:
    """From when on changes are told: by their place in the stream for a visit, else by when they were known.

    `code` is what the address says; `at` is None for who has never marked anything as seen.
    """

    code: str
    at: datetime | None = None
    seq: int | None = None

    def limit(self, entries: QuerySet[Entry]) -> QuerySet[Entry]:
        if self.seq is not None:
            return entries.filter(seq__gt=self.seq)
        return entries.filter(recorded_at__gt=self.at) if self.at else entries


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the reader narrowed the changes to; empty for everything."""

    noun: str = ""
    verb: str = ""
    person: str = ""
    about: str = ""


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """An entry with the fields it changed, and under it the entries that corrected it."""

    entry: EntryLine
    fields: tuple[FieldChange, ...]
    corrects: EntryLine | None
    corrections: tuple[ChangeLine, ...] = ()


@dataclass(frozen=True, slots=True)
class Day:
    """What became known on one day."""

    on: date
    groups: tuple[tuple[str, tuple[ChangeLine, ...]], ...]


@dataclass(frozen=True, slots=True)
class Changes:
    """A page of changes, the ways to narrow it, and the way to the next, older one."""

    since: Since
    days: tuple[Day, ...]
    nouns: tuple[tuple[str, str], ...]
    verbs: tuple[tuple[str, str], ...]
    people: tuple[tuple[str, str], ...]
    items: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    total: int
    next_cursor: str
    newest: UUID | None
    lost: tuple[Lost, ...] = ()


@dataclass(frozen=True, slots=True)
class Lost:
    """Something that is not open to this reader any more: of what kind, and since when; never why, or by whom."""

    noun: str
    at: datetime


def since_of(text: str, negotiation: Negotiation, viewer: Viewer, *, at: datetime, now: datetime) -> Since:
    """Read where to begin; without one, the last visit of who has marked something as seen, else 7 days.

    Raises MomentRefused for what cannot be read and for the future.
    """
    look = last_look(viewer, negotiation) if text in ("", VISIT) else None
    if look is not None:
        seq, moment = seen_before(look, now)
        return Since(VISIT, moment, seq)
    if text in SPANS:
        return Since(text, at - SPANS[text])
    if text and text != VISIT:
        return Since(text, read_moment(text[:40], ZoneInfo(negotiation.time_zone), now, field="since"))
    return Since("7d", at - SPANS["7d"])


def changes(
    negotiation: Negotiation,
    *,
    viewer: Viewer,
    moment: Moment,
    since: Since,
    wanted: Wanted = Wanted(),
    after: str = "",
) -> Changes:
    """The visible entries told since then, so and known by the moment; a fixed number of queries.

    Corrections stand under what they correct where both are on the page. What was taken from the reader
    is told apart, with the first page.
    """
    told = since.limit(told_by(Entry.objects.visible_to(viewer).filter(negotiation=negotiation), moment))
    facets = list(told.order_by().values_list("subject_type", "verb", "actor_id").distinct())
    people = _people(facets, negotiation, viewer)
    items = items_of(negotiation, viewer)
    entries = _narrowed(told, wanted, people, items)
    total = entries.count()
    rows = list(with_payload(CURSOR.older(entries, after).order_by(*NEWEST_KNOWN))[: PAGE + 1])
    shown = rows[:PAGE]
    lost = [] if after else lost_rows(negotiation, viewer, moment, since, wanted)
    return Changes(
        since=since,
        days=tuple(_days(_lines(shown, viewer))),
        nouns=_options((noun, nouns_in_words(noun)) for noun, _verb, _actor in facets),
        verbs=_options((verb, in_words(verb)) for _noun, verb, _actor in facets if verb in VERBS),
        people=_options((str(person.public_id), str(person)) for person in people.values()),
        items=tuple(items),
        total=total,
        next_cursor=CURSOR.after(shown[-1].public_id) if len(rows) > PAGE else "",
        newest=newest_told(told, lost),
        lost=tuple(Lost(nouns_in_words(row.subject_type), row.told_by.inserted_at) for row in lost),
    )


def newest_told(told: QuerySet[Entry], lost: Sequence[Tombstone]) -> UUID | None:
    """What was written last of the entries and of what was lost, newest first: what marking as seen reaches to."""
    newest = told.order_by("-seq").values_list("seq", "public_id").first()
    places = [(row.told_by.seq, row.public_id) for row in lost[:1]]
    return max([newest, *places] if newest else places, default=(0, None))[1]


def change_lines(entries: Sequence[Entry], viewer: Viewer) -> list[ChangeLine]:
    """Entries as changes, each on its own."""
    return _lines(list(entries), viewer)


def every_change(entries: QuerySet[Entry], viewer: Viewer) -> Iterator[ChangeLine]:
    """All of the entries, each as a change of its own, newest known first, some read at a time."""
    for rows in CURSOR.chunks(with_payload(entries)):
        lines = {line.pk: line for line in entry_lines(rows, viewer=viewer)}
        yield from (ChangeLine(lines[row.pk], _fields(row), None) for row in rows)


def _options(pairs: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(set(pairs), key=lambda pair: pair[1].casefold()))


def _people(
    facets: Iterable[tuple[str, str, int | None]], negotiation: Negotiation, viewer: Viewer
) -> Mapping[int, User]:
    """Who told the entries; only members of the negotiation learn names."""
    if viewer.seat_in(negotiation.pk) is None:
        return {}
    return User.objects.in_bulk({actor for _noun, _verb, actor in facets if actor is not None})


def narrowed_entries(
    negotiation: Negotiation, *, viewer: Viewer, moment: Moment, since: Since, wanted: Wanted
) -> QuerySet[Entry]:
    """The visible entries told since then, so and known by the moment, that are wanted."""
    told = since.limit(told_by(Entry.objects.visible_to(viewer).filter(negotiation=negotiation), moment))
    people: Mapping[int, User] = {}
    if wanted.person:
        people = _people(
            told.order_by().values_list("subject_type", "verb", "actor_id").distinct(), negotiation, viewer
        )
    return _narrowed(told, wanted, people, items_of(negotiation, viewer) if wanted.about else [])


def lost_rows(
    negotiation: Negotiation, viewer: Viewer, moment: Moment, since: Since, wanted: Wanted
) -> list[Tombstone]:
    """What was taken from the reader since then, newest first; only a kind narrows it, because nothing else is told."""
    if moment.is_past or wanted.verb or wanted.person or wanted.about:
        return []
    rows = tombstones(viewer, [negotiation])
    if since.seq is not None:
        rows = rows.filter(told_by__seq__gt=since.seq)
    elif since.at is not None:
        rows = rows.filter(told_by__inserted_at__gt=since.at)
    if wanted.noun:
        rows = rows.filter(subject_type=wanted.noun)
    return list(rows.select_related("told_by").order_by("-told_by__seq")[:PAGE])


def _narrowed(entries: QuerySet[Entry], wanted: Wanted, people: Mapping[int, User], items: Items) -> QuerySet[Entry]:
    if wanted.noun:
        entries = entries.filter(subject_type=wanted.noun)
    if wanted.verb:
        entries = entries.filter(verb=wanted.verb)
    if wanted.person:
        entries = entries.filter(actor__in=[pk for pk, one in people.items() if str(one.public_id) == wanted.person])
    if wanted.about:
        chosen = about_item(wanted.about, items)
        entries = entries.filter(chosen) if chosen is not None else entries.none()
    return entries


def _lines(rows: list[Entry], viewer: Viewer) -> list[ChangeLine]:
    """One line for each entry, corrections moved under what they correct."""
    here = {row.pk for row in rows}
    elsewhere = {row.supersedes_id for row in rows if row.supersedes_id and row.supersedes_id not in here}
    more = list(with_payload(Entry.objects.visible_to(viewer).filter(pk__in=elsewhere))) if elsewhere else []
    lines = {line.pk: line for line in entry_lines([*rows, *more], viewer=viewer)}
    under: dict[int, list[ChangeLine]] = {}
    found: list[ChangeLine] = []
    for row in rows:
        line = ChangeLine(lines[row.pk], _fields(row), None)
        if row.supersedes_id is not None and row.supersedes_id in here:
            under.setdefault(row.supersedes_id, []).append(line)
        else:
            found.append(replace(line, corrects=lines.get(row.supersedes_id or 0)))
    return [_with_corrections(line, under) for line in found]


def _with_corrections(line: ChangeLine, under: Mapping[int, list[ChangeLine]]) -> ChangeLine:
    below = tuple(_with_corrections(one, under) for one in under.get(line.entry.pk, ()))
    return replace(line, corrections=below)


def _fields(row: Entry) -> tuple[FieldChange, ...]:
    payload = getattr(row, "payload", None)
    is_first = row.subject_version == 1
    if payload is None or payload.redacted_at or is_first:
        return ()
    return tuple(field_changes(row.subject_type, payload.changes))


def _days(lines: Sequence[ChangeLine]) -> Iterable[Day]:
    for on, told in groupby(lines, key=lambda line: localtime(line.entry.recorded_at).date()):
        groups: dict[str, list[ChangeLine]] = {}
        for line in told:
            groups.setdefault(line.entry.subject_type, []).append(line)
        yield Day(on, tuple((nouns_in_words(noun), tuple(found)) for noun, found in groups.items()))


def since_words(since: Since) -> str:
    """The start in words for headings; a moment is written by the page."""
    return {
        "24h": _("in the last 24 hours"),
        "7d": _("in the last 7 days"),
        "30d": _("in the last 30 days"),
        VISIT: _("since your last visit"),
    }.get(since.code, "")
