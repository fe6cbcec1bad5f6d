"""What every address of the interface shares: the viewer, the language, the headers."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.views import APIView

from negotiations.access.viewer import viewer_for
from negotiations.history.moment import Moment, resolve
from negotiations.models import Negotiation, User
from negotiations.rules.marking import ANYBODY, Viewer

from ..auth import require_scope, token_id_of
from ..errors import Problem
from ..headers import PREFLIGHT, dress, language_of
from ..limits import Bucket, Taken, TooMany, bucket_of, declare, take


class ApiView(APIView):
    """An address that answers as its viewer may see. Rights are asked of `access`, object by object."""

    permission_classes = (AllowAny,)
    viewer: Viewer = ANYBODY
    taken: Taken | None = None

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        translation.activate(language_of(request._request) or settings.LANGUAGE_CODE)
        try:
            super().initial(request, *args, **kwargs)
        except AuthenticationFailed:
            # Guessing tokens counts against the address it comes from.
            self.count(bucket_of(request._request), request)
            raise
        self.count(bucket_of(request._request, token_id=token_id_of(request), user_id=request.user.pk), request)
        check_language(request)
        require_scope(request)
        self.viewer = viewer_for(request.user if isinstance(request.user, User) else None)

    def count(self, bucket: Bucket, request: Request) -> None:
        """Count the request against its limit, unless the kept documents did; raise TooMany (429) beyond it."""
        self.taken = getattr(request._request, "limit_taken", None) or take(bucket)
        if self.taken.is_over:
            raise TooMany(self.taken)

    def moment_of(self, request: Request, negotiation: Negotiation) -> Moment:
        """The moment that `as_of` and `known_at` name, or the latest one."""
        asked = request.query_params
        return resolve(negotiation, self.viewer, asked.get("as_of"), self.now(), asked.get("known_at"))

    def latest_of(self, negotiation: Negotiation) -> Moment:
        """The latest moment, whatever the address names: what a verb is answered with."""
        return resolve(negotiation, self.viewer, None, self.now())

    def now(self) -> datetime:
        return timezone.now()

    def options(self, *_args: Any, **_kwargs: Any) -> HttpResponse:  # type: ignore[override]  # bytes need no rendering
        """A browser's preflight: what may be sent, nothing about what is there."""
        headers = {"Allow": ", ".join(self.allowed_methods), **PREFLIGHT}
        return HttpResponse(status=204, headers=headers)

    def finalize_response(  # type: ignore[override]  # bytes need no rendering
        self, request: Request, response: HttpResponseBase, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        done: HttpResponseBase = super().finalize_response(request, response, *args, **kwargs)  # type: ignore[arg-type]
        if done.status_code not in (204, 405):
            # Which verbs an address takes would tell what is hidden there from what is nowhere.
            del done["Allow"]
        dress(done, is_anybody=not self.viewer.is_signed_in, method=str(request.method))
        declare(done, self.taken)
        return done


def check_language(request: Request) -> None:
    """Refuse a `?lang=` that is not spoken here; the middleware decides by the path, which is the same in all."""
    if language_of(request._request) is None:
        message = _("Choose one of: %(languages)s.") % {"languages": ", ".join(dict(settings.LANGUAGES))}
        raise Problem(400, "invalid_language", message, errors={"lang": message})


@extend_schema(exclude=True)
class NotFound(ApiView):
    """Every address that is none: the same answer as for what is hidden."""

    def get(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:  # noqa: ARG002
        raise Http404

    post = put = patch = delete = get
