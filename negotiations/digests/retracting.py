"""A source that was taken back, with the items that rest on it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from negotiations.models import Citation, Entry
from negotiations.rules.names import listed
from negotiations.selectors.entry_lines import kinds_by_noun
from negotiations.selectors.matching import RETRACTED

from .content import Row
from .moves import joined
from .news import News

NAMED = 12


def retraction(news: News, entry: Entry) -> Row:
    """That a source was retracted and why, with the refs of what rests on it, as far as the level may tell of it."""
    if news.resting is None:
        news.resting = resting_on(news)
    line, refs = news.lines[entry.pk], news.resting.get(entry.subject_id, [])
    more = len(refs) - NAMED
    shown = [*refs[:NAMED], *([_("%(count)s more") % {"count": more}] if more > 0 else ())]
    rest = ngettext("%(refs)s rests on it", "%(refs)s rest on it", len(refs)) % {"refs": listed(shown)} if refs else ""
    return news.row([entry], note=joined(line.says, rest), details=(line.reason,) if line.reason else ())


def resting_on(news: News) -> Mapping[UUID, list[str]]:
    """By source retracted in the window, the refs of items that cite it; a query for each kind among them."""
    sources = [entry.subject_id for entry in news.entries if entry.verb == RETRACTED]
    cited = Citation.objects.visible_to(news.scene.viewer).filter(
        source__public_id__in=sources, entry__superseded_by__isnull=True
    )
    rows = set(cited.values_list("source__public_id", "entry__subject_type", "entry__subject_id"))
    refs = _refs({(noun, subject) for _source, noun, subject in rows})
    found: defaultdict[UUID, list[str]] = defaultdict(list)
    for source, _noun, subject in rows:
        if subject in refs:
            found[source].append(refs[subject])
    return {source: sorted(named, key=_in_order) for source, named in found.items()}


def _refs(subjects: set[tuple[str, UUID]]) -> dict[UUID, str]:
    """The refs of subjects of visible entries, which are as visible as their entries."""
    wanted: defaultdict[str, list[UUID]] = defaultdict(list)
    for noun, subject in subjects:
        wanted[noun].append(subject)
    found: dict[UUID, str] = {}
    for noun, ids in wanted.items():
        kind: Any = kinds_by_noun().get(noun)
        if kind is not None and any(field.name == "ref" for field in kind._meta.fields):
            found.update(kind._default_manager.filter(public_id__in=ids).values_list("public_id", "ref"))
    return found


def _in_order(ref: str) -> tuple[str, int]:
    number = re.search(r"\d+", ref)
    return re.sub(r"\d+", "", ref), int(number.group()) if number else 0
