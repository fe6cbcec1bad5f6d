"""The Django project: settings, processes and the engines under them."""

from .celery import app as celery_app

__all__ = ["celery_app"]
