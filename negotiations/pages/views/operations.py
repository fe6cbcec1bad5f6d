"""Whether alerts add up, for administrators: they see counts, ages and addresses, and no content."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from negotiations.access.viewer import viewer_for
from negotiations.models import Delivery, Suppression, User
from negotiations.pages.frame import Crumb, show
from negotiations.pages.once import see_other
from negotiations.pages.paging import paged
from negotiations.rules.codes import SuppressionCause
from negotiations.selectors.alert_operations import (
    SETTLED,
    failed_to_webhooks,
    operations,
    suppressions,
    undecided_deliveries,
    undecided_line,
)
from negotiations.services.delivery import give_up, let_be, lift_suppression, try_again

View = Callable[..., HttpResponse]


def for_administrators(view: View) -> View:
    """Nobody else learns that the address is there."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: object, **named: object) -> HttpResponse:
        person = request.user
        if not isinstance(person, User) or not person.is_active or not (person.is_staff or person.is_superuser):
            raise Http404(_("There is nothing here."))
        return view(request, *args, **named)

    return wrapped


@require_safe
@for_administrators
def operations_page(request: HttpRequest) -> HttpResponse:
    waiting = paged(request, undecided_deliveries())
    held = suppressions()
    context = {
        "page": operations(timezone.now()),
        "settled": [state.label for state in SETTLED],
        "undecided": [undecided_line(row) for row in waiting.rows],
        "list": waiting,
        "failed_to_webhooks": failed_to_webhooks(),
        "suppressed": [(row, SuppressionCause(row.cause).label) for row in held[:100]],
        "more_suppressed": max(held.count() - 100, 0),
        "crumbs": [Crumb(_("Sending of alerts"))],
        "section": "operations",
    }
    return show(request, "pages/operations.html", context, viewer=viewer_for(request.user))


@require_POST
@for_administrators
def again_page(request: HttpRequest, delivery: UUID) -> HttpResponse:
    done = try_again(_delivery(delivery), now=timezone.now())
    return _back(request, _("It is sent again.") if done else _("That was decided already."))


@require_POST
@for_administrators
def give_up_page(request: HttpRequest, delivery: UUID) -> HttpResponse:
    done = give_up(_delivery(delivery), now=timezone.now())
    return _back(request, _("It is given up; its row says so.") if done else _("That was decided already."))


@require_POST
@for_administrators
def let_be_page(request: HttpRequest, delivery: UUID) -> HttpResponse:
    done = let_be(_delivery(delivery))
    return _back(request, _("It is left at that; its row says so.") if done else _("That was decided already."))


@require_POST
@for_administrators
def lift_page(request: HttpRequest, suppression: int) -> HttpResponse:
    row = Suppression.objects.filter(pk=suppression).first()
    if row is None:
        raise Http404(_("There is nothing here."))
    lift_suppression(row, now=timezone.now())
    return _back(request, _("Digests go to this address again."))


def _delivery(key: UUID) -> Delivery:
    row = Delivery.objects.filter(public_id=key).first()
    if row is None:
        raise Http404(_("There is nothing here."))
    return row


def _back(request: HttpRequest, said: str) -> HttpResponse:
    messages.success(request, said)
    return see_other(reverse("operations"))
