"""Where people look after their webhooks."""

from __future__ import annotations

from django.urls import path

from .views import webhook_actions, webhooks

HERE = "me/webhooks/<uuid:webhook>/"
urlpatterns = [
    path("me/webhooks/", webhooks.webhooks_page, name="webhooks"),
    path(HERE, webhooks.webhook_page, name="webhook"),
    path(f"{HERE}rotate/", webhook_actions.rotate, name="rotate-webhook"),
    path(f"{HERE}pause/", webhook_actions.pause, name="pause-webhook"),
    path(f"{HERE}resume/", webhook_actions.resume, name="resume-webhook"),
    path(f"{HERE}end/", webhook_actions.end, name="end-webhook"),
    path(f"{HERE}test/", webhook_actions.send_a_test, name="test-webhook"),
    path(f"{HERE}replay/", webhook_actions.replay_since, name="replay-webhook"),
    path(f"{HERE}deliveries/<uuid:delivery>/resend/", webhook_actions.resend_delivery, name="resend-webhook"),
]
