"""What would come of an update as it is typed: the status it would set, or what it still lacks."""

from __future__ import annotations

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from negotiations.access.doors import require
from negotiations.models import Condition, ProposedFinding
from negotiations.pages.editing import update_form
from negotiations.pages.forms.condition import UpdateForm
from negotiations.pages.frame import show, visit
from negotiations.pages.picking import pick
from negotiations.pages.posting import posted_from
from negotiations.pages.saving import save_update
from negotiations.rules.errors import RuleError
from negotiations.selectors.reckoning import label_of
from negotiations.services.conflict import VersionConflict


@posted_from("condition")
def preview(request: HttpRequest, slug: str, ref: str) -> HttpResponse:
    """Try the update by its own verb and keep nothing of it: the sentence is the one the save would give."""
    with visit(request, slug) as opened:
        row = pick(opened, Condition, ref)
        require(opened.viewer, opened.negotiation, "condition.status_changed")
        form = update_form(opened, row, request.POST)
        lacks, says = [], ""
        if form.is_valid() and not form.changes_nothing:
            try:
                says = _tried(request, row, form)
            except VersionConflict as lost:
                lacks = [lost.message]
            except RuleError as refused:
                lacks = list(refused.fields.values()) or [refused.message]
        elif set(form.errors) == {"reason"}:
            says = _stays(row, form) if form.cleaned_data.get("what") == "value" else ""
        context = {"lacks": list(dict.fromkeys(lacks)), "says": says}
        return show(request, "partials/preview.html", context, viewer=opened.viewer)


def _tried(request: HttpRequest, row: Condition, form: UpdateForm) -> str:
    with transaction.atomic():
        saved = save_update(request, row, form)
        transaction.set_rollback(True)
    if isinstance(saved, ProposedFinding):
        return _("This waits for a second person before it becomes the status.")
    return _stays(row, form)


def _stays(row: Condition, form: UpdateForm) -> str:
    word = label_of(form.status_sent or row.status, row.kind)
    if (form.status_sent or row.status) == row.status:
        return _("The status stays “%(status)s”.") % {"status": word}
    return _("The status becomes “%(status)s”.") % {"status": word}
