"""Tables of incidents: what is alleged to have happened; what a body finds of it is told one by one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext_noop as _

from negotiations.models import Actor, Condition, Incident
from negotiations.rules.codes import ImportKind, IncidentType, Severity
from negotiations.services.incident import edit_incident, report_incident

from ..cells import Column, code, line, moment, text, whole
from ..desk import one, several
from .mapping import ACT, CITED, ITEM, Contradiction, TableMapping, in_order

MOST_DEATHS = 2_000_000_000


def contradictions(values: Mapping[str, Any]) -> Iterator[Contradiction]:
    """Estimates stand in order, and an event ends after it began."""
    yield from in_order(values, "deaths_low", "deaths_best", "deaths_high")
    began, ended = values.get("happened_at"), values.get("ended_at")
    if began is not None and ended is not None and ended < began:
        yield "ended_at", _("This ends before it begins."), _("Exchange the two, or mend one of them.")


INCIDENT = TableMapping(
    kind=ImportKind.INCIDENTS,
    model=Incident,
    columns=(
        *ITEM,
        Column(name="type", read=code(IncidentType), is_required=True, example="shooting"),
        Column(name="title", read=line(200), is_required=True, synonyms=("name",), example="Shots near the bridge"),
        Column(name="title_ar", read=line(200), example=""),
        Column(name="text", read=text(20_000), synonyms=("description",), example=""),
        Column(name="text_ar", read=text(20_000), example=""),
        Column(name="conditions", read=several(Condition), synonyms=("condition", "about"), example="C1"),
        Column(name="alleged_by", read=one(Actor), example="Northern Shore"),
        Column(name="alleged_responsible", read=one(Actor), synonyms=("responsible",), example=""),
        Column(name="severity", read=code(Severity), example="minor"),
        Column(name="deaths_low", read=whole(0, MOST_DEATHS), synonyms=("low",), example="0"),
        Column(name="deaths_best", read=whole(0, MOST_DEATHS), synonyms=("best", "deaths"), example="1"),
        Column(name="deaths_high", read=whole(0, MOST_DEATHS), synonyms=("high",), example="2"),
        Column(name="place", read=line(160), example="Near the bridge"),
        Column(name="place_ar", read=line(160), example=""),
        Column(name="where_prec", read=whole(1, 7), example="2"),
        Column(name="date_prec", read=whole(1, 5), example="1"),
        Column(
            name="happened_at",
            read=moment(is_past=True),
            is_required=True,
            synonyms=("date", "happened_on"),
            example="2025-11-04T04:10:00Z",
        ),
        Column(name="ended_at", read=moment(is_past=True), example=""),
        *ACT,
        *CITED,
    ),
    made_by="incident.reported",
    changed_by="incident.edited",
    make=report_incident,
    edit=edit_incident,
    key=("title", "happened_at"),
    fixed=frozenset({"happened_at"}),
    dated_by="happened_at",
    contradictions=contradictions,
    meant={"sources": "source", "place_precision": "where_prec", "date_precision": "date_prec"},
    unwritten=frozenset({"status", "standing", "rests_on_retracted"}),
)
