"""The addresses of the interface."""

from __future__ import annotations

from django.urls import path, re_path

from .hot import kept
from .views.base import NotFound
from .views.condition import ConditionDetail, ConditionStatus
from .views.docs import Schema, docs
from .views.negotiation import NegotiationDetail, NegotiationList
from .views.phase_state import PhaseState
from .views.token import OneToken, Tokens

app_name = "api"

urlpatterns = [
    path("v1/negotiations/", NegotiationList.as_view(), name="negotiations"),
    path("v1/negotiations/<slug:slug>/", NegotiationDetail.as_view(), name="negotiation"),
    path("v1/negotiations/<slug:slug>/state/", kept(PhaseState.as_view()), name="phase-state"),
    path("v1/conditions/<uuid:public_id>/", ConditionDetail.as_view(), name="condition"),
    path("v1/conditions/<uuid:public_id>/status/", ConditionStatus.as_view(), name="condition-status"),
    path("v1/tokens/", Tokens.as_view(), name="tokens"),
    path("v1/tokens/<uuid:public_id>/", OneToken.as_view(), name="token"),
    path("v1/schema/", Schema.as_view(), name="schema"),
    path("v1/docs/", docs, name="docs"),
    re_path(r"^.*$", NotFound.as_view(), name="not-found"),
]
