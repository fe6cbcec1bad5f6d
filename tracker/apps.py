"""The project's own wiring: system checks, and rights of the application role after migrations."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate

from . import checks as checks
from .roles import grant_to_application


class TrackerConfig(AppConfig):
    name = "tracker"

    def ready(self) -> None:
        # The last app's signal comes when every table exists.
        post_migrate.connect(grant_to_application, dispatch_uid="tracker.roles")
