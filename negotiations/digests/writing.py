"""Puts a letter together from the parts of its negotiations, in the language and zone that are active."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from negotiations.models import Delivery, Negotiation, Subscription
from negotiations.rules.digits import in_arabic_digits
from negotiations.rules.marking import narrowest
from negotiations.rules.page_digits import with_arabic_digits
from negotiations.selectors.entry_lines import kinds_by_noun, rows_of
from negotiations.selectors.subscriptions import about_item
from negotiations.selectors.words import words_of

from .addresses import site_url
from .batch import Batch
from .fragments import Fragment, between, counted_piece, fragment_of
from .frame import Around, frame_of, with_body
from .happenings import Counted, only_counted
from .news import changes_since
from .parts import Part
from .pieces import Piece, joined_pieces
from .reading import content_of
from .sheets import Sheet, sheet_of
from .shelf import Shelf
from .wording import (
    counted_words,
    limit_words,
    neutral_subject,
    preview_words,
    sent_words,
    subject_words,
    why_words,
)

# For as many languages, zones and levels as are written to at once; a fragment is some tens of kilobytes.
FRAGMENTS: Shelf[Fragment] = Shelf(128)


@dataclass(frozen=True, slots=True)
class Told:
    """One negotiation in one letter: its fragment, None where only a number is told, and what is the reader's own."""

    part: Part
    negotiation: Negotiation
    fragment: Fragment | None
    counted: Counted

    @property
    def is_news(self) -> bool:
        return self.fragment is not None and self.fragment.content.is_news

    @property
    def told(self) -> frozenset[int]:
        return frozenset(self.fragment.content.told if self.fragment else ())


def written(delivery: Delivery, parts: Iterable[Part], batch: Batch, *, now: datetime) -> Sheet | None:
    """The letter for all who share these parts; None where nothing happened that may be told or counted."""
    wish = delivery.subscription
    everything = [_told(part, batch.negotiations[part.negotiation], wish, now) for part in parts]
    told = [one for one in everything if one.is_news or one.counted.count or (wish.is_told_nothing and one.fragment)]
    if not told:
        return None
    shown = [one.fragment.content for one in told if one.fragment and (one.is_news or wish.is_told_nothing)]
    marking = narrowest(_markings(told, wish))
    subject = subject_words(shown, marking) if shown else neutral_subject(marking)
    around = Around(
        subject=subject,
        sent=sent_words(wish.rhythm, delivery.due_at, wish.time_zone),
        preview=preview_words(shown),
        marking=marking,
        limit=limit_words(narrowest(one.part.level.highest for one in told if one.part.level)),
        why=why_words(wish.rhythm, wish.local_time, wish.weekday, wish.time_zone, _about(wish, told)),
        settings_href=site_url(f"{'' if get_language() == 'en' else f'/{get_language()}'}/me/alerts/"),
    )
    shape = in_digits if delivery.user.digits == "arabic" and get_language() == "ar" else as_it_is
    body = shape(joined_pieces(_body(told, wish)))
    return sheet_of(
        subject=shape(Piece("", subject)).text,
        marking=marking,
        told=tuple(sorted(frozenset().union(*(one.told for one in told)))),
        stretches=with_body(frame_of(around, shape), body),
    )


def as_it_is(piece: Piece) -> Piece:
    return piece


def in_digits(piece: Piece) -> Piece:
    """The piece with its numbers in Arabic-Indic digits, as its reader chose; codes and addresses stay."""
    return Piece(with_arabic_digits(piece.html), in_arabic_digits(piece.text))


def _told(part: Part, negotiation: Negotiation, wish: Subscription, now: datetime) -> Told:
    fragment = _fragment(part, negotiation, wish, now) if part.level is not None else None
    known = fragment.content.seen if fragment else frozenset()
    counted = only_counted(part.window, part.counting.viewer, wish, known | part.owed) if part.counting else Counted()
    return Told(part, negotiation, fragment, counted)


def _fragment(part: Part, negotiation: Negotiation, wish: Subscription, now: datetime) -> Fragment:
    level = part.level
    assert level is not None  # noqa: S101  callers ask only where there is one
    zone, minute = timezone.get_current_timezone_name(), now.replace(second=0, microsecond=0)
    key = (part.window, part.head, level, part.wishes, part.owed, get_language(), zone, minute)

    def made() -> Fragment:
        return fragment_of(content_of(negotiation, level, part.window, wish, owed=part.owed, now=now))

    return FRAGMENTS.get(key, made)


def _body(told: Sequence[Told], wish: Subscription) -> Iterator[Piece]:
    for place, one in enumerate(told):
        if place:
            yield between()
        if one.fragment and (one.is_news or wish.is_told_nothing):
            yield from _whole(one, one.fragment)
        elif one.counted.count:
            yield _counted(one)


def _whole(one: Told, fragment: Fragment) -> Iterator[Piece]:
    """A negotiation from its verdict to its dates."""
    yield fragment.opening
    yield fragment.changes
    if one.counted.count:
        yield _counted(one)
    if one.part.owner is not None and one.part.owner in fragment.yours:
        yield fragment.yours[one.part.owner]
    yield fragment.dates
    yield fragment.closing


def _counted(one: Told) -> Piece:
    """How many changes are only counted, with the way to them; an address that may not be told is the front page."""
    href = changes_since(one.negotiation.slug, one.counted.since) if one.part.level else site_url(reverse("dashboard"))
    return counted_piece(counted_words(one.counted.count), href)


def _markings(told: Iterable[Told], wish: Subscription) -> Iterator[str]:
    for one in told:
        if one.part.level is None:
            continue
        # Its address or its name is told, whatever else is.
        yield one.negotiation.marking
        if one.fragment and (one.is_news or wish.is_told_nothing):
            yield one.fragment.content.marking
            yield from (row.marking for row in one.fragment.content.yours.get(one.part.owner or 0, ()))


def _about(wish: Subscription, told: Sequence[Told]) -> str:
    """What is watched, as far as it may be named."""
    if wish.view_id is not None:
        return _("what one of your saved views shows")
    if wish.negotiation_id is None:
        return _("all that you may see")
    named = next((one for one in told if one.part.level is not None), None)
    if named is None:
        return _("a negotiation")
    name = {"name": words_of(named.negotiation, "title").here}
    if wish.subject_id is None:
        return _("“%(name)s”") % name
    item = _watched(wish, named)
    return _("%(item)s in “%(name)s”") % {"item": item, **name} if item else _("a part of “%(name)s”") % name


def _watched(wish: Subscription, told: Told) -> str:
    """The one thing watched by its ref and title; empty where it may not be named or nothing is told in words."""
    kind, level = kinds_by_noun().get(wish.subject_type), told.part.level
    if kind is None or level is None or not (told.is_news or wish.is_told_nothing):
        return ""
    item = rows_of(kind, [wish.subject_id], level.viewer).first()
    if item is None:
        return ""
    found = about_item(item, told.negotiation)
    return found.title if found.noun == "phase" else f"{found.ref} {found.title}".strip()
