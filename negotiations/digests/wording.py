"""The sentences of a mail: its kind, its lead, its subject, and why somebody gets it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time

from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from negotiations.rules.codes import Marking, Rhythm
from negotiations.rules.marking import rank
from negotiations.selectors.entry_lines import shortened
from negotiations.selectors.subscription_words import weekday_words

from .content import Content, Kind, Row, changes_in_words
from .news import arrow, day_words, rightwards

# Of a subject, which lists of mail cut off.
SHORT = 60
# The kinds of change that are counted in the first sentence; corrections are counted before them, by themselves.
LED_BY = (Kind.TURNED, Kind.OPENED, Kind.UNMOVED, Kind.OVERDUE, Kind.SOON, Kind.REVERSED)


def kind_words(rhythm: str) -> str:
    return {
        Rhythm.AT_ONCE: _("Alert"),
        Rhythm.HOURLY: _("Hourly digest"),
        Rhythm.DAILY: _("Daily digest"),
        Rhythm.WEEKDAYS: _("Digest, Monday to Friday"),
        Rhythm.WEEKLY: _("Weekly digest"),
    }[Rhythm(rhythm)]


def zone_words(zone: str) -> str:
    """The zone by its city; a city without a translation stays as the zone's name has it."""
    return _(zone.rsplit("/", 1)[-1].replace("_", " "))


def sent_words(rhythm: str, at: datetime, zone: str) -> str:
    """What kind of mail this is and when it was due: "Daily digest · Thu 12 Mar 2026, 07:45 Cairo"."""
    when = date_format(localtime(at), f"D j M Y{_(', ')}H:i")
    return f"{kind_words(rhythm)} · {when} {zone_words(zone)}"


def lead_words(content: Content) -> str:
    """How much changed since when, and how much of it weighs most; or that nothing did."""
    if not content.is_news:
        return nothing_words(content)
    words = counts_in_words([content])
    if content.since is not None:
        words = _("Since %(day)s: %(changes)s") % {"day": day_words(content.since), "changes": words}
    counts = {section.kind: section.count for section in content.sections}
    weighty = [_counted(kind, counts[kind]) for kind in LED_BY if kind in counts]
    return (_(", ").join([words, *weighty])) + "."


def nothing_words(content: Content) -> str:
    """What did not change as a sentence, with the day of the last check."""
    nothing = capfirst(content.unchanged)
    if content.checked_at is None:
        return _("%(nothing)s.") % {"nothing": nothing}
    return _("%(nothing)s, last checked %(day)s.") % {"nothing": nothing, "day": day_words(content.checked_at)}


def unchanged_words(item: str, *, is_narrowed: bool) -> str:
    """Of what there is no news: of everything, of one item, or of what was asked for where other things may be new."""
    if item:
        words = _("no change that you asked for in %(item)s") if is_narrowed else _("nothing changed in %(item)s")
        return words % {"item": shortened(item, SHORT)}
    return _("no change that you asked for") if is_narrowed else _("nothing changed")


def counts_in_words(contents: Sequence[Content]) -> str:
    """How many changes there are, and how many corrections of what was sent, each counted once."""
    corrections = sum(content.corrections for content in contents)
    changes = sum(content.count for content in contents) - corrections
    corrected = ngettext("%(count)s correction", "%(count)s corrections", corrections) % {"count": corrections}
    words = [changes_in_words(changes)] if changes or not corrections else []
    return _(", ").join([*words, *([corrected] if corrections else [])])


def _counted(kind: Kind, count: int) -> str:
    words = {
        Kind.OPENED: ngettext("%(count)s new dispute", "%(count)s new disputes", count),
        Kind.TURNED: ngettext(
            "%(count)s breached, suspended or contested", "%(count)s breached, suspended or contested", count
        ),
        Kind.UNMOVED: ngettext("%(count)s due and not moved", "%(count)s due and not moved", count),
        Kind.OVERDUE: ngettext("%(count)s overdue", "%(count)s overdue", count),
        Kind.SOON: ngettext("%(count)s due within seven days", "%(count)s due within seven days", count),
        Kind.REVERSED: ngettext("%(count)s position reversed", "%(count)s positions reversed", count),
    }[kind]
    return words % {"count": count}


