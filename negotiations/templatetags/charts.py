"""The link from a chart to its numbers."""

from __future__ import annotations

from typing import Protocol

from django import template
from django.http import HttpRequest

register = template.Library()


class Chart(Protocol):
    """What has numbers to download."""

    def files(self, request: HttpRequest) -> list[tuple[str, str]]: ...


@register.simple_tag
def chart_files(request: HttpRequest, chart: Chart) -> list[tuple[str, str]]:
    return chart.files(request)
