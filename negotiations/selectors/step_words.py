"""What blocks a phase in sentences: they tell what the text asks for, never what somebody should do."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from django.utils.translation import gettext as _

from negotiations.rules.holds import HoldKind
from negotiations.rules.names import in_sentence, listed
from negotiations.rules.steps import StepKind

from .blocking_lines import MutualLine, Named, StepLine, UnlockLine, Wait
from .people import Who


def step_sentence(step: StepLine) -> str:
    """Who is to act and on what: "Hamas: disarm (C12)"; the clauses stand beside it."""
    what = refs_and_titles(step.conditions)
    if step.kind is StepKind.SETTLE and step.dispute is not None:
        return _("Settle the dispute %(dispute)s, which holds %(refs)s") % {
            "dispute": _named(step.dispute),
            "refs": refs(step.conditions),
        }
    if step.kind is StepKind.GRANT_ACCESS:
        return _("Give the verifier access to %(what)s") % {"what": what}
    # They stand before a colon, not inside a sentence, so without an article.
    actors = listed([one.name.here for one in step.actors])
    if not actors:
        if step.kind is StepKind.VERIFY:
            return _("Verify %(what)s; the text names no verifier") % {"what": what}
        return what
    return _by_actors(step) % {"actors": actors, "what": what, "owed": plain(step.owed), "unit": step.unit.here}


def wait_sentence(wait: Wait) -> str:
    """What a condition waits for, with the ratio and what is owed where it answers another."""
    if wait.on is None:
        if wait.actor is None:
            return _("no access for the verifier")
        return _("no access for %(actor)s to verify") % {"actor": in_sentence(wait.actor.name.here)}
    if wait.kind == HoldKind.DISPUTE:
        return _("open dispute %(on)s") % {"on": _named(wait.on)}
    words = _relation(wait.kind) % {"on": _named(wait.on)}
    if wait.ratio is not None:
        words += " · " + _("%(ratio)s for one") % {"ratio": plain(wait.ratio)}
    if wait.owed is not None and wait.owed > 0:
        words += " · " + _("%(owed)s %(unit)s owed now") % {"owed": plain(wait.owed), "unit": wait.unit.here}
    return " ".join(words.split())


def mutual_sentence(group: MutualLine) -> str:
    """That several conditions wait for each other, and who would have to move together."""
    values = {"refs": refs(group.conditions), "parties": names(group.parties)}
    if len(group.parties) < 2:
        return _("%(refs)s wait for each other: none can come first") % values
    return _("%(refs)s wait for each other: %(parties)s would have to move together") % values


def unlock_sentence(unlock: UnlockLine) -> str:
    """What would no longer be held once the step is taken."""
    parts = []
    if unlock.conditions:
        parts.append(_("then nothing else holds %(refs)s") % {"refs": refs(unlock.conditions)})
    if unlock.phases:
        numbers = listed([str(number) for number in unlock.phases])
        parts.append(_("then all entry conditions of phase %(numbers)s in the text are met") % {"numbers": numbers})
    return "; ".join(parts)


def names(people: Iterable[Who]) -> str:
    """Actors as they stand in a sentence, in their stored order."""
    return listed([in_sentence(one.name.here) for one in people])


def refs(items: Iterable[Named]) -> str:
    return listed([one.ref for one in items])


def refs_and_titles(items: Iterable[Named]) -> str:
    return listed([_named(one) for one in items])


def plain(value: Decimal | None) -> str:
    """A number without trailing zeros, the same digits in every language."""
    return "" if value is None else f"{value.normalize():f}"


def _named(one: Named) -> str:
    return _("%(ref)s “%(title)s”") % {"ref": one.ref, "title": one.title.here}


def _by_actors(step: StepLine) -> str:
    return {
        StepKind.DELIVER: _("%(actors)s: deliver %(owed)s %(unit)s still owed under %(what)s"),
        StepKind.FULFIL: _("%(actors)s: fulfil %(what)s"),
        StepKind.VERIFY: _("%(actors)s: verify or acknowledge %(what)s"),
        StepKind.MOVE_TOGETHER: _("%(actors)s: move together on %(what)s"),
    }[step.kind]


def _relation(kind: str) -> str:
    return {
        HoldKind.REQUIRES: _("requires %(on)s"),
        HoldKind.VERIFICATION: _("conditional on verification of %(on)s"),
        HoldKind.SIMULTANEOUS: _("simultaneous with %(on)s"),
        HoldKind.RECIPROCAL: _("reciprocal to %(on)s"),
    }[HoldKind(kind)]
