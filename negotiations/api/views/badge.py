"""The badge of a negotiation: a picture for other people's pages."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.request import Request

from negotiations.access.doors import find_negotiation
from negotiations.rules.marking import ANYBODY
from negotiations.selectors.badge import public_verdict

from .. import schema
from ..badge import STYLE_HASH, badge_svg
from ..documents import etag_of, is_held
from .base import ApiView

SVG = "image/svg+xml"
POLICY = f"default-src 'none'; style-src '{STYLE_HASH}'; frame-ancestors *"
# Long enough to carry a page that many read, short enough that a change shows while they still do.
FRESH_S = 60


class Badge(ApiView):
    """The published TLP:CLEAR verdict, the same for whoever asks: no session or token is looked at."""

    authentication_classes = ()

    @extend_schema(
        operation_id="negotiations_badge",
        summary="The verdict and the gate bar as a picture",
        description="What everybody may read, in English or Arabic, light or dark as the reader's device has it.",
        parameters=[schema.SLUG, schema.AS_OF, schema.KNOWN_AT, schema.LANG, schema.IF_NONE_MATCH],
        auth=[],
        responses={
            (200, SVG): OpenApiResponse(OpenApiTypes.STR, description="An SVG that fetches and runs nothing."),
            304: OpenApiResponse(description="You have these very bytes."),
            **schema.refused(400, 404),
        },
    )
    def get(self, request: Request, slug: str) -> HttpResponse:
        negotiation = find_negotiation(ANYBODY, slug)
        moment = self.moment_of(request, negotiation)
        with timezone.override(negotiation.time_zone):
            body = badge_svg(public_verdict(negotiation, moment)).encode()
        etag = etag_of(body)
        if is_held(request.META.get("HTTP_IF_NONE_MATCH", ""), etag):
            return HttpResponse(status=304, content_type=SVG, headers={"ETag": etag})
        return HttpResponse(body, content_type=SVG, headers={"ETag": etag})

    def finalize_response(  # type: ignore[override]  # a picture needs no rendering
        self, request: HttpRequest, response: HttpResponseBase, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        done: HttpResponseBase = super().finalize_response(request, response, *args, **kwargs)  # type: ignore[arg-type]
        if done.status_code in (200, 304):
            done["Cache-Control"] = f"public, max-age={FRESH_S}"
            done["Content-Security-Policy"] = POLICY
            done["Cross-Origin-Resource-Policy"] = "cross-origin"
            done["Vary"] = "Accept-Language"
        return done
