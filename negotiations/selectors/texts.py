"""The agreement texts: instruments with their clauses, and the conditions each clause became."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime

from negotiations.models import Clause, Condition, Instrument
from negotiations.rules.codes import InstrumentKind
from negotiations.rules.facts import reading_order

from .cited import sources_by_item
from .people import Who, who
from .reckoning import label_of
from .scene import Scene, also
from .shaken import shaken_of
from .source_lines import SourceLine
from .words import Words, words_of


@dataclass(frozen=True, slots=True)
class Became:
    """A condition that a clause became, and where it stands; `retracted` names sources taken back under its status."""

    ref: str
    title: Words
    status: str
    status_label: str
    retracted: tuple[str, ...]
    marking: str


@dataclass(frozen=True, slots=True)
class ClauseRow:
    """A numbered passage; `other` is the same passage in the language the page is not in."""

    number: str
    text: Words
    other: str
    other_language: str
    is_paraphrase: bool
    became: tuple[Became, ...]
    marking: str


@dataclass(frozen=True, slots=True)
class TextPanel:
    """An instrument with its clauses in the order of the text."""

    ref: str
    kind: str
    kind_label: str
    title: Words
    dated_on: date | None
    in_force_from: datetime | None
    in_force_until: datetime | None
    is_in_force: bool
    signatories: tuple[Who, ...]
    amends: tuple[str, Words] | None
    replaces: tuple[str, Words] | None
    changed_by: tuple[tuple[str, Words], ...]
    texts: tuple[tuple[str, str], ...]
    authentic: tuple[str, ...]
    url: str
    clauses: tuple[ClauseRow, ...]
    sources: tuple[SourceLine, ...]
    marking: str


def text_panels(scene: Scene, language: str) -> list[TextPanel]:
    """Every instrument, the latest first; `language` is the page's, the other one stands beside it."""
    also(scene, Instrument)
    also(scene, Clause)
    shaken = shaken_of(scene)
    became: defaultdict[int, list[Became]] = defaultdict(list)
    for row in sorted(scene.all(Condition), key=reading_order):
        if row.clause_id:
            became[row.clause_id].append(_became(row, shaken.get(row.public_id, ())))
    clauses: defaultdict[int, list[ClauseRow]] = defaultdict(list)
    for clause in sorted(scene.all(Clause), key=lambda row: (row.position, row.pk)):
        clauses[clause.instrument_id].append(_clause(clause, became[clause.pk], language))
    rows = sorted(scene.all(Instrument), key=lambda row: (row.dated_on or date.min, row.pk), reverse=True)
    cited = sources_by_item(scene, rows)
    return [_panel(scene, row, tuple(clauses[row.pk]), cited.get(row.public_id, ())) for row in rows]


def _became(row: Condition, retracted: tuple[str, ...]) -> Became:
    return Became(row.ref, words_of(row, "title"), row.status, label_of(row.status, row.kind), retracted, row.marking)


def _clause(row: Clause, became: list[Became], language: str) -> ClauseRow:
    words = words_of(row, "text", row.text_language)
    shown = words.in_language(language)[1]
    pair = (words.text, row.text_language) if shown == "ar" else (words.ar, "ar")
    other, other_language = pair if pair[1] != shown else ("", "")
    return ClauseRow(
        number=row.number,
        text=words,
        other=other,
        other_language=other_language,
        is_paraphrase=row.is_paraphrase,
        became=tuple(became),
        marking=row.marking,
    )


def _panel(scene: Scene, row: Instrument, clauses: tuple[ClauseRow, ...], sources: tuple[SourceLine, ...]) -> TextPanel:
    rows = scene.by_id(Instrument)
    changed_by = [one for one in rows.values() if row.pk in (one.amends_id, one.replaces_id)]
    signed = [who(scene, pk) for pk in scene.of(Instrument, "signatories", row.pk)]
    return TextPanel(
        ref=row.ref,
        kind=row.kind,
        kind_label=InstrumentKind(row.kind).label,
        title=words_of(row, "title"),
        dated_on=row.dated_on,
        in_force_from=row.in_force_from,
        in_force_until=row.in_force_until,
        is_in_force=_is_in_force(row, scene.at),
        signatories=tuple(sorted((one for one in signed if one), key=lambda one: one.name.text)),
        amends=_named(rows.get(row.amends_id or 0)),
        replaces=_named(rows.get(row.replaces_id or 0)),
        changed_by=tuple((one.ref, words_of(one, "title")) for one in changed_by),
        texts=tuple((code, text) for code, text in sorted(row.texts.items()) if text),
        authentic=tuple(row.authentic_languages),
        url=row.url,
        clauses=clauses,
        sources=sources,
        marking=row.marking,
    )


def _named(row: Instrument | None) -> tuple[str, Words] | None:
    return (row.ref, words_of(row, "title")) if row else None


def _is_in_force(row: Instrument, at: datetime) -> bool:
    if row.in_force_from is None or row.in_force_from > at:
        return False
    return row.in_force_until is None or row.in_force_until > at
