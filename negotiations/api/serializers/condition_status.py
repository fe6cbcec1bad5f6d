"""What a caller sends to assess where a condition stands."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from rest_framework import serializers

from negotiations.models import Actor, Condition, Party, Source, User
from negotiations.rules.codes import (
    ConditionStatus,
    Credibility,
    TranslatedBy,
    VerificationMethod,
    VerifiedBy,
    VerifierAccess,
)
from negotiations.rules.marking import Viewer
from negotiations.services.act import Act, Cite
from negotiations.services.finding import Finding

from .fields import code


def text(longest: int, **options: Any) -> serializers.CharField:
    options = {"required": False, "allow_blank": True, "default": "", **options}
    return serializers.CharField(max_length=longest, **options)


class CitationWrite(serializers.Serializer[Any]):
    """A passage of a source that the change rests on."""

    source = serializers.CharField(  # type: ignore[assignment]  # the document's own word
        max_length=40, help_text="Id or ref of a source of this negotiation."
    )
    credibility = code(Credibility, required=False, default=Credibility.CANNOT_BE_JUDGED)
    quote = text(4000, help_text="In its original language.")
    quote_language = text(8)
    translation = text(4000)
    translated_by = code(TranslatedBy, required=False, allow_blank=True, default="")
    translator = text(120)
    locator = text(120, help_text="Page, paragraph or minute.")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if attrs["translation"] and not attrs["translated_by"]:
            raise serializers.ValidationError({"translated_by": _("Say whether a person or a machine translated it.")})
        return attrs


class VerificationWrite(serializers.Serializer[Any]):
    """Whose word it is, how it was found, with what access, when."""

    by = code(VerifiedBy)
    actor = serializers.UUIDField(required=False, allow_null=True, default=None, help_text="The third party.")
    method = code(VerificationMethod, required=False, allow_blank=True, default="")
    access = code(VerifierAccess, required=False, allow_blank=True, default="")
    at = serializers.DateTimeField(required=False, allow_null=True, default=None)


class ConditionStatusWrite(serializers.Serializer[Any]):
    """Where the condition stands, why, and on which sources."""

    status = code(ConditionStatus)
    reason = serializers.CharField(max_length=4000, allow_blank=True)
    citations = CitationWrite(many=True, required=False, default=list)
    no_source_reason = text(1000, help_text="Why there is no citable source, if there is none.")
    effective_at = serializers.DateTimeField(
        required=False, allow_null=True, default=None, help_text="When it was so in the world; now if left out."
    )
    verification = VerificationWrite(required=False, allow_null=True, default=None)
    value = serializers.DecimalField(
        max_digits=16, decimal_places=4, required=False, allow_null=True, default=None, help_text="The measure so far."
    )
    waived_by = serializers.UUIDField(
        required=False, allow_null=True, default=None, help_text="The party that waives: id of its seat or its actor."
    )
    suspended_until = text(300, help_text="What the obligor says it waits for.")

    def validate_citations(self, cited: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Swap ids and refs for sources; one the caller may not see is as unknown as one that is not there."""
        known = _sources(self._viewer, self._condition, [one["source"] for one in cited])
        wrong = {
            i: {"source": [_("There is no such source.")]} for i, one in enumerate(cited) if one["source"] not in known
        }
        if wrong:
            raise serializers.ValidationError([wrong.get(i, {}) for i in range(len(cited))])
        return [one | {"source": known[one["source"]]} for one in cited]

    def validate_verification(self, found: dict[str, Any] | None) -> dict[str, Any] | None:
        if found is None:
            return None
        actor = None
        if found["actor"] is not None:
            actor = _seen(Actor.objects.visible_to(self._viewer), Q(public_id=found["actor"]), "actor")
        return found | {"actor": actor}

    def validate_waived_by(self, key: UUID | None) -> Party | None:
        if key is None:
            return None
        parties = Party.objects.visible_to(self._viewer).filter(negotiation=self._condition.negotiation_id)
        found: Party = _seen(parties, Q(public_id=key) | Q(actor__public_id=key), "")
        return found

    def change(self, *, actor: User | AnonymousUser, request_id: str) -> dict[str, Any]:
        """What was sent as the verb takes it."""
        sent = self.validated_data
        verified = sent["verification"] or {"by": "", "actor": None, "method": "", "access": "", "at": None}
        return {
            "act": Act(
                actor=actor if isinstance(actor, User) else None,
                reason=sent["reason"],
                cites=tuple(Cite(**one) for one in sent["citations"]),
                no_source_reason=sent["no_source_reason"],
                effective_at=sent["effective_at"],
                request_id=request_id,
            ),
            "status": sent["status"],
            "finding": Finding(
                verified_by=verified["by"],
                verified_by_actor=verified["actor"],
                verification_method=verified["method"],
                verification_access=verified["access"],
                verified_at=verified["at"],
                value=sent["value"],
                waived_by=sent["waived_by"],
                suspended_until=sent["suspended_until"],
            ),
        }

    @property
    def _viewer(self) -> Viewer:
        viewer: Viewer = self.context["viewer"]
        return viewer

    @property
    def _condition(self) -> Condition:
        condition: Condition = self.context["condition"]
        return condition


def _sources(viewer: Viewer, condition: Condition, names: list[str]) -> dict[str, Source]:
    """Sources of the negotiation by the names they were called by."""
    ids = [key for key in map(_uuid, names) if key is not None]
    rows = Source.objects.visible_to(viewer).filter(negotiation=condition.negotiation_id)
    found: dict[str, Source] = {}
    for row in rows.filter(Q(ref__in=names) | Q(public_id__in=ids)):
        found |= {name: row for name in names if name == row.ref or _uuid(name) == row.public_id}
    return found


def _uuid(name: str) -> UUID | None:
    try:
        return UUID(name)
    except ValueError:
        return None


def _seen(rows: QuerySet[Any, Any], which: Q, field: str) -> Any:
    row = rows.filter(which).first()
    if row is None:
        wrong = _("There is nothing here by this id.")
        raise serializers.ValidationError({field: wrong} if field else wrong)
    return row
