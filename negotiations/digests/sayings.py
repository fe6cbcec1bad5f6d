"""What was said in a window: claims beside those that differ, and where actors stand now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from negotiations.models import Claim, ClaimedCondition, Condition, Dispute, Entry, Position
from negotiations.rules import positions as rule
from negotiations.rules.codes import ClaimKind
from negotiations.rules.names import listed
from negotiations.rules.numbers import amount
from negotiations.rules.stances import is_about_facts, stance_words
from negotiations.selectors.entry_lines import shortened
from negotiations.selectors.people import who
from negotiations.selectors.positions import standing
from negotiations.selectors.scene import Scene
from negotiations.selectors.words import words_of

from .content import Kind, Row
from .moves import joined_words
from .news import News, row_of

ACCOUNTS = 6


def claims(news: News) -> Iterator[tuple[Kind, Row]]:
    """Claims made in the window: by condition where another actor says otherwise, else each on its own."""
    made = {entry.subject_id: entry for entry in news.of_verbs("claim.made")}
    if not made:
        return
    told = Told(news.scene)
    for condition, accounts in told.differing({claim.pk for claim in told.claims if claim.public_id in made}):
        entries = [made[one.public_id] for one in accounts if one.public_id in made]
        if any(entry.pk not in news.taken for entry in entries):
            yield Kind.DIFFERING, _differing(news, condition, accounts, entries)
    for claim in told.claims:
        entry = made.get(claim.public_id)
        if entry is not None and entry.pk not in news.taken:
            yield Kind.OTHER, _single(news, claim, entry, told.about(claim))


class Told:
    """The standing claims of a negotiation and the conditions they speak of; two queries."""

    def __init__(self, scene: Scene) -> None:
        rows = Claim.objects.visible_to(scene.viewer).filter(negotiation=scene.negotiation, said_at__lte=scene.at)
        standing = rows.filter(withdrawn_at__isnull=True).select_related("claimant")
        self.claims: list[Claim] = list(standing.order_by("said_at", "pk"))
        self.conditions: Mapping[int, Condition] = scene.by_id(Condition)
        ties = ClaimedCondition.objects.filter(claim__in=[one.pk for one in self.claims])
        self.ties = [tie for tie in ties.values_list("claim_id", "condition_id") if tie[1] in self.conditions]

    def about(self, claim: Claim) -> list[Condition]:
        return [self.conditions[condition] for one, condition in self.ties if one == claim.pk]

    def differing(self, new: Iterable[int]) -> Iterator[tuple[Condition, list[Claim]]]:
        """Conditions that a new claim speaks of otherwise than somebody else, with everybody's latest account."""
        fresh = frozenset(new)
        for pk, condition in self.conditions.items():
            about = {claim for claim, other in self.ties if other == pk}
            latest = {claim.claimant_id: claim for claim in self.claims if claim.pk in about}
            mine = [claim for claim in latest.values() if claim.pk in fresh]
            if any(_differ(one, other) for one in mine for other in latest.values()):
                yield condition, list(latest.values())


def _differ(one: Claim, other: Claim) -> bool:
    return one.claimant_id != other.claimant_id and (one.kind, one.value_best) != (other.kind, other.value_best)


def _differing(news: News, condition: Condition, accounts: list[Claim], entries: list[Entry]) -> Row:
    """Everybody's account side by side, A to Z by their English name, so that no order takes a side."""
    in_order = sorted(accounts, key=lambda claim: claim.claimant.name)
    return news.row(
        entries,
        title=words_of(condition, "title").here,
        ref=condition.ref,
        href=news.href("condition", condition.ref),
        details=tuple(_account(claim, condition) for claim in in_order[:ACCOUNTS]),
    )


def _account(claim: Claim, condition: Condition) -> str:
    """Who says what: "COGAT: gives a measurement, 459 trucks a day"."""
    unit = words_of(condition, "unit").here if claim.unit == condition.unit else claim.unit
    said = ClaimKind(claim.kind).label
    if claim.value_best is not None:
        said = _("%(what)s, %(value)s") % {"what": said, "value": joined_words(amount(claim.value_best), unit)}
    return _("%(who)s: %(what)s") % {"who": words_of(claim.claimant, "name").here, "what": said}


