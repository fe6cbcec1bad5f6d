"""The app's entry into Django: the composition root."""

from anymail.signals import tracking
from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in
from django.utils.module_loading import import_string

from negotiations.pages.session_limits import begin

# Who hears of every entry once; by name, because the models behind them are there only when the app is ready.
CONSUMERS = ("negotiations.digests.waking.wake", "negotiations.webhooks.consumer.make_deliveries")


class NegotiationsConfig(AppConfig):
    name = "negotiations"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        user_logged_in.connect(begin, dispatch_uid="session_limits")
        tracking.connect(import_string("negotiations.digests.suppression.hear_provider"), dispatch_uid="suppression")
        register_consumer = import_string("negotiations.services.outbox.register_consumer")
        for consumer in CONSUMERS:
            register_consumer(import_string(consumer))
