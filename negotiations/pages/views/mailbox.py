"""The demonstration's mailbox: the mails it wrote to whoever is signed in, instead of sending them."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from negotiations.access.viewer import viewer_for
from negotiations.digests.mailbox_reading import Mail, mail_to, mails_to
from negotiations.pages.frame import Crumb, show
from negotiations.pages.letters import letter_page
from negotiations.pages.listing import listing
from negotiations.pages.saving import signed_in
from negotiations.selectors.facets.base import Facets

View = Callable[..., HttpResponse]


def of_the_demonstration(view: View) -> View:
    """Anywhere else there is no mailbox, signed in or not: mail goes out."""
    signed = login_required(view)

    @wraps(view)
    def wrapped(request: HttpRequest, *args: object, **named: object) -> HttpResponse:
        if not settings.DEMO:
            raise Http404(_("There is nothing here."))
        return signed(request, *args, **named)

    return wrapped


@require_safe
@of_the_demonstration
def mailbox_page(request: HttpRequest) -> HttpResponse:
    mine = mails_to(signed_in(request).email)
    context = {
        "list": listing(request, mine, Facets((), words=lambda mail: mail.subject), size=25),
        "address": signed_in(request).email,
        "crumbs": [Crumb(_("Mailbox"))],
        "section": "mailbox",
    }
    return show(request, "pages/mailbox.html", context, viewer=viewer_for(request.user))


@require_safe
@of_the_demonstration
def mail_page(request: HttpRequest, mail: str) -> HttpResponse:
    found = _mine(request, mail)
    crumbs = [Crumb(_("Mailbox"), reverse("mailbox")), Crumb(found.subject)]
    context = {"mail": found, "crumbs": crumbs, "section": "mailbox"}
    return show(request, "pages/mail.html", context, viewer=viewer_for(request.user))


@require_safe
@of_the_demonstration
def mail_letter(request: HttpRequest, mail: str) -> HttpResponse:
    """The HTML part by itself, as mail programs show it."""
    return letter_page(_mine(request, mail).html)


def _mine(request: HttpRequest, key: str) -> Mail:
    found = mail_to(signed_in(request).email, key)
    if found is None:
        raise Http404(_("There is nothing here."))
    return found
