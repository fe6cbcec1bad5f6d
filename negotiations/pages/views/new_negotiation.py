"""A new negotiation in one sitting: step by step, each kept in a draft, opened all at once at the end."""

from __future__ import annotations

from typing import Any, NoReturn
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from negotiations.access.doors import may_open
from negotiations.access.viewer import viewer_for
from negotiations.models import Draft
from negotiations.pages.drafting import fields_of
from negotiations.pages.frame import Crumb, show
from negotiations.pages.once import keep_for, saved_once, see_other
from negotiations.pages.posting import for_signed_in
from negotiations.pages.saving import as_rules, request_id, signed_in
from negotiations.pages.setup_plan import STEPS, Setup
from negotiations.rules.codes import DraftKind
from negotiations.rules.errors import RuleError
from negotiations.services.act import Act
from negotiations.services.draft import draft_of, park
from negotiations.services.setting_up import set_up

METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(METHODS)
@for_signed_in
def begin(request: HttpRequest) -> HttpResponse:
    """The first step; what is typed there opens a draft."""
    user, viewer = _opener(request)
    setup = Setup(Draft(user=user, kind=DraftKind.NEGOTIATION, content={}), viewer)
    return _step(request, setup, "about")


@require_http_methods(["GET", "HEAD"])
@for_signed_in
def resume(request: HttpRequest, draft: UUID) -> HttpResponse:
    setup = _setup(request, draft)
    return redirect("new-negotiation-step", draft, setup.missing() or "check")


@require_http_methods(METHODS)
@for_signed_in
def step(request: HttpRequest, draft: UUID, name: str) -> HttpResponse:
    if name not in STEPS:
        raise Http404(_("There is nothing here."))
    if name == "check" and request.method == "POST" and _draft(request, draft) is None:
        # Sent a second time: the draft became the negotiation that the first sending opened.
        address, _is_again = saved_once(request, signed_in(request), _nothing_here)
        return see_other(address)
    setup = _setup(request, draft)
    if name == "check":
        return _check(request, setup)
    return _step(request, setup, name)


def _opener(request: HttpRequest) -> tuple[Any, Any]:
    user, viewer = signed_in(request), viewer_for(request.user)
    if not may_open(viewer, user) or not viewer.is_member:
        raise PermissionDenied(_("Whoever leads a negotiation may open another one."))
    return user, viewer


def _setup(request: HttpRequest, asked: UUID) -> Setup:
    _user, viewer = _opener(request)
    draft = _draft(request, asked)
    if draft is None:
        _nothing_here()
    return Setup(draft, viewer)


def _draft(request: HttpRequest, asked: UUID) -> Draft | None:
    user, _viewer = _opener(request)
    return draft_of(user, str(asked), DraftKind.NEGOTIATION)


def _nothing_here() -> NoReturn:
    raise Http404(_("There is nothing here."))


def _step(request: HttpRequest, setup: Setup, name: str) -> HttpResponse:
    if request.method != "POST":
        return _page(request, setup, name, _form(setup, name, None, _more(request)))
    # Kept whatever it says: a step with mistakes in it is not lost either.
    kept = _keep(request, setup, name)
    form = _form(kept, name, request.POST, 0)
    if "more" in request.POST:
        return see_other(reverse("new-negotiation-step", args=[kept.draft.public_id, name]) + "?more=8")
    if not form.is_valid():
        return _page(request, kept, name, form, status=422)
    following = STEPS[STEPS.index(name) + 1]
    if following == "clauses" and not kept.passages():
        following = "check"
    return see_other(reverse("new-negotiation-step", args=[kept.draft.public_id, following]))


def _more(request: HttpRequest) -> int:
    return 8 if request.GET.get("more") else 0


def _form(setup: Setup, name: str, data: Any, more: int) -> Any:
    match name:
        case "about":
            return setup.about(data)
        case "seats":
            return setup.seats(data, more)
        case "text":
            return setup.text(data)
    return setup.clauses(data)


def _keep(request: HttpRequest, setup: Setup, name: str) -> Setup:
    steps = {**setup.typed, name: fields_of(request.POST)}
    if name == "text" and steps["text"] != setup.typed.get("text"):
        # Another text has other clauses: what was marked in the first one does not fit it.
        steps.pop("clauses", None)
    title = (steps.get("about", {}).get("title") or [""])[0]
    draft = park(
        signed_in(request),
        kind=DraftKind.NEGOTIATION,
        content={"steps": steps},
        title=title,
        now=timezone.now(),
        draft=setup.draft if setup.draft.pk else None,
    )
    return Setup(draft, setup.viewer)


def _check(request: HttpRequest, setup: Setup) -> HttpResponse:
    if missing := setup.missing():
        return see_other(reverse("new-negotiation-step", args=[setup.draft.public_id, missing]))
    if request.method != "POST":
        return _page(request, setup, "check", None)
    user = signed_in(request)
    try:
        address, _is_again = saved_once(request, user, lambda: _open(request, setup))
    except RuleError as refused:
        messages.error(request, refused.message)
        return _page(request, setup, "check", None, status=422)
    setup.draft.delete()
    messages.success(request, _("The negotiation is open to its members. Work off what its roadmap leaves open."))
    return see_other(address)


def _open(request: HttpRequest, setup: Setup) -> str:
    user = signed_in(request)
    about = setup.about()
    about.is_valid()
    act = Act(actor=user, reason=_("Set up from a draft."), request_id=request_id(request))
    with as_rules():
        made = set_up(setup.plan(), act=act, lead=user, organisation=about.cleaned_data["organisation"])
    return reverse("completeness", args=[made.slug])


def _page(request: HttpRequest, setup: Setup, name: str, form: Any, *, status: int = 200) -> HttpResponse:
    passages = setup.passages() if name in ("clauses", "check") else []
    rows = list(zip(passages, form, strict=False)) if name == "clauses" else []
    context = {
        "setup": setup,
        "plan": setup.plan() if name == "check" else None,
        "form": form if name in ("about", "text") else None,
        "formset": form if name in ("seats", "clauses") else None,
        "rows": rows,
        "step": name,
        "steps": _steps(setup, name),
        "keep": keep_for(request),
        "section": "new",
        "crumbs": [Crumb(_("Negotiations"), reverse("dashboard")), Crumb(_("New negotiation"))],
    }
    return show(request, "pages/new_negotiation.html", context, viewer=setup.viewer, status=status)


def _steps(setup: Setup, now: str) -> list[tuple[str, str, str, bool]]:
    """The steps with their words, where each is, and whether it is this one."""
    words = (_("What it is"), _("Who sits at it"), _("Its text"), _("Obligations"), _("Open it"))
    found = []
    for name, label in zip(STEPS, words, strict=True):
        there = reverse("new-negotiation-step", args=[setup.draft.public_id, name]) if setup.draft.pk else ""
        found.append((name, label, there, name == now))
    return found