def _single(news: News, claim: Claim, entry: Entry, about: list[Condition]) -> Row:
    first = about[0] if about else None
    return news.row(
        [entry],
        title=listed([words_of(one, "title").here for one in about]) or words_of(claim.claimant, "name").here,
        ref=first.ref if first is not None and len(about) == 1 else "",
        href=news.href("condition", first.ref) if first is not None else news.href("claim"),
        note=_account(claim, first) if first is not None else ClaimKind(claim.kind).label,
        details=(shortened(words_of(claim, "text", claim.text_language).here),),
    )


def positions(news: News) -> Iterator[tuple[Kind, Row]]:
    """Statements of where somebody stands: reversals and other moves, then first statements by what they are about."""
    moves = _moves(news.after)
    first: dict[Subject, list[tuple[Entry, Position]]] = {}
    for entry in list(news.of_verbs("position.stated")):
        row = row_of(news.after, entry.subject_id, Position)
        if row is None or row.withdrawn_at is not None:
            continue
        if move := moves.get(row.pk):
            yield Kind.REVERSED if move.is_reversal else Kind.MOVED, _moved(news, row, entry, move)
        else:
            first.setdefault(_subject(row), []).append((entry, row))
    for said in first.values():
        yield Kind.OTHER, _stated(news, said)


Subject = tuple[int | None, int | None, int | None]


def _subject(row: Position) -> Subject:
    return row.dispute_id, row.condition_id, row.proposal_id


def _moves(scene: Scene) -> Mapping[Any, rule.Move]:
    """By statement, from what it moved; statements in order of insertion."""
    said = [
        rule.Position(row.pk, row.actor_id, _subject(row), row.stance, row.stated_at)
        for row in sorted(standing(scene, scene.all(Position)), key=lambda row: row.pk)
    ]
    return {move.after.id: move for stand in rule.stands(said).values() for move in stand.moves}


def _about(news: News, row: Position) -> Dispute | Condition | None:
    """What a statement is about; None for a proposal, whose title its entry tells."""
    dispute, condition = news.scene.by_id(Dispute).get(row.dispute_id or 0), row.condition_id or 0
    return dispute or news.scene.by_id(Condition).get(condition)


def _named(news: News, about: Dispute | Condition | None) -> dict[str, Any]:
    if about is None:
        return {}
    return {"title": words_of(about, "title").here, "ref": about.ref, "href": news.href(about.noun(), about.ref)}


def _stance(news: News, row: Position, stance: str) -> str:
    about = _about(news, row)
    is_fact = isinstance(about, Dispute) and is_about_facts(about.category, about.type)
    return stance_words(stance, about_facts=is_fact)


def _actor(news: News, row: Position) -> str:
    found = who(news.scene, row.actor_id)
    return found.name.here if found else ""


def _moved(news: News, row: Position, entry: Entry, move: rule.Move) -> Row:
    before = _("%(who)s: %(what)s") % {"who": _actor(news, row), "what": _stance(news, row, move.before.stance)}
    return news.row(
        [entry],
        before=before,
        after=_stance(news, row, row.stance),
        details=(words_of(row, "summary").here,),
        **_named(news, _about(news, row)),
    )


def _stated(news: News, said: list[tuple[Entry, Position]]) -> Row:
    """What several actors said of one thing for the first time, A to Z by their names."""
    lines = [
        _("%(who)s: %(what)s")
        % {"who": _actor(news, row), "what": f"{_stance(news, row, row.stance)} · {words_of(row, 'summary').here}"}
        for _entry, row in said
    ]
    return news.row(
        [entry for entry, _row in said],
        note=news.lines[said[-1][0].pk].says if len(said) == 1 else _("positions stated"),
        details=tuple(sorted(lines)),
        **_named(news, _about(news, said[0][1])),
    )
