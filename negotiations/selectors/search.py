"""Search across everything a reader may see, in English and Arabic, grouped by noun."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib.postgres.search import SearchHeadline, SearchQuery, SearchRank
from django.db.models import CharField, Count, F, Q, QuerySet, Value, Window
from django.db.models.functions import Concat

from negotiations.models import Actor, Clause, MarkedItem, Negotiation
from negotiations.rules.fields import nouns_in_words
from negotiations.rules.marking import Viewer

from .entry_lines import kinds_by_noun, shortened
from .search_fields import SEARCHED, Searched
from .words import Words, words_of

LONGEST, MOST_WORDS = 200, 12
FEW, PAGE, NAMED = 5, 25, 50
REF = re.compile(r"([A-Za-z]{1,2})[-\s]?(\d{1,6}[a-z]?)")
ARABIC = re.compile("[\u0600-\u06ff]")
# Vowel signs and stretching, the article with what is written onto it, and the forms of alef the index makes one.
SIGNS = re.compile("[\u0610-\u061a\u0640\u064b-\u065f\u0670]")
ARTICLE = re.compile("^(?:[\u0648\u0641]?(?:[\u0628\u0643]?\u0627\u0644|\u0644\u0644))")
ALEFS = str.maketrans("\u0623\u0625\u0622", "\u0627\u0627\u0627")
# Signs that no text holds, put around what was found, so that everything else can be escaped.
OPEN, CLOSE = "\x02", "\x03"


@dataclass(frozen=True, slots=True)
class Hit:
    """An item found, with the passage that was, in pieces: the text and whether it was looked for."""

    noun: str
    public_id: UUID
    negotiation_id: int
    ref: str
    slug: str
    title: Words
    pieces: tuple[tuple[str, bool], ...]
    language: str
    negotiation: Words
    marking: str


@dataclass(frozen=True, slots=True)
class HitGroup:
    """What was found of one noun: the best first, and how much there is."""

    noun: str
    label: str
    hits: tuple[Hit, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Query:
    """What was typed, made safe; empty where no word is left."""

    text: str
    words: tuple[str, ...]

    @property
    def is_arabic(self) -> bool:
        return bool(ARABIC.search(self.text))

    @property
    def expression(self) -> SearchQuery:
        """The words as people type them into search boxes, or as beginnings of words."""
        beginnings = " & ".join(f"({' | '.join(f'{one}:*' for one in beginnings_of(word))})" for word in self.words)
        query = SearchQuery(self.text, config="english", search_type="websearch")
        query |= SearchQuery(self.text, config="arabic", search_type="websearch")
        return query | SearchQuery(beginnings, config="simple", search_type="raw")


def beginnings_of(word: str) -> list[str]:
    """The word as beginnings that the index may hold: its Arabic words stand there without article and vowel signs."""
    if not ARABIC.search(word):
        return [word]
    plain = SIGNS.sub("", word).translate(ALEFS)
    bare = ARTICLE.sub("", plain)
    return list(dict.fromkeys([plain, bare])) if len(bare) > 1 else [plain]


def query_of(typed: str) -> Query:
    text = "".join(letter if letter.isprintable() else " " for letter in typed)[:LONGEST].strip()
    # A lone surrogate is no text that could be stored, let alone found.
    text = text.encode("utf-8", "ignore").decode()
    return Query(text, tuple(re.findall(r"[^\W_]+", text)[:MOST_WORDS]))


def search(query: Query, *, viewer: Viewer, within: Negotiation | None = None) -> list[HitGroup]:
    """The best few of every noun: as many queries as there are nouns, over visible rows alone."""
    if not query.words:
        return []
    actors = actors_named(query, viewer=viewer)
    groups = (search_in(one, query, viewer=viewer, within=within, size=FEW, actors=actors) for one in SEARCHED)
    return [group for group in groups if group.hits]


def search_in(
    searched: Searched,
    query: Query,
    *,
    viewer: Viewer,
    within: Negotiation | None = None,
    size: int = PAGE,
    page: int = 1,
    actors: Sequence[int] | None = None,
) -> HitGroup:
    """A page of what was found of one noun, the best first.

    Rank and count are of the rows themselves and of visible rows alone: hidden ones move neither.
    What bears the name of an actor stands after what holds the words; `actors` spares looking them up again.
    """
    wanted = Q(found_in=query.expression)
    known = actors_named(query, viewer=viewer) if actors is None and searched.actors else actors
    if known:
        for name in searched.actors:
            wanted |= Q(**{f"{name}__in": known})
    rows = _visible(searched, viewer, within).annotate(found_in=searched.vector).filter(wanted)
    rows = rows.annotate(
        rank=SearchRank(F("found_in"), query.expression),
        passage=_passage(searched, query),
        total=Window(Count("pk")),
    ).order_by("-rank", "pk")
    shown = list(rows[(page - 1) * size : page * size])
    hits = tuple(_hit(searched, row, is_arabic=query.is_arabic) for row in shown)
    return HitGroup(searched.noun, nouns_in_words(searched.noun), hits, shown[0].total if shown else 0)


def actors_named(query: Query, *, viewer: Viewer) -> list[int]:
    """The actors the reader may see in whose name every word begins a word, in either language."""
    if not query.words:
        return []
    wanted = Q()
    for word in query.words:
        begins = Q()
        for one in beginnings_of(word):
            begins |= Q(name__istartswith=one) | Q(name__icontains=f" {one}") | Q(name_ar__icontains=one)
        wanted &= begins
    return list(Actor.objects.visible_to(viewer).filter(wanted).order_by("pk").values_list("pk", flat=True)[:NAMED])


def named(typed: str, *, viewer: Viewer, within: Negotiation | None = None) -> list[Hit]:
    """Items whose ref was typed, however it is written: C6, c-6, S 117."""
    match = REF.fullmatch(typed.strip())
    if match is None:
        return []
    prefix, number = match[1].upper(), match[2]
    return [
        _plain_hit(row)
        for kind in _kinds_with(prefix)
        for row in _in(kind.objects.visible_to(viewer).filter(ref__iexact=prefix + number), within)[:FEW]
    ]


def _kinds_with(prefix: str) -> Iterator[Any]:
    for kind in kinds_by_noun().values():
        if issubclass(kind, MarkedItem) and prefix == kind.REF_PREFIX:
            yield kind


def _in(rows: QuerySet[Any], within: Negotiation | None) -> QuerySet[Any]:
    rows = rows.select_related("negotiation").order_by("negotiation__title", "pk")
    return rows if within is None else rows.filter(negotiation=within)


def _visible(searched: Searched, viewer: Viewer, within: Negotiation | None) -> QuerySet[Any]:
    rows: QuerySet[Any] = searched.kind.objects.visible_to(viewer)
    if searched.kind is Negotiation:
        return rows if within is None else rows.filter(pk=within.pk)
    rows = rows.select_related("negotiation", *searched.related)
    return rows if within is None else rows.filter(negotiation=within)


def _passage(searched: Searched, query: Query) -> SearchHeadline:
    columns = searched.columns + (searched.arabic if query.is_arabic else ())
    # Arabic first where Arabic was asked for, since only so much of a passage is shown.
    parts: Iterable[str] = reversed(columns) if query.is_arabic else columns
    joined = [part for name in parts for part in (F(name), Value(" "))]
    return SearchHeadline(
        Concat(*joined, Value(""), output_field=CharField()),
        query.expression,
        config="arabic" if query.is_arabic else "english",
        start_sel=OPEN,
        stop_sel=CLOSE,
        max_words=32,
        min_words=16,
    )


def _hit(searched: Searched, row: Any, *, is_arabic: bool) -> Hit:
    negotiation = row if searched.kind is Negotiation else row.negotiation
    return Hit(
        noun=searched.noun,
        public_id=row.public_id,
        negotiation_id=negotiation.pk,
        ref=_ref(searched, row),
        slug=negotiation.slug,
        title=_title(searched, row),
        pieces=tuple(_pieces(row.passage)),
        language="ar" if is_arabic else getattr(row, "text_language", "en"),
        negotiation=words_of(negotiation, "title"),
        marking=row.marking,
    )


def _plain_hit(row: Any) -> Hit:
    searched = next((one for one in SEARCHED if isinstance(row, one.kind)), None)
    title = _title(searched, row) if searched else Words("")
    return Hit(
        noun=row.noun(),
        public_id=row.public_id,
        negotiation_id=row.negotiation_id,
        ref=row.ref,
        slug=row.negotiation.slug,
        title=title,
        pieces=(),
        language="en",
        negotiation=words_of(row.negotiation, "title"),
        marking=row.marking,
    )


def _ref(searched: Searched, row: Any) -> str:
    if searched.title and searched.kind is not Clause:
        return str(getattr(row, searched.title).ref)
    return str(getattr(row, "ref", ""))


def _title(searched: Searched, row: Any) -> Words:
    """The title of the row, or for a part without one that of its whole, which its reader sees too."""
    owner = getattr(row, searched.title) if searched.title else row
    name = "title" if searched.title else searched.columns[0]
    language = getattr(owner, "text_language", "") or getattr(owner, "title_language", "en")
    words = words_of(owner, name, str(language))
    title = Words(shortened(words.text), shortened(words.ar), words.language)
    if searched.kind is Clause:
        return Words(f"{title.text}, {row.number}", f"{title.ar}، {row.number}" if title.ar else "", title.language)
    return title


def _pieces(passage: str) -> Iterator[tuple[str, bool]]:
    for part in passage.split(OPEN):
        found, closed, rest = part.partition(CLOSE)
        if closed:
            yield found, True
            yield rest, False
        else:
            yield part, False
