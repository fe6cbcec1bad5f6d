"""A person's own settings."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse, translate_url
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from negotiations.access.second_factor import has_second_factor
from negotiations.access.viewer import viewer_for
from negotiations.models import User
from negotiations.pages.forms.account import SettingsForm
from negotiations.pages.frame import Crumb, show
from negotiations.pages.saving import signed_in


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def settings_page(request: HttpRequest) -> HttpResponse:
    # A copy, so that a refused name does not stand in the top bar.
    person = User.objects.get(pk=signed_in(request).pk)
    form = SettingsForm(request.POST if request.method == "POST" else None, instance=person)
    if request.method == "POST" and form.is_valid():
        form.save()
        return _saved(person)
    context = {
        "form": form,
        "person": signed_in(request),
        "has_second_factor": has_second_factor(person),
        "crumbs": [Crumb(_("Settings"))],
        "section": "me",
    }
    status = 422 if form.errors else 200
    return show(request, "pages/me.html", context, viewer=viewer_for(request.user), status=status)


def _saved(person: User) -> HttpResponse:
    """Back to the page in the language chosen; a theme kept on this browser gives way to the account's."""
    with translation.override("en"):
        address = reverse("me")
    response = HttpResponseRedirect(translate_url(address, person.language))
    response.delete_cookie("theme", samesite="Lax")
    return response