def subject_words(contents: Sequence[Content], marking: str) -> str:
    """The marking, then what changed in the one negotiation that is told of, or how many are; neutral from AMBER on."""
    if rank(Marking(marking)) >= rank(Marking.AMBER):
        return neutral_subject(marking)
    label = label_words(marking)
    if len(contents) == 1:
        content = contents[0]
        return _("%(label)s %(title)s: %(news)s") % {
            "label": label,
            "title": content.headline.title,
            "news": _news(content),
        }
    total = counts_in_words(contents) if any(content.is_news for content in contents) else contents[0].unchanged
    told = ngettext("%(count)s negotiation", "%(count)s negotiations", len(contents)) % {"count": len(contents)}
    return _("%(label)s %(told)s: %(changes)s") % {"label": label, "told": told, "changes": total}


def _news(content: Content) -> str:
    """What weighs most among the changes, and how many there are; or that nothing changed."""
    if not content.is_news:
        return content.unchanged
    # Each section has last what is as it was, so one that begins with that has nothing else.
    moved = [section for section in content.sections if not section.rows[0].is_back]
    section = min(moved or content.sections, key=lambda one: one.kind is not Kind.TURNED)
    first = _in_subject(section.rows[0])
    if section.kind is Kind.CORRECTED:
        first = _("corrected: %(what)s") % {"what": first}
    if content.count == 1:
        return first
    return _("%(first)s; %(changes)s in all") % {"first": first, "changes": counts_in_words([content])}


def _in_subject(row: Row) -> str:
    """An item by its ref with its new status, or with what else is said of it: "C2 breached"."""
    name = row.ref or shortened(row.title, SHORT)
    if row.glyph and row.after:
        return f"{name} {row.after.lower()}"
    said = f"{row.before} {arrow()} {row.after}" if row.before else row.after or row.note
    return _("%(name)s: %(said)s") % {"name": name, "said": shortened(said, SHORT)} if said else name


def label_words(marking: str) -> str:
    """The label before a subject."""
    return rightwards(f"[{Marking(marking).english}]")


def neutral_subject(marking: str) -> str:
    """The subject of a mail that carries no content: it says to nobody what it is about."""
    return f"{label_words(marking)} {_('There is something to read in the tracker')}"


def counted_words(count: int) -> str:
    """What a mail says of changes it may not carry: how many, and no more."""
    return ngettext(
        "%(count)s change marked TLP:AMBER is not in this e-mail.",
        "%(count)s changes marked TLP:AMBER are not in this e-mail.",
        count,
    ) % {"count": count}


def limit_words(highest: str) -> str:
    return _("What this e-mail says rests on what is marked up to %(label)s.") % {"label": Marking(highest).english}


def gate_words(content: Content) -> list[tuple[str, str]]:
    """The caption under the bar, count by count, with the comma of the language before all but the first."""
    comma = _(", ")
    return [(f"{comma if place else ''}{count}", word) for place, (count, word) in enumerate(content.headline.caption)]


def why_words(rhythm: str, at: time, weekday: int, zone: str, about: str) -> str:
    """Why somebody gets this: the rhythm, the wall time with its zone, and what they watch."""
    clock = f"{at:%H:%M} ({zone_words(zone)})"
    day = weekday_words(weekday)
    sentence = {
        Rhythm.AT_ONCE: _("You get this at once when something changes, because you watch %(about)s."),
        Rhythm.HOURLY: _("You get this every hour in which something changed, because you watch %(about)s."),
        Rhythm.DAILY: _("You get this every day at %(clock)s because you watch %(about)s."),
        Rhythm.WEEKDAYS: _("You get this at %(clock)s from Monday to Friday because you watch %(about)s."),
        Rhythm.WEEKLY: _("You get this every %(day)s at %(clock)s because you watch %(about)s."),
    }[Rhythm(rhythm)]
    return sentence % {"about": about, "clock": clock, "day": day}


def preview_words(contents: Sequence[Content]) -> str:
    """The line that a list of mails shows under the subject: the first things that changed."""
    rows = [row for content in contents for section in content.sections for row in section.rows]
    return _("; ").join(_short(row) for row in sorted(rows, key=lambda row: row.is_back)[:3])


def _short(row: Row) -> str:
    said = row.after or row.note
    name = f"{row.ref} {row.title}".strip()
    return f"{name}: {said}" if said else name
