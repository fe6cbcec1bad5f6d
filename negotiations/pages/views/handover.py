"""Handing a desk over: what changed, drafts, stale items, open questions, and who keeps what current."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from negotiations.access.doors import require
from negotiations.models import Draft
from negotiations.pages.asked_moment import refused_in_words
from negotiations.pages.forms.several import CheckSeveralForm, ChosenForm, HandOverForm
from negotiations.pages.frame import Crumb, Visit, show, visit
from negotiations.pages.once import keep_for, saved_once, see_other
from negotiations.pages.posting import for_signed_in
from negotiations.pages.saving import as_rules, request_id, signed_in
from negotiations.rules.errors import RuleError
from negotiations.selectors.changes import since_of
from negotiations.selectors.handover import SPAN, handover
from negotiations.selectors.reckoning import reckon
from negotiations.services.act import Act
from negotiations.services.owners import check_several, hand_over

from .conditions import list_page


@require_http_methods(["GET", "HEAD", "POST"])
@for_signed_in
def handover_page(request: HttpRequest, slug: str) -> HttpResponse:
    with visit(request, slug, tells_of_now=True) as opened:
        require(opened.viewer, opened.negotiation, "condition.edited")
        given: dict[str, Any] = {"viewer": opened.viewer, "negotiation": opened.negotiation}
        if request.method != "POST":
            return _page(opened, HandOverForm(**given))
        form = HandOverForm(request.POST, **given)
        if not form.is_valid():
            return _page(opened, form, status=422)

        def do() -> int:
            act = Act(actor=signed_in(request), reason=form.cleaned_data["reason"], request_id=request_id(request))
            return hand_over(form.conditions, act=act, owner=form.cleaned_data["owner"])

        return _several(opened, form, do, "handover") or _page(opened, form, status=422)


@require_http_methods(["GET", "HEAD", "POST"])
@for_signed_in
def still_true(request: HttpRequest, slug: str) -> HttpResponse:
    """Several conditions checked in one place; from the list of conditions, to which every link of a refusal leads."""
    if request.method != "POST":
        return redirect(f"{reverse('conditions', args=[slug])}?{request.GET.urlencode()}")
    with visit(request, slug) as opened:
        require(opened.viewer, opened.negotiation, "condition.checked")
        form = CheckSeveralForm(request.POST, viewer=opened.viewer, negotiation=opened.negotiation)
        if not form.is_valid():
            return list_page(opened, form, status=422)

        def do() -> int:
            act = Act(actor=signed_in(request), request_id=request_id(request))
            return check_several(form.conditions, act=act, where=form.cleaned_data["where"])

        return _several(opened, form, do, "conditions") or list_page(opened, form, status=422)


def _several(opened: Visit, form: ChosenForm, do: Callable[[], int], page: str) -> HttpResponse | None:
    """Do it once and say for how many; None where it was refused, with the sentence on the form."""
    request = opened.request
    counted: list[int] = []

    def save() -> str:
        with as_rules():
            counted.append(do())
        return reverse(page, args=[opened.head.slug])

    try:
        address, is_again = saved_once(request, signed_in(request), save)
    except RuleError as refused:
        form.add_error(None, refused.message)
        return None
    if is_again:
        messages.success(request, _("This was saved already."))
    else:
        said = ngettext("%(count)s condition saved.", "%(count)s conditions saved.", counted[0])
        messages.success(request, said % {"count": counted[0]})
    return see_other(address)


def _page(opened: Visit, form: HandOverForm, *, status: int = 200) -> HttpResponse:
    now, asked = timezone.now(), opened.request.GET.get("since", "7d")
    with refused_in_words():
        since = since_of(asked, opened.negotiation, opened.viewer, at=now, now=now)
    context = {
        "page": handover(reckon(opened.scene), since.at or now - SPAN),
        "since": since,
        "drafts": Draft.objects.filter(user=signed_in(opened.request), negotiation=opened.negotiation),
        "form": form,
        "keep": keep_for(opened.request),
        "head": opened.head,
        "section": "handover",
        "crumbs": opened.crumbs(Crumb(_("Hand over"))),
    }
    return show(opened.request, "pages/handover.html", context, viewer=opened.viewer, status=status)
