"""Reads what a mail at one level says of one window of a negotiation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from negotiations.history.moment import resolve
from negotiations.models import (
    Condition,
    Dispute,
    Entry,
    Gate,
    Incident,
    Link,
    Negotiation,
    Phase,
    Subscription,
    Window,
)
from negotiations.rules.freshness import Freshness
from negotiations.rules.marking import Viewer, narrowest
from negotiations.selectors.entry_lines import EntryLine, entry_lines, with_payload
from negotiations.selectors.reckoning import Reckoning, condition_line, reckon
from negotiations.selectors.scene import Scene, also, scene_of
from negotiations.selectors.subscriptions import WATCHED, about_item

from .content import Content, Kind, Row, Section
from .happenings import Range, wanted_in
from .headline import checked_at, dates_ahead, headline
from .levels import Level
from .news import News, changes_since, day_words, row_of
from .rewound import scene_after
from .sections import sections
from .wishes import wishes_of
from .wording import unchanged_words

# What the verdict, the holds and the dates rest on: a mail is marked like the narrowest of it.
STRUCTURE = (Phase, Condition, Gate, Link, Dispute, Window)
TO_CHECK = (Freshness.DUE, Freshness.STALE)


def content_of(
    negotiation: Negotiation,
    level: Level,
    window: Range,
    subscription: Subscription,
    *,
    owed: frozenset[int] = frozenset(),
    now: datetime,
) -> Content:
    """Everything shared by all who wish the same and are written to at this level; a fixed number of queries.

    The language and the time zone are those active. States before and after are those of the record's
    places, the verdict and the dates those of now. `owed` correct what was sent, and stand first.
    """
    news = news_of(negotiation, level, window, subscription, owed=owed, now=now)
    found = sections(news)
    reckoning = news.reckoning
    soon = frozenset(row.ref for section in found if section.kind is Kind.SOON for row in section.rows)
    since = min((entry.recorded_at for entry in news.entries), default=None)
    return Content(
        headline=headline(reckoning),
        sections=found,
        dates=dates_ahead(reckoning, soon) if news.wishes.is_whole else (),
        since=since,
        checked_at=checked_at(reckoning),
        marking=marking_of(news.scene, found),
        seen=frozenset(entry.pk for entry in news.entries),
        changes_href=changes_since(negotiation.slug, since),
        unchanged=unchanged_words(item_in_words(news), is_narrowed=news.wishes.is_narrowed),
        yours=_yours(news),
    )


def news_of(
    negotiation: Negotiation,
    level: Level,
    window: Range,
    subscription: Subscription,
    *,
    owed: frozenset[int],
    now: datetime,
) -> News:
    viewer = level.viewer
    scene = scene_of(negotiation, viewer=viewer, moment=resolve(negotiation, viewer, None, now))
    entries = _with_owed(negotiation, viewer, wanted_in(window, viewer, subscription), owed)
    if any(entry.subject_type == "incident" for entry in entries):
        also(scene, Incident)
    return News(
        reckoning=reckon(scene),
        before=scene_after(scene, window.after),
        after=scene_after(scene, window.upto),
        wishes=wishes_of(subscription),
        entries=entries,
        lines=_lines(entries, scene),
        markings=_markings(entries),
        owed=owed,
    )


def _with_owed(negotiation: Negotiation, viewer: Viewer, entries: list[Entry], owed: frozenset[int]) -> list[Entry]:
    """The entries wanted, and those that correct what was sent, whatever was asked for; in the order of the record."""
    missing = owed.difference(entry.pk for entry in entries)
    if not missing:
        return entries
    rows = Entry.objects.visible_to(viewer).filter(negotiation=negotiation, pk__in=missing)
    return sorted([*entries, *with_payload(rows).select_related("access")], key=lambda entry: entry.seq)


def _lines(entries: Sequence[Entry], scene: Scene) -> Mapping[int, EntryLine]:
    return {line.pk: line for line in entry_lines(entries, viewer=scene.viewer)}


def _markings(entries: Iterable[Entry]) -> Mapping[int, str]:
    """How each entry is marked now: as it was written, or narrower since."""
    return {entry.pk: narrowest([entry.marking, entry.access.marking]) for entry in entries}


def item_in_words(news: News) -> str:
    """The one thing watched, by its ref or as a phase; empty where all is watched or it may not be named."""
    item = row_of(news.scene, news.wishes.subject_id, *WATCHED.values()) if news.wishes.subject_id else None
    if item is None:
        return ""
    found = about_item(item, news.scene.negotiation)
    return found.title if found.noun == "phase" else found.ref


def marking_of(scene: Scene, found: Iterable[Section]) -> str:
    structure = [row.marking for kind in STRUCTURE for row in scene.all(kind)]
    told = [row.marking for section in found for row in section.rows]
    return narrowest([scene.negotiation.marking, *structure, *told])


def _yours(news: News) -> dict[int, tuple[Row, ...]]:
    """By owner, the conditions due for a check, the longest unchecked first; none once coverage has ended."""
    reckoning, scene = news.reckoning, news.scene
    if scene.moment.has_ended or scene.negotiation.coverage_end is not None:
        return {}
    found: dict[int, list[Row]] = {}
    rows = [row for row in scene.all(Condition) if reckoning.ages(row.pk).state in TO_CHECK]
    for row in sorted(rows, key=lambda row: (row.checked_at is not None, row.checked_at or scene.at, row.pk)):
        if row.owner_id is not None:
            found.setdefault(row.owner_id, []).append(_to_confirm(reckoning, row, news))
    return {owner: tuple(lines) for owner, lines in found.items()}


def _to_confirm(reckoning: Reckoning, row: Condition, news: News) -> Row:
    line = condition_line(reckoning, row)
    checked = line.fresh.checked_at
    return Row(
        title=line.title.here,
        ref=line.ref,
        href=news.href("condition", line.ref),
        after=line.status_label,
        glyph=line.status,
        note=_("last checked %(day)s") % {"day": day_words(checked)} if checked else _("never checked"),
        marking=line.marking,
    )
