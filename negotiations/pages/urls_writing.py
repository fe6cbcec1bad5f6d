"""Where people write: forms of every step, drafts, capture, a new negotiation, handing over."""

from __future__ import annotations

from django.urls import path

from .views import capture, drafts, handover, imports, item_forms, new_negotiation, preview, since, writing

urlpatterns = [
    path("n/<slug:slug>/write/", writing.menu, name="write"),
    path("n/<slug:slug>/write/entry/<uuid:entry>/", writing.entry_menu, name="write-entry"),
    path("n/<slug:slug>/write/<slug:noun>/of/<str:ref>/", writing.item_menu, name="write-item"),
    path("n/<slug:slug>/handover/", handover.handover_page, name="handover"),
    path("n/<slug:slug>/still-true/", handover.still_true, name="still-true"),
    path("n/<slug:slug>/conditions/<str:ref>/preview/", preview.preview, name="preview"),
    path("n/<slug:slug>/write/<slug:noun>/", item_forms.make, name="write-new"),
    path("n/<slug:slug>/write/negotiation/<slug:name>/", item_forms.change_negotiation, name="write-negotiation"),
    path("n/<slug:slug>/write/entry/<uuid:entry>/correct/", item_forms.correct_entry, name="write-correct"),
    path("n/<slug:slug>/write/<slug:noun>/<uuid:item>/<slug:name>/", item_forms.change, name="write-change"),
    path("n/<slug:slug>/capture/", capture.capture_page, name="capture"),
    path("n/<slug:slug>/import/", imports.imports_page, name="imports"),
    path("n/<slug:slug>/import/template/<slug:kind>/", imports.import_template, name="import-template"),
    path("import/", imports.opening_page, name="import-negotiation"),
    path("import/<uuid:batch>/", imports.import_page, name="import"),
    path("import/<uuid:batch>/apply/", imports.apply_import, name="apply-import"),
    path("import/<uuid:batch>/undo/", imports.undo_import, name="undo-import"),
    path("n/<slug:slug>/since/", since.since, name="since"),
    path("capture/", capture.shared, name="shared"),
    path("new/", new_negotiation.begin, name="new-negotiation"),
    path("new/<uuid:draft>/", new_negotiation.resume, name="new-negotiation-draft"),
    path("new/<uuid:draft>/<slug:name>/", new_negotiation.step, name="new-negotiation-step"),
    path("drafts/", drafts.list_drafts, name="drafts"),
    path("drafts/<uuid:draft>/", drafts.open_draft, name="draft"),
    path("drafts/<uuid:draft>/discard/", drafts.throw_away, name="discard-draft"),
]
