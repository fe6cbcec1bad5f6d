"""A person's tokens: lend one to a program, take it back."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from negotiations.access.viewer import viewer_for
from negotiations.pages.forms.account import TokenForm
from negotiations.pages.frame import Crumb, show
from negotiations.pages.saving import signed_in
from negotiations.rules.errors import RuleError
from negotiations.selectors.tokens import is_living, token_of, tokens_of
from negotiations.services.token import create_token, revoke_token


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def tokens_page(request: HttpRequest) -> HttpResponse:
    """The tokens, and a new one's secret in the answer to the form that made it, nowhere else."""
    form = TokenForm(request.POST if request.method == "POST" else None)
    secret = _made(request, form) if request.method == "POST" and form.is_valid() else ""
    person, now = signed_in(request), timezone.now()
    context = {
        "form": TokenForm() if secret else form,
        "secret": secret,
        "tokens": [(token, is_living(token, now)) for token in tokens_of(person)],
        "crumbs": [Crumb(_("Settings"), reverse("me")), Crumb(_("Tokens"))],
        "section": "me",
    }
    status = 201 if secret else 422 if form.errors else 200
    return show(request, "pages/tokens.html", context, viewer=viewer_for(request.user), status=status)


def _made(request: HttpRequest, form: TokenForm) -> str:
    """The secret of a new token; empty where a rule refused it, which the form then says."""
    try:
        _token, secret = create_token(signed_in(request), **form.cleaned_data)
    except RuleError as refused:
        form.add_error(None, refused.message)
        return ""
    return secret


@require_POST
@login_required
def revoke_page(request: HttpRequest, token: UUID) -> HttpResponse:
    found = token_of(signed_in(request), token)
    if found is None:
        raise Http404(_("There is nothing here."))
    revoke_token(found)
    messages.success(request, _("The token is revoked."))
    return redirect("tokens")
