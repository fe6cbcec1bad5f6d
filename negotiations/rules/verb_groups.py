"""The vocabulary of the record in the few groups that people choose alerts by."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from .verbs import VERBS

# The nouns whose verbs stand in a group, in the order of a form. What is about people is for members' pages.
GROUPS: dict[str, tuple[str, frozenset[str]]] = {
    "conditions": (_("Conditions and what they wait for"), frozenset({"condition", "gate", "link", "proposedfinding"})),
    "phases": (
        _("Phases, texts and the negotiation itself"),
        frozenset({"phase", "negotiation", "instrument", "clause"}),
    ),
    "disputes": (_("Disputes and positions"), frozenset({"dispute", "position"})),
    "proposals": (_("Proposals and responses"), frozenset({"proposal", "proposalversion", "response"})),
    "statements": (_("Claims, messages, meetings and notes"), frozenset({"claim", "message", "meeting", "note"})),
    "incidents": (_("Incidents"), frozenset({"incident"})),
    "outlooks": (_("Outlooks and windows"), frozenset({"assessment", "window"})),
    "sources": (_("Sources"), frozenset({"source"})),
    "corrections": (_("Corrections and markings"), frozenset({"entry", "marking"})),
}


def verbs_of(groups: Iterable[str]) -> list[str]:
    """Every verb of these groups, in the order of the vocabulary; none for no group, which means all."""
    nouns = frozenset[str]().union(*(GROUPS[group][1] for group in groups))
    return [verb for verb in VERBS if verb.partition(".")[0] in nouns]


def groups_of(verbs: Iterable[str]) -> list[str]:
    """The groups that any of these verbs stands in, in the order of a form."""
    nouns = {verb.partition(".")[0] for verb in verbs}
    return [group for group, (_label, own) in GROUPS.items() if own & nouns]


def group_label(group: str) -> str:
    """The group as people read it, in the language active now."""
    return gettext(GROUPS[group][0])
