"""What every address of the interface shares: the viewer, the language, the headers."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.views import APIView

from negotiations.access.viewer import viewer_for
from negotiations.history.moment import Moment, resolve
from negotiations.models import Negotiation, User
from negotiations.rules.marking import ANYBODY, Viewer

from ..auth import require_scope
from ..errors import Problem

VARY = ("Accept-Language", "Cookie", "Authorization")


class ApiView(APIView):
    """An address that answers as its viewer may see. Rights are asked of `access`, object by object."""

    permission_classes = (AllowAny,)
    viewer: Viewer = ANYBODY

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        speak(request)
        super().initial(request, *args, **kwargs)
        require_scope(request)
        self.viewer = viewer_for(request.user if isinstance(request.user, User) else None)

    def moment_of(self, request: Request, negotiation: Negotiation) -> Moment:
        """The moment that `as_of` names, or the latest one."""
        return resolve(negotiation, self.viewer, request.query_params.get("as_of"), self.now())

    def now(self) -> datetime:
        return timezone.now()

    def options(self, *_args: Any, **_kwargs: Any) -> HttpResponse:  # type: ignore[override]  # bytes need no rendering
        """A browser's preflight: what may be sent, nothing about what is there."""
        headers = {
            "Allow": ", ".join(self.allowed_methods),
            "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS",
            "Access-Control-Allow-Headers": "If-None-Match, Accept-Language",
            "Access-Control-Max-Age": "86400",
        }
        return HttpResponse(status=204, headers=headers)

    def finalize_response(  # type: ignore[override]  # bytes need no rendering
        self, request: Request, response: HttpResponseBase, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        done: HttpResponseBase = super().finalize_response(request, response, *args, **kwargs)  # type: ignore[arg-type]
        patch_vary_headers(done, VARY)
        if done.status_code not in (204, 405):
            # Which verbs an address takes would tell what is hidden there from what is nowhere.
            del done["Allow"]
        is_anybody = not self.viewer.is_signed_in
        if done.status_code >= 400:
            done["Cache-Control"] = "no-store"
        elif is_anybody and request.method in ("GET", "HEAD"):
            done["Cache-Control"] = "public, no-cache"
        else:
            done["Cache-Control"] = "private, no-cache"
        if is_anybody and request.method in ("GET", "HEAD", "OPTIONS"):
            done["Access-Control-Allow-Origin"] = "*"
            done["Access-Control-Expose-Headers"] = "ETag, X-Request-ID"
        return done


def speak(request: Request) -> None:
    """Answer in the language of `?lang=` where the caller names one, else in that of Accept-Language.

    The middleware decides by the path alone, and these addresses are the same in every language.
    """
    language = request.query_params.get("lang")
    if language is None:
        language = translation.get_language_from_request(request._request)
    elif language not in dict(settings.LANGUAGES):
        message = _("Choose one of: %(languages)s.") % {"languages": ", ".join(dict(settings.LANGUAGES))}
        raise Problem(400, "invalid_language", message, errors={"lang": message})
    translation.activate(language)


@extend_schema(exclude=True)
class NotFound(ApiView):
    """Every address that is none: the same answer as for what is hidden."""

    def get(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:  # noqa: ARG002
        raise Http404

    post = put = patch = delete = get
