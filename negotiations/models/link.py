"""Links: how conditions hang together."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from negotiations.rules.codes import LinkType

from .base import MarkedItem, code, known, marked


class Link(MarkedItem):
    """A directed tie between two conditions: `condition` requires, triggers or answers `other`.

    Circles are legal: they happen in reality and are shown as a mutual precondition.
    `ratio` is units of `condition` for one unit of `other`.
    """

    IS_STRUCTURE = True

    condition = models.ForeignKey("negotiations.Condition", on_delete=models.PROTECT, related_name="links")
    other = models.ForeignKey("negotiations.Condition", on_delete=models.PROTECT, related_name="linked_from")
    type = code(LinkType)
    offset = models.DurationField(null=True, blank=True)
    ratio = models.DecimalField(max_digits=12, decimal_places=4, null=True, blank=True)
    clause = models.ForeignKey("negotiations.Clause", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta(MarkedItem.Meta):
        constraints = [
            *marked("link"),
            *known("link", type=LinkType),
            models.UniqueConstraint(
                fields=["condition", "other", "type"], condition=Q(withdrawn_at__isnull=True), name="link_once"
            ),
            models.CheckConstraint(name="link_not_to_itself", condition=~Q(condition=F("other"))),
            models.CheckConstraint(name="link_ratio_positive", condition=Q(ratio__isnull=True) | Q(ratio__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.condition_id} {self.type} {self.other_id}"
