"""The link from a chart to its numbers."""

from __future__ import annotations

from typing import Protocol

from django import template
from django.http import HttpRequest

register = template.Library()


class Chart(Protocol):
    """What has numbers to download."""

    def csv(self, request: HttpRequest) -> str: ...


@register.simple_tag
def chart_csv(request: HttpRequest, chart: Chart) -> str:
    return chart.csv(request)
