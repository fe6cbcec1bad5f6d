"""The app's entry into Django: the composition root."""

from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in

from negotiations.pages.session_limits import begin


class NegotiationsConfig(AppConfig):
    name = "negotiations"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        user_logged_in.connect(begin, dispatch_uid="session_limits")
