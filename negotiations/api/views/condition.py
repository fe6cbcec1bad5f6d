"""Conditions: one item by its id."""

from __future__ import annotations

from django.http import HttpResponse
from rest_framework.request import Request

from negotiations.history.moment import Moment
from negotiations.models import Condition

from ..resources import RESOURCES
from ..resources import item_response as resource_response
from .base import ApiView
from .resource import detail_view

ConditionDetail = detail_view(RESOURCES["condition"])


def item_response(view: ApiView, request: Request, condition: Condition, _moment: Moment) -> HttpResponse:
    """The condition as its caller sees it now."""
    return resource_response(view, request, "condition", condition)
