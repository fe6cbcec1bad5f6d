"""The app's entry into Django: the composition root."""

from django.apps import AppConfig


class NegotiationsConfig(AppConfig):
    name = "negotiations"
    default_auto_field = "django.db.models.BigAutoField"
