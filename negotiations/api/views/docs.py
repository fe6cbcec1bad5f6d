"""The interface's description: the OpenAPI document, and a page to try it on."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from drf_spectacular.utils import extend_schema
from drf_spectacular.views import SpectacularAPIView
from rest_framework.negotiation import DefaultContentNegotiation


@extend_schema(exclude=True)
class Schema(SpectacularAPIView):
    """`/schema/`: OpenAPI 3.1, as YAML, or as JSON for who asks."""

    content_negotiation_class = DefaultContentNegotiation


@require_safe
def docs(request: HttpRequest) -> HttpResponse:
    """`/docs/`: the same to read and try, from this server's own files alone."""
    return render(request, "api/docs.html")
