"""The access log of a negotiation as its lead reads it, a page at a time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.core import signing
from django.db.models import Q, QuerySet

from negotiations.models import AccessLogRow, Negotiation, Tracked, User
from negotiations.rules.codes import AccessKind
from negotiations.rules.marking import Viewer

from .entry_lines import TITLES, kinds_by_noun
from .words import Words, words_of

PAGE = 50
SIGNER = signing.Signer(salt="access-log-page")


@dataclass(frozen=True, slots=True)
class AccessLine:
    """One reader, one thing read, one day. `marking` is empty for pages of the whole: it may come of what
    this lead does not see."""

    on: date
    who: str
    kind: str
    noun: str
    ref: str
    title: Words
    marking: str


@dataclass(frozen=True, slots=True)
class AccessPage:
    """A stretch of the log and the way to the next, older one."""

    lines: tuple[AccessLine, ...]
    next_cursor: str


def access_page(
    negotiation: Negotiation,
    *,
    viewer: Viewer,
    person: UUID | None = None,
    on: date | None = None,
    before: str = "",
) -> AccessPage:
    """What readers read, newest first, of what the viewer may see themselves."""
    rows = visible_rows(negotiation, viewer)
    if person is not None:
        rows = rows.filter(user__public_id=person)
    if on is not None:
        rows = rows.filter(on=on)
    if last := _last(rows, before):
        rows = rows.filter(Q(on__lt=last.on) | Q(on=last.on, pk__lt=last.pk))
    found = list(rows.select_related("user").order_by("-on", "-pk")[: PAGE + 1])
    page = found[:PAGE]
    cursor = SIGNER.sign(str(page[-1].pk)) if len(found) > PAGE else ""
    return AccessPage(tuple(_lines(page, negotiation, viewer)), cursor)


def readers_of(negotiation: Negotiation, viewer: Viewer) -> QuerySet[User]:
    """Everybody in the part of the log that the viewer sees, for the filter."""
    ids = visible_rows(negotiation, viewer).order_by().values("user_id").distinct()
    return User.objects.filter(pk__in=ids).order_by("display_name", "username")


def visible_rows(negotiation: Negotiation, viewer: Viewer) -> QuerySet[AccessLogRow]:
    """Rows about the whole, and about items the viewer may see: the log must not tell of others."""
    rows = AccessLogRow.objects.filter(negotiation=negotiation)
    nouns = rows.order_by().values_list("subject_type", flat=True).distinct()
    seen = Q(subject_type=Negotiation.noun())
    for noun, kind in _kinds(set(nouns)).items():
        visible = kind._default_manager.visible_to(viewer).filter(negotiation=negotiation)  # type: ignore[attr-defined]
        seen |= Q(subject_type=noun, subject_id__in=visible.values("public_id"))
    return rows.filter(seen)


def _kinds(nouns: set[str]) -> dict[str, type[Tracked]]:
    return {
        noun: kind
        for noun, kind in kinds_by_noun().items()
        if noun in nouns and kind is not Negotiation and hasattr(kind._default_manager, "visible_to")
    }


def _lines(page: list[AccessLogRow], negotiation: Negotiation, viewer: Viewer) -> list[AccessLine]:
    items: dict[UUID, Tracked] = {negotiation.public_id: negotiation}
    for noun, kind in _kinds({row.subject_type for row in page}).items():
        ids = [row.subject_id for row in page if row.subject_type == noun]
        visible = kind._default_manager.visible_to(viewer)  # type: ignore[attr-defined]
        items |= {item.public_id: item for item in visible.filter(public_id__in=ids)}
    return [_line(row, items[row.subject_id]) for row in page if row.subject_id in items]


def _line(row: AccessLogRow, item: Tracked) -> AccessLine:
    name = next((name for name in TITLES if getattr(item, name, "")), "")
    return AccessLine(
        on=row.on,
        who=str(row.user),
        kind=AccessKind(row.kind).label,
        noun=row.subject_type,
        ref=str(getattr(item, "ref", "") or ""),
        title=words_of(item, name) if name else Words(""),
        marking="" if isinstance(item, Negotiation) else row.marking,
    )


def _last(rows: QuerySet[AccessLogRow], cursor: str) -> AccessLogRow | None:
    if not cursor:
        return None
    try:
        return rows.filter(pk=int(SIGNER.unsign(cursor))).first()
    except (signing.BadSignature, ValueError):
        return None
