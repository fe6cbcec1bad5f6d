"""What is done with a webhook at the press of a button; each form stands on the webhook's page."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from negotiations.access.viewer import viewer_for
from negotiations.models import Webhook
from negotiations.pages.forms.webhook import ReplayForm
from negotiations.pages.once import saved_once, told_once
from negotiations.pages.saving import signed_in
from negotiations.rules.errors import RuleError
from negotiations.selectors.webhooks import asks_for, delivery_of
from negotiations.services.webhook import end_webhook, pause_webhook, resume_webhook, rotate_secret
from negotiations.services.webhook_delivery import replay, resend, send_test
from negotiations.webhooks.replaying import entries_since

from .webhooks import own, webhook_shown


@require_POST
@login_required
def rotate(request: HttpRequest, webhook: UUID) -> HttpResponse:
    found = own(request, webhook)
    try:
        secret = told_once(request, signed_in(request), lambda: rotate_secret(found, now=timezone.now()))
    except RuleError as refused:
        return _refused(request, found, refused)
    return webhook_shown(request, own(request, webhook), secret=secret, status=201)


@require_POST
@login_required
def pause(request: HttpRequest, webhook: UUID) -> HttpResponse:
    pause_webhook(own(request, webhook), now=timezone.now())
    messages.success(request, _("The webhook rests. What happens meanwhile is sent afterwards."))
    return redirect("webhook", webhook=webhook)


@require_POST
@login_required
def resume(request: HttpRequest, webhook: UUID) -> HttpResponse:
    resume_webhook(own(request, webhook))
    messages.success(request, _("The webhook goes on."))
    return redirect("webhook", webhook=webhook)


@require_POST
@login_required
def end(request: HttpRequest, webhook: UUID) -> HttpResponse:
    end_webhook(own(request, webhook), now=timezone.now())
    messages.success(request, _("The webhook is given up."))
    return redirect("webhooks")


@require_POST
@login_required
def send_a_test(request: HttpRequest, webhook: UUID) -> HttpResponse:
    found = own(request, webhook)
    try:
        send_test(found, now=timezone.now())
    except RuleError as refused:
        return _refused(request, found, refused)
    messages.success(request, _("A test is on its way."))
    return redirect("webhook", webhook=webhook)


@require_POST
@login_required
def resend_delivery(request: HttpRequest, webhook: UUID, delivery: UUID) -> HttpResponse:
    found = own(request, webhook)
    line = delivery_of(found, delivery, viewer=viewer_for(request.user))
    if line is None:
        raise Http404(_("There is nothing here."))
    try:
        resend(line, now=timezone.now())
    except RuleError as refused:
        return _refused(request, found, refused)
    messages.success(request, _("It is on its way again."))
    return redirect("webhook", webhook=webhook)


@require_POST
@login_required
def replay_since(request: HttpRequest, webhook: UUID) -> HttpResponse:
    """Send again what was recorded since a day."""
    found = own(request, webhook)
    form = ReplayForm(request.POST, viewer=viewer_for(request.user), asked=asks_for(found))
    if not form.is_valid():
        return webhook_shown(request, found, replaying=form, status=422)
    entries, has_more = entries_since(found, form.where, form.moment)
    if not entries:
        form.add_error("since", _("Nothing that it asks for was recorded since; choose an earlier day."))
        return webhook_shown(request, found, replaying=form, status=422)

    def send() -> str:
        replay(found, entries, now=timezone.now())
        return reverse("webhook", args=[webhook])

    try:
        address, _is_sent_before = saved_once(request, signed_in(request), send)
    except RuleError as refused:
        form.add_error(None, refused.message)
        return webhook_shown(request, found, replaying=form, status=422)
    count = len(entries)
    messages.success(
        request,
        ngettext("%(count)s message is on its way again.", "%(count)s messages are on their way again.", count)
        % {"count": count},
    )
    if has_more:
        messages.warning(request, _("There is more than is sent at once: choose a later day for the rest."))
    return redirect(address)


def _refused(request: HttpRequest, webhook: Webhook, refused: RuleError) -> HttpResponse:
    messages.error(request, refused.message)
    return redirect("webhook", webhook=webhook.public_id)
