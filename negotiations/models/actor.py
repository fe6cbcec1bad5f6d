"""Actors: the registry that all negotiations share."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from negotiations.rules.codes import ActorKind
from negotiations.rules.marking import Viewer

from .base import Tracked, code, known
from .party import Party, ThirdParty


class ActorQuerySet(models.QuerySet["Actor"]):
    """Actors; a reader sees those that something they may see refers to."""

    def visible_to(self, viewer: Viewer) -> Self:
        seats = Party.objects.visible_to(viewer).filter(actor=OuterRef("pk"))
        roles = ThirdParty.objects.visible_to(viewer).filter(actor=OuterRef("pk"))
        return self.filter(Q(Exists(seats)) | Q(Exists(roles)))


class Actor(Tracked):
    """A state, group, authority or organisation that acts or speaks in negotiations.

    `short` is the letter or two that mark it in tables, the same for everybody; no flags, no colours.
    """

    kind = code(ActorKind)
    name = models.CharField(max_length=160)
    name_ar = models.CharField(max_length=160, blank=True)
    short = models.CharField(max_length=6)
    aliases = models.JSONField(default=list, blank=True)
    country_code = models.CharField(max_length=3, blank=True, help_text="ISO 3166-1")

    objects = ActorQuerySet.as_manager()

    class Meta(Tracked.Meta):
        constraints = [
            # Names are not unique: who may not see an actor may register another one of its name,
            # because a refusal would tell that it is there.
            *known("actor", kind=ActorKind),
        ]

    def __str__(self) -> str:
        return self.name
