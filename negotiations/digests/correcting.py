"""What puts right what a reader was sent: from what was said to what is said, why and since when."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from negotiations.models import Entry
from negotiations.selectors.change_words import FieldChange, field_changes
from negotiations.selectors.corrections import net_of
from negotiations.selectors.entry_lines import status_change, value_change, with_payload
from negotiations.selectors.matching import RETRACTED

from .content import Kind, Row, back_in_words
from .moves import joined
from .news import News, arrow
from .retracting import retraction

FIELDS = 4


def corrections(news: News) -> Iterator[tuple[Kind, Row]]:
    """A row for each thing said that is said otherwise now, net of what was corrected and undone between."""
    owed = [entry for entry in news.entries if entry.pk in news.owed]
    originals = _originals(news, owed)
    for chain in _chains(owed):
        if chain[-1].verb == RETRACTED:
            yield Kind.CORRECTED, retraction(news, chain[-1])
        else:
            yield Kind.CORRECTED, _row(news, chain, originals.get(chain[0].supersedes_id or 0))


def _originals(news: News, owed: Sequence[Entry]) -> Mapping[int, Entry]:
    """What was sent and is replaced, as far as it may still be told; one query where anything is owed."""
    if not owed:
        return {}
    seen = Entry.objects.visible_to(news.scene.viewer)
    return {entry.pk: entry for entry in with_payload(seen.filter(pk__in=[one.supersedes_id for one in owed]))}


def _chains(owed: Sequence[Entry]) -> list[list[Entry]]:
    """The entries in order, each with those that replace it in turn."""
    found: list[list[Entry]] = []
    for entry in owed:
        replaced = [chain for chain in found if chain[-1].pk == entry.supersedes_id]
        if replaced:
            replaced[0].append(entry)
        else:
            found.append([entry])
    return found


def _row(news: News, chain: list[Entry], original: Entry | None) -> Row:
    last = chain[-1]
    known = [one for one in (original, *chain) if one is not None]
    # Where words were destroyed, nothing is told of what they were.
    is_hushed = any(one.verb == "entry.redacted" or one.payload.redacted_at for one in known)
    said = {} if is_hushed else _said(last, original)
    status, value = status_change(last.subject_type, said), value_change(said, None)
    moved = status or value
    details = (
        *([f"{value.before} {arrow()} {value.after}".strip()] if status and value else ()),
        *fields_in_words(last.subject_type, said),
        *dict.fromkeys(news.lines[one.pk].reason for one in chain if news.lines[one.pk].reason),
    )
    if moved is not None:
        glyph = moved.after_code if last.subject_type == "condition" else ""
        return news.row(chain, before=moved.before, after=moved.after, glyph=glyph, details=details)
    is_back = len(chain) > 1 and not said and not is_hushed
    says = back_in_words(len(chain)) if is_back else news.lines[last.pk].says
    return news.row(chain, note=says, details=details, is_back=is_back)


def _said(last: Entry, original: Entry | None) -> Mapping[str, Any]:
    """What was said and what is said now."""
    if original is not None:
        return net_of(original, last)
    return {name: (pair[0], pair[1]) for name, pair in last.payload.changes.items() if pair[0] != pair[1]}


def fields_in_words(noun: str, changes: Mapping[str, Any]) -> tuple[str, ...]:
    """The first fields that changed; what was empty before is set."""
    return tuple(joined(field.label, _ends(field)) for field in field_changes(noun, changes)[:FIELDS])


def _ends(field: FieldChange) -> str:
    if field.before and field.after:
        return f"{field.before} {arrow()} {field.after}"
    if field.after:
        return _("set to %(value)s") % {"value": field.after}
    return _("no longer set, was %(value)s") % {"value": field.before} if field.before else ""
