"""The addresses of the interface."""

from __future__ import annotations

from django.urls import path, re_path

from .addresses import addresses
from .hot import kept
from .views.badge import Badge
from .views.base import NotFound
from .views.batch import BatchOfVerbs
from .views.changes import ChangesSince, Corrections, Seen
from .views.codes import Codes
from .views.delivery import Deliveries, OneDelivery
from .views.diff import Differences
from .views.docs import Schema, docs
from .views.exports import ExportFile, Exports, OneExport
from .views.import_opening import OpeningImports
from .views.imports import ApplyImport, Imports, OneImport, UndoImport
from .views.me import Me
from .views.phase_state import PhaseState
from .views.record import OneEntry, RecordFeed
from .views.subscription import (
    EndedSubscription,
    OneSubscription,
    PausedSubscription,
    ResumedSubscription,
    Subscriptions,
)
from .views.taking import AllDates, DatesOfOne, RecordAtom, RecordLines
from .views.token import OneToken, Tokens
from .views.webhook import OneWebhook, PauseWebhook, ResumeWebhook, RotateSecret, Webhooks
from .views.webhook_delivery import (
    OneWebhookDelivery,
    ReplayWebhook,
    ResendWebhookDelivery,
    TryWebhook,
    WebhookDeliveries,
)

app_name = "api"

urlpatterns = [
    path("v1/negotiations/<slug:slug>/state/", kept(PhaseState.as_view()), name="phase-state"),
    path("v1/negotiations/<slug:slug>/badge.svg", Badge.as_view(), name="badge"),
    path("v1/negotiations/<slug:slug>/record/", RecordFeed.as_view(), name="record"),
    path("v1/negotiations/<slug:slug>/record/<uuid:public_id>/", OneEntry.as_view(), name="entry"),
    path("v1/negotiations/<slug:slug>/record.jsonl", RecordLines.as_view(), name="record-lines"),
    path("v1/negotiations/<slug:slug>/record.atom", RecordAtom.as_view(), name="record-atom"),
    path("v1/negotiations/<slug:slug>/calendar.ics", DatesOfOne.as_view(), name="calendar-of-one"),
    path("v1/negotiations/<slug:slug>/batch/", BatchOfVerbs.as_view(), name="batch"),
    path("v1/negotiations/<slug:slug>/imports/", Imports.as_view(), name="imports"),
    path("v1/imports/", OpeningImports.as_view(), name="imports-opening"),
    path("v1/imports/<uuid:public_id>/", OneImport.as_view(), name="import"),
    path("v1/imports/<uuid:public_id>/apply/", ApplyImport.as_view(), name="import-apply"),
    path("v1/imports/<uuid:public_id>/undo/", UndoImport.as_view(), name="import-undo"),
    path("v1/negotiations/<slug:slug>/diff/", Differences.as_view(), name="diff"),
    path("v1/negotiations/<slug:slug>/changes/", ChangesSince.as_view(), name="changes"),
    path("v1/negotiations/<slug:slug>/corrections/", Corrections.as_view(), name="corrections"),
    path("v1/negotiations/<slug:slug>/seen/", Seen.as_view(), name="seen"),
    *addresses(),
    path("v1/codes/", Codes.as_view(), name="codes"),
    path("v1/calendar.ics", AllDates.as_view(), name="calendar"),
    path("v1/exports/", Exports.as_view(), name="exports"),
    path("v1/exports/<uuid:public_id>/", OneExport.as_view(), name="export"),
    path("v1/exports/<uuid:public_id>/file/", ExportFile.as_view(), name="export-file"),
    path("v1/me/", Me.as_view(), name="me"),
    path("v1/tokens/", Tokens.as_view(), name="tokens"),
    path("v1/tokens/<uuid:public_id>/", OneToken.as_view(), name="token"),
    path("v1/webhooks/", Webhooks.as_view(), name="webhooks"),
    path("v1/webhooks/<uuid:public_id>/", OneWebhook.as_view(), name="webhook"),
    path("v1/webhooks/<uuid:public_id>/pause/", PauseWebhook.as_view(), name="pause-webhook"),
    path("v1/webhooks/<uuid:public_id>/resume/", ResumeWebhook.as_view(), name="resume-webhook"),
    path("v1/webhooks/<uuid:public_id>/rotate/", RotateSecret.as_view(), name="rotate-webhook"),
    path("v1/webhooks/<uuid:public_id>/test/", TryWebhook.as_view(), name="test-webhook"),
    path("v1/webhooks/<uuid:public_id>/replay/", ReplayWebhook.as_view(), name="replay-webhook"),
    path("v1/webhooks/<uuid:public_id>/deliveries/", WebhookDeliveries.as_view(), name="webhook-deliveries"),
    path(
        "v1/webhooks/<uuid:public_id>/deliveries/<uuid:delivery_id>/",
        OneWebhookDelivery.as_view(),
        name="webhook-delivery",
    ),
    path(
        "v1/webhooks/<uuid:public_id>/deliveries/<uuid:delivery_id>/resend/",
        ResendWebhookDelivery.as_view(),
        name="resend-webhook",
    ),
    path("v1/subscriptions/", Subscriptions.as_view(), name="subscriptions"),
    path("v1/subscriptions/<uuid:public_id>/", OneSubscription.as_view(), name="subscription"),
    path("v1/subscriptions/<uuid:public_id>/pause/", PausedSubscription.as_view(), name="pause-subscription"),
    path("v1/subscriptions/<uuid:public_id>/resume/", ResumedSubscription.as_view(), name="resume-subscription"),
    path("v1/subscriptions/<uuid:public_id>/end/", EndedSubscription.as_view(), name="end-subscription"),
    path("v1/deliveries/", Deliveries.as_view(), name="deliveries"),
    path("v1/deliveries/<uuid:public_id>/", OneDelivery.as_view(), name="delivery"),
    path("v1/schema/", Schema.as_view(), name="schema"),
    path("v1/docs/", docs, name="docs"),
    # Without an end: a dollar would let an address with a line break through to the pages.
    re_path(r"", NotFound.as_view(), name="not-found"),
]
