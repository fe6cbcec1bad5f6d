"""The list of conditions, narrowed by what stands in the address."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from negotiations.exports.table import Cell
from negotiations.models import Condition
from negotiations.pages.actions import may_take
from negotiations.pages.files import as_file
from negotiations.pages.forms.several import CheckSeveralForm
from negotiations.pages.frame import Crumb, Visit, show, visit
from negotiations.pages.listing import Listing, listing
from negotiations.pages.once import keep_for
from negotiations.pages.reading import wants_file
from negotiations.selectors.conditions import ListedCondition, grouped, listed_conditions
from negotiations.selectors.evidence import newest_evidence
from negotiations.selectors.facets.conditions import condition_facets
from negotiations.selectors.reckoning import ConditionLine, lines_in_order, reckon

SIZE = 200
COLUMNS = (
    "ref", "title", "phase", "category", "status", "status_since", "value", "target", "unit", "obligors", "due_at",
    "overdue", "held_by", "rests_on_retracted", "checked_at", "evidence_at", "owner", "marking",
)  # fmt: skip


@require_safe
def conditions_page(request: HttpRequest, slug: str) -> HttpResponseBase:
    with visit(request, slug) as opened:
        if wants_file(request):
            found = _found(opened)
            return as_file(opened, "conditions", COLUMNS, map(_row, found.every))
        return list_page(opened)


def list_page(opened: Visit, check: CheckSeveralForm | None = None, *, status: int = 200) -> HttpResponse:
    """The list; with the form that checks several at once as it was sent, where something in it was wrong."""
    request = opened.request
    found = _found(opened)
    context = {
        "list": found,
        "groups": grouped(opened.scene, found.lines),
        "checkable": checkable(opened) if may_take(opened, "condition.checked") else [],
        "check": check,
        "keep": keep_for(request),
        "head": opened.head,
        "section": "conditions",
        "crumbs": opened.crumbs(Crumb(_("Conditions"))),
    }
    return show(request, "pages/conditions.html", context, viewer=opened.viewer, status=status)


def _found(opened: Visit) -> Listing[ListedCondition]:
    lines = listed_conditions(reckon(opened.scene, newest_evidence(opened.scene)))
    return listing(opened.request, lines, condition_facets(), size=SIZE)


def checkable(opened: Visit) -> list[tuple[str, int, ConditionLine]]:
    """The open conditions with what checking several at once needs."""
    reckoning = reckon(opened.scene)
    rows = {row.pk: row for row in opened.scene.all(Condition)}
    lines = [line for line in lines_in_order(reckoning) if line.is_open]
    return [(str(rows[line.pk].public_id), rows[line.pk].version, line) for line in lines]


def _row(one: ListedCondition) -> tuple[Cell, ...]:
    line = one.line
    return (
        line.ref,
        line.title,
        one.phase,
        line.category,
        line.status,
        line.status_since,
        line.value,
        line.target,
        line.unit,
        "; ".join(who.name.here for who in one.obligors),
        line.due_at,
        line.is_overdue,
        line.held_by,
        line.retracted,
        line.fresh.checked_at,
        line.fresh.evidence_at,
        one.owner,
        line.marking,
    )
