"""The product's addresses, and beside them what they are measured against."""

from __future__ import annotations

from django.urls import path

from negotiations.api.views.phase_state import PhaseState
from tracker.urls import urlpatterns as product

from .stock import StockState

urlpatterns = [
    path("stock/<slug:slug>/state/", StockState.as_view()),
    # The product's own document, made anew at each request.
    path("cold/<slug:slug>/state/", PhaseState.as_view()),
    *product,
]
