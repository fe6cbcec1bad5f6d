"""Where people choose what they are told of, and find what was told."""

from __future__ import annotations

from django.urls import path

from .views import alert_preview, alerts, deliveries, inbox, mailbox, operations, unsubscribe, watching

urlpatterns = [
    path("n/<slug:slug>/watch/", watching.watch_page, name="watch"),
    path("me/alerts/", alerts.alerts_page, name="alerts"),
    path("me/alerts/new/", alerts.new_alert, name="new-alert"),
    path("me/alerts/deliveries/", deliveries.deliveries_page, name="deliveries"),
    path("me/alerts/<uuid:alert>/", alerts.change_alert, name="change-alert"),
    path("me/alerts/<uuid:alert>/preview/", alert_preview.preview_page, name="preview-alert"),
    path("me/alerts/<uuid:alert>/letter/", alert_preview.letter, name="alert-letter"),
    path("me/alerts/<uuid:alert>/pause/", alerts.pause_alert, name="pause-alert"),
    path("me/alerts/<uuid:alert>/resume/", alerts.resume_alert, name="resume-alert"),
    path("me/alerts/<uuid:alert>/end/", alerts.end_alert, name="end-alert"),
    path("unsubscribe/<str:token>/", unsubscribe.unsubscribe_page, name="unsubscribe"),
    path("inbox/", inbox.inbox_page, name="inbox"),
    path("inbox/read/", inbox.read_all, name="read-all"),
    path("inbox/<uuid:message>/", inbox.message_page, name="inbox-message"),
    path("inbox/<uuid:message>/read/", inbox.read_message, name="read-message"),
    path("operations/alerts/", operations.operations_page, name="operations"),
    path("operations/alerts/<uuid:delivery>/again/", operations.again_page, name="send-again"),
    path("operations/alerts/<uuid:delivery>/give-up/", operations.give_up_page, name="give-up"),
    path("operations/alerts/<uuid:delivery>/let-be/", operations.let_be_page, name="let-be"),
    path("operations/alerts/addresses/<int:suppression>/lift/", operations.lift_page, name="lift-suppression"),
    path("mailbox/", mailbox.mailbox_page, name="mailbox"),
    path("mailbox/<slug:mail>/", mailbox.mail_page, name="mail"),
    path("mailbox/<slug:mail>/letter/", mailbox.mail_letter, name="mail-letter"),
]
