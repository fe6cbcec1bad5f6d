"""Where people write: forms of every step, drafts, capture, a new negotiation, handing over."""

from __future__ import annotations

from django.urls import path

from .views import drafts, item_forms, preview

urlpatterns = [
    path("n/<slug:slug>/conditions/<str:ref>/preview/", preview.preview, name="preview"),
    path("n/<slug:slug>/write/<slug:noun>/", item_forms.make, name="write-new"),
    path("n/<slug:slug>/write/negotiation/<slug:name>/", item_forms.change_negotiation, name="write-negotiation"),
    path("n/<slug:slug>/write/entry/<uuid:entry>/correct/", item_forms.correct_entry, name="write-correct"),
    path("n/<slug:slug>/write/<slug:noun>/<uuid:item>/<slug:name>/", item_forms.change, name="write-change"),
    path("drafts/", drafts.list_drafts, name="drafts"),
    path("drafts/<uuid:draft>/", drafts.open_draft, name="draft"),
    path("drafts/<uuid:draft>/discard/", drafts.throw_away, name="discard-draft"),
]
