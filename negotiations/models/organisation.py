"""Organisations that people work for."""

from __future__ import annotations

from django.db import models

from .base import Tracked


class Organisation(Tracked):
    """The body a member belongs to: a mediator's office, a desk, a newsroom.

    TLP:AMBER+STRICT stays inside one of them. `byline` is the desk's name that public pages show
    in place of a person's.
    """

    name = models.CharField(max_length=160)
    byline = models.CharField(max_length=160)
    byline_ar = models.CharField(max_length=160, blank=True)

    class Meta(Tracked.Meta):
        constraints = [models.UniqueConstraint(fields=["name"], name="organisation_name_unique")]

    def __str__(self) -> str:
        return self.name
