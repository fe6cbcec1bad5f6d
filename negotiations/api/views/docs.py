"""The interface's description: the OpenAPI document, and a page to try it on."""

from __future__ import annotations

from typing import Any

import orjson
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.http import require_safe
from drf_spectacular.utils import extend_schema
from drf_spectacular.views import SpectacularAPIView
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from ..errors import MEDIA_TYPE, problem_document
from ..limits import Taken, TooMany, bucket_of, declare, take
from .base import ApiView


@extend_schema(exclude=True)
class Schema(ApiView, SpectacularAPIView):
    """`/schema/`: OpenAPI 3.1, as YAML, or as JSON for who asks. Always in English, as it is committed."""

    content_negotiation_class = DefaultContentNegotiation

    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        with translation.override(settings.LANGUAGE_CODE):
            described: Response = super().get(request, *args, **kwargs)  # type: ignore[no-untyped-call]
        return described

    def handle_exception(self, exc: Exception) -> Response:
        """A refusal is JSON whatever form of the description was asked for."""
        self.request.accepted_renderer, self.request.accepted_media_type = JSONRenderer(), MEDIA_TYPE
        return super().handle_exception(exc)


@require_safe
def docs(request: HttpRequest) -> HttpResponse:
    """`/docs/`: the same to read and try, from this server's own files alone."""
    taken = take(bucket_of(request, user_id=request.user.pk))
    response = too_many(request, taken) if taken.is_over else render(request, "api/docs.html")
    declare(response, taken)
    return response


def too_many(request: HttpRequest, taken: Taken) -> HttpResponse:
    refused = TooMany(taken)
    body = orjson.dumps(problem_document(refused, request_id=getattr(request, "request_id", "")))
    headers = {"Retry-After": str(refused.wait), "Cache-Control": "no-store"}
    return HttpResponse(body, status=refused.status_code, content_type=MEDIA_TYPE, headers=headers)
