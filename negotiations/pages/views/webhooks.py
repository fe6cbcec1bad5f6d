"""A person's webhooks: name an address, see what went there, change it, and have something sent again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from negotiations.access.viewer import viewer_for
from negotiations.models import Negotiation, User, Webhook
from negotiations.models.sent_once import new_key
from negotiations.pages.forms.webhook import ChangeWebhookForm, NewWebhookForm, ReplayForm, change_form
from negotiations.pages.frame import Crumb, show
from negotiations.pages.once import keep_for, told_once
from negotiations.pages.paging import paged
from negotiations.pages.saving import signed_in
from negotiations.rules.errors import RuleError
from negotiations.rules.webhook import LIVING_MAX
from negotiations.selectors.webhooks import abouts, asks_for, deliveries_of, delivery_lines, webhook_of, webhooks_of
from negotiations.selectors.words import Words, words_of
from negotiations.services.webhook import add_webhook, change_webhook, overlap_until

METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(METHODS)
@login_required
def webhooks_page(request: HttpRequest) -> HttpResponse:
    """The webhooks, and a new one's secret in the answer to the form that made it, nowhere else."""
    viewer, person = viewer_for(request.user), signed_in(request)
    form = NewWebhookForm(request.POST if request.method == "POST" else None, viewer=viewer)
    made: tuple[Webhook, str] | None = None
    if form.is_bound and form.is_valid():
        try:
            made = _added(request, person, form)
        except RuleError as refused:
            form.refuse(refused.message, refused.fields)
    webhooks = list(webhooks_of(person)[:LIVING_MAX])
    about = abouts(webhooks, viewer=viewer)
    context = {
        "form": NewWebhookForm(viewer=viewer) if made else form,
        "made": made[0] if made else None,
        "secret": made[1] if made else "",
        # Whoever adds another one does not send the form before again.
        "once": new_key() if made else keep_for(request).key,
        "webhooks": [(webhook, about_words(webhook, about)) for webhook in webhooks],
        "crumbs": [Crumb(_("Settings"), reverse("me")), Crumb(_("Webhooks"))],
        "may_be_plain": settings.LOCAL,
        "section": "me",
    }
    status = 201 if made else 422 if form.errors else 200
    return show(request, "pages/webhooks.html", context, viewer=viewer, status=status)


def _added(request: HttpRequest, person: User, form: NewWebhookForm) -> tuple[Webhook, str] | None:
    """The webhook and its secret, the same ones for the same form; None for one that was given up meanwhile."""

    def add() -> str:
        webhook, secret = add_webhook(person, now=timezone.now(), **form.wishes)
        return f"{webhook.public_id} {secret}"

    key, _space, secret = told_once(request, person, add).partition(" ")
    found = webhook_of(person, UUID(key)) if key else None
    return (found, secret) if found else None


@require_http_methods(METHODS)
@login_required
def webhook_page(request: HttpRequest, webhook: UUID) -> HttpResponse:
    """One webhook with its log; takes what is changed of it."""
    found = own(request, webhook)
    form = change_form(request.POST if request.method == "POST" else None, found, asks_for(found))
    if form.is_bound and form.is_valid():
        try:
            change_webhook(found, now=timezone.now(), **form.wishes)
        except RuleError as refused:
            form.refuse(refused.message, refused.fields)
        else:
            messages.success(request, _("The webhook is changed."))
            return redirect("webhook", webhook=webhook)
    return webhook_shown(request, found, form=form, status=422 if form.errors else 200)


def own(request: HttpRequest, webhook: UUID) -> Webhook:
    """The person's own living webhook; else Http404."""
    found = webhook_of(signed_in(request), webhook)
    if found is None:
        raise Http404(_("There is nothing here."))
    return found


def webhook_shown(
    request: HttpRequest,
    webhook: Webhook,
    *,
    form: ChangeWebhookForm | None = None,
    replaying: ReplayForm | None = None,
    secret: str = "",
    status: int = 200,
) -> HttpResponse:
    """The page of a webhook; with a new secret, which is shown here once."""
    viewer, asked = viewer_for(request.user), asks_for(webhook)
    page = paged(request, deliveries_of(webhook, viewer=viewer))
    context: dict[str, Any] = {
        "webhook": webhook,
        "asked": asked,
        "about": about_words(webhook, abouts([webhook], viewer=viewer)),
        "secret": secret,
        "overlap_until": overlap_until(webhook, at=timezone.now()),
        "once": new_key(),
        "form": form or change_form(None, webhook, asked),
        "replaying": replaying or ReplayForm(viewer=viewer, asked=asked),
        "lines": delivery_lines(page.rows, viewer=viewer, are_named=True),
        "list": page,
        "crumbs": [Crumb(_("Settings"), reverse("me")), Crumb(_("Webhooks"), reverse("webhooks")), Crumb(webhook.name)],
        "section": "me",
    }
    return show(request, "pages/webhook.html", context, viewer=viewer, status=status)


def about_words(webhook: Webhook, about: Mapping[int, Negotiation]) -> Words | str:
    """What it is told of: the title of a negotiation that its owner sees, or everything."""
    if (found := about.get(webhook.pk)) is not None:
        return words_of(found, "title")
    asked = asks_for(webhook)
    is_everything = asked is not None and asked.negotiation_id is None
    return _("Everything you may see") if is_everything else _("Nothing that you see now")
