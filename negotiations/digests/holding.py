"""Which open conditions became held by others or by disputes in a window, and which no longer are."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from negotiations.models import Condition, Dispute
from negotiations.rules import facts
from negotiations.rules.names import listed
from negotiations.selectors.words import words_of

from .content import Kind, Row
from .news import News


def holds(news: News) -> Iterator[tuple[Kind, Row]]:
    """A row for each condition that was open before and is open after, and waits for other things now."""
    if news.before is news.after:
        return
    before, after = news.reckoned_before, news.reckoned_after
    open_ones = [one for one in after.conditions.values() if not one.is_settled and one.id in before.conditions]
    rows = news.scene.by_id(Condition)
    items: list[Condition | Dispute] = [*news.scene.all(Condition), *news.scene.all(Dispute)]
    names = {row.ref: words_of(row, "title").here for row in items}
    for one in sorted(open_ones, key=facts.reading_order):
        was, now = before.held_by.get(one.id, ()), after.held_by.get(one.id, ())
        new, gone = [ref for ref in now if ref not in was], [ref for ref in was if ref not in now]
        if one.id not in rows or not (new or gone) or before.conditions[one.id].is_settled:
            continue
        named = [[f"{ref} {names.get(ref, '')}".strip() for ref in refs] for refs in (new, gone)]
        yield Kind.HOLDING, _row(news, rows[one.id], named[0], named[1], is_free=not now)


def _row(news: News, row: Condition, new: list[str], gone: list[str], *, is_free: bool) -> Row:
    parts = []
    if new:
        parts.append(_("now held by %(names)s") % {"names": listed(new)})
    if gone:
        parts.append(_("no longer held by %(names)s") % {"names": listed(gone)})
    if is_free:
        parts.append(_("nothing holds it any more"))
    return Row(
        title=words_of(row, "title").here,
        ref=row.ref,
        href=news.href("condition", row.ref),
        note=_("; ").join(parts),
        marking=row.marking,
    )
