"""How sure a brief is: how many statuses were checked in time, and what they rest on."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from negotiations.history.both_clocks import standing_by, told_by
from negotiations.models import Condition, Entry
from negotiations.rules.names import listed
from negotiations.selectors.overview import Overview
from negotiations.selectors.reckoning import ConditionLine
from negotiations.selectors.scene import Scene
from negotiations.selectors.source_lines import grade_of, sources_of

SOLID = frozenset({"A1", "A2", "B1", "B2"})
NAMED = 4


def grades_of(scene: Scene, rows: Iterable[Condition]) -> dict[int, str]:
    """The grade of the best source under what stands of each condition's status; two queries.

    Empty where every source was taken back; a condition without one that may be told is left out.
    """
    keys = {row.public_id: row.pk for row in rows}
    moment = scene.moment
    told = Entry.objects.visible_to(scene.viewer).filter(subject_id__in=keys, payload__changes__has_key="status")
    told = standing_by(told_by(told, moment), moment.known_at).order_by("subject_id", "-effective_at", "-seq")
    last = {entry.pk: entry for entry in told.distinct("subject_id")}
    moments = {scene.negotiation.pk: moment}
    cited = sources_of(list(last.values()), viewer=scene.viewer, told=scene.told or {}, moments=moments)
    return {keys[last[pk].subject_id]: grade_of(sources) for pk, sources in cited.items()}


@dataclass(frozen=True, slots=True)
class Sure:
    """A sentence on how sure a brief is; `named` are the conditions it names, by ref and title."""

    words: str
    named: tuple[tuple[str, str], ...] = ()

    def beside(self, shown: Collection[str]) -> str:
        """The sentence in a brief that lists the shown refs: what it leaves out is named with its title."""
        if not self.named:
            return self.words
        return self.words % {"refs": _some([_placed(ref, title, shown) for ref, title in self.named])}


def certainty(page: Overview, grades: Mapping[int, str]) -> Iterator[Sure]:
    """Sentences about the entry conditions, those that hold the phase and those that do not: the verdict counts all."""
    lines = page.entry
    yield from _checked(page)
    if lines:
        solid = [line for line in lines if grades.get(line.pk) in SOLID]
        words = ngettext(
            "%(solid)s of %(total)s status rests on a source graded B2 or better.",
            "%(solid)s of %(total)s statuses rest on a source graded B2 or better.",
            len(lines),
        )
        yield Sure(words % {"solid": len(solid), "total": len(lines)})
        if bare := [line for line in lines if line.pk not in grades]:
            yield Sure(_("Without a source that readers of this brief may see: %(refs)s."), _named(bare))
    contested = [line for line in lines if line.status == "contested"]
    if contested:
        yield Sure(_("The parties report differently on %(refs)s."), _named(contested))


def _checked(page: Overview) -> Iterator[Sure]:
    """How many were checked on time, counted as the fact of all conditions is, and which were not."""
    reviewed = [line for line in page.entry if line.fresh.is_reviewed]
    if not reviewed:
        return
    fresh = sum(line.fresh.level == "fresh" for line in reviewed)
    yield Sure(_on_time(page, len(reviewed)) % {"fresh": fresh, "total": len(reviewed)})
    if due := [line for line in reviewed if line.fresh.level == "due"]:
        yield Sure(_("Due for a check: %(refs)s."), _named(due))
    if late := [line for line in reviewed if line.fresh.level in ("stale", "never")]:
        yield Sure(_("Not checked in time: %(refs)s."), _named(late))


def _on_time(page: Overview, total: int) -> str:
    """Says of which conditions it counts: the fact beside it counts all of the negotiation."""
    if page.gate and page.gate.text.total:
        return ngettext(
            "%(fresh)s of %(total)s entry condition under review was checked on time.",
            "%(fresh)s of %(total)s entry conditions under review were checked on time.",
            total,
        )
    return ngettext(
        "%(fresh)s of %(total)s open condition under review was checked on time.",
        "%(fresh)s of %(total)s open conditions under review were checked on time.",
        total,
    )


def _named(lines: Iterable[ConditionLine]) -> tuple[tuple[str, str], ...]:
    return tuple((line.ref, line.title.here) for line in lines)


def _placed(ref: str, title: str, shown: Collection[str]) -> str:
    return ref if ref in shown else _("%(ref)s “%(title)s”") % {"ref": ref, "title": title}


def _some(names: list[str]) -> str:
    shown = names[:NAMED]
    if len(names) > NAMED:
        more = len(names) - NAMED
        shown = [*shown, ngettext("%(more)s more", "%(more)s more", more) % {"more": more}]
    return listed(shown)
