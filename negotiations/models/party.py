"""Parties and third parties: the seats actors take in a negotiation."""

from __future__ import annotations

from django.db import models

from negotiations.rules.codes import ThirdPartyRole

from .base import MarkedItem, code, known, marked


class Party(MarkedItem):
    """An actor's seat as one of the sides; parties are listed A-Z by their English name."""

    IS_STRUCTURE = True

    actor = models.ForeignKey("negotiations.Actor", on_delete=models.PROTECT, related_name="seats")
    represented_by = models.CharField(max_length=200, blank=True, help_text="Office-holders acting in their role.")

    class Meta(MarkedItem.Meta):
        constraints = [
            *marked("party"),
            models.UniqueConstraint(fields=["negotiation", "actor"], name="party_one_seat"),
        ]

    def __str__(self) -> str:
        return f"party {self.actor_id}"


class ThirdParty(MarkedItem):
    """An actor's role as an outsider: mediator, guarantor, monitor; one row for each role."""

    IS_STRUCTURE = True

    actor = models.ForeignKey("negotiations.Actor", on_delete=models.PROTECT, related_name="roles")
    role = code(ThirdPartyRole)
    represented_by = models.CharField(max_length=200, blank=True, help_text="Office-holders acting in their role.")

    class Meta(MarkedItem.Meta):
        constraints = [
            *marked("thirdparty"),
            *known("thirdparty", role=ThirdPartyRole),
            models.UniqueConstraint(fields=["negotiation", "actor", "role"], name="thirdparty_role_once"),
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.actor_id}"
