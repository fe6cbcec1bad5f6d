"""The sentences at the top of a negotiation, made from the verdict and never typed.

They say what has not happened, not what could: whether a phase may start is for those who negotiate.
"""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .codes import ConditionStatus, PhaseStatus
from .gates import Declaration, GateStanding, GateState, Reading, Verdict, VerdictKind
from .names import in_sentence


def verdict_sentence(verdict: Verdict, *, declared_by: str = "", declared_on: str = "") -> str:
    """Return the verdict in the active language, without a full stop.

    `declared_by` is the declaring actor's name and `declared_on` the date in the negotiation's time
    zone, both in the active language; without them a declared phase falls back to its gates.
    """
    if verdict.kind is VerdictKind.DECLARED and verdict.declaration and declared_by:
        return _declared(verdict.number, verdict.declaration, declared_by, declared_on)
    if verdict.kind in (VerdictKind.UNMET, VerdictKind.DECLARED) and verdict.open:
        return _unmet(verdict)
    if verdict.kind in (VerdictKind.READY, VerdictKind.DECLARED) and verdict.total:
        return _("Phase %(number)s: all entry conditions in the text are met") % {"number": verdict.number}
    return _plain(verdict.kind) % {"number": verdict.number}


def verdict_remarks(verdict: Verdict, *, declared_by: str = "", declared_on: str = "") -> list[str]:
    """Return what must be added to the verdict so that it does not mislead, in the order of weight.

    A declaration beside an assessed start, what is open now beside what was open then, waivers, and
    gates that are themselves in dispute.
    """
    remarks: list[str] = []
    if verdict.kind is VerdictKind.DECLARED and verdict.declaration:
        remarks.append(_open_now(verdict))
    elif verdict.declaration and declared_by:
        remarks.append(_declared(verdict.number, verdict.declaration, declared_by, declared_on))
    if verdict.waived:
        sentence = ngettext(
            "%(count)s entry condition was waived", "%(count)s entry conditions were waived", verdict.waived
        )
        remarks.append(sentence % {"count": verdict.waived})
    if verdict.disputed:
        sentence = ngettext(
            "Whether %(count)s entry condition must hold first is itself in dispute",
            "Whether %(count)s entry conditions must hold first is itself in dispute",
            verdict.disputed,
        )
        remarks.append(sentence % {"count": verdict.disputed})
    return remarks


def reading_sentence(reading: Reading, actor: str) -> str:
    """Return an actor's reading: "Also required according to Israel: 1 of 2 unmet"."""
    values = {"actor": in_sentence(actor), "open": reading.open, "total": reading.total}
    if not reading.open:
        return _("Also required according to %(actor)s: all met") % values
    return _("Also required according to %(actor)s: %(open)s of %(total)s unmet") % values


def gate_reason(state: GateState, alternative: str = "") -> str:
    """Return why a gate stands as it does; `alternative` is the ref of the condition that holds instead."""
    if state.standing is GateStanding.SATISFIED and state.alternative is not None and alternative:
        return _("%(ref)s, which the text accepts in its place, is met.") % {"ref": alternative}
    return ConditionStatus(state.status).definition


def _plain(kind: VerdictKind) -> str:
    return {
        VerdictKind.UNMET: _("Phase %(number)s has not started"),
        VerdictKind.READY: _("Phase %(number)s has not started"),
        VerdictKind.DECLARED: _("Phase %(number)s was declared"),
        VerdictKind.NO_GATES: _("Phase %(number)s has not started: the text names no entry conditions"),
        VerdictKind.STARTED: _("Phase %(number)s has started"),
        VerdictKind.COMPLETED: _("Phase %(number)s is completed"),
        VerdictKind.EXPIRED: _("The term of phase %(number)s has run out"),
        VerdictKind.SUSPENDED: _("Phase %(number)s is suspended"),
        VerdictKind.COLLAPSED: _("Phase %(number)s has collapsed"),
        VerdictKind.SUPERSEDED: _("Phase %(number)s was superseded"),
    }[kind]


def _unmet(verdict: Verdict) -> str:
    sentence = ngettext(
        "Phase %(number)s has not started: %(open)s of %(total)s entry condition in the text unmet",
        "Phase %(number)s has not started: %(open)s of %(total)s entry conditions in the text unmet",
        verdict.total,
    )
    return sentence % {"number": verdict.number, "open": verdict.open, "total": verdict.total}


def _open_now(verdict: Verdict) -> str:
    if not verdict.open:
        return _("All entry conditions in the text are met now")
    if verdict.total == 1:
        return _("%(open)s of %(total)s entry condition in the text is open now") % {
            "open": verdict.open,
            "total": verdict.total,
        }
    sentence = ngettext(
        "%(open)s of %(total)s entry conditions in the text is open now",
        "%(open)s of %(total)s entry conditions in the text are open now",
        verdict.open,
    )
    return sentence % {"open": verdict.open, "total": verdict.total}


def _declared(number: int, declaration: Declaration, by: str, on: str) -> str:
    values = {
        "number": number,
        "actor": in_sentence(by),
        "date": on,
        "open": declaration.open,
        "total": declaration.total,
        "status": declaration.status.label,
    }
    if declaration.status is not PhaseStatus.ACTIVE:
        return _("Phase %(number)s was declared “%(status)s” by %(actor)s on %(date)s") % values
    if not declaration.total:
        return _("Phase %(number)s was declared by %(actor)s on %(date)s") % values
    if not declaration.open:
        return (
            _("Phase %(number)s was declared by %(actor)s on %(date)s; all entry conditions in the text were met")
            % values
        )
    if declaration.total == 1:
        return (
            _(
                "Phase %(number)s was declared by %(actor)s on %(date)s; "
                "%(open)s of %(total)s entry condition in the text was open"
            )
            % values
        )
    sentence = ngettext(
        "Phase %(number)s was declared by %(actor)s on %(date)s; "
        "%(open)s of %(total)s entry conditions in the text was open",
        "Phase %(number)s was declared by %(actor)s on %(date)s; "
        "%(open)s of %(total)s entry conditions in the text were open",
        declaration.open,
    )
    return sentence % values
