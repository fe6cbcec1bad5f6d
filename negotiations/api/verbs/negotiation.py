"""Verbs on negotiations as a whole."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers

from negotiations.models import Negotiation, Organisation, Tracked
from negotiations.rules.codes import Marking, NegotiationStatus
from negotiations.services.negotiation import change_negotiation_status, edit_negotiation, publish_negotiation
from negotiations.services.opening import open_and_lead, organisation_for

from ..serializers.fields import code
from .body import Body, Edit, ItemBody, Told
from .fields import Related, words
from .verb import Call, Verb

COLUMNS = (
    "title", "title_ar", "summary", "summary_ar", "talks_format", "ceasefire_class", "sides", "coverage_area",
    "purpose", "time_zone", "entry_into_force_at", "coverage_start", "coverage_end", "preceded_by",
    "pax_process_id", "pax_agreement_ids", "ucdp_conflict_id", "two_person_rule", "shows_gap",
    "mails_amber",
)  # fmt: skip


class OrganisationWrite(Body):
    """A body that people work for; one of the same name is taken from the registry."""

    name = serializers.CharField(max_length=160)
    byline = serializers.CharField(max_length=160, required=False, help_text="What public pages show of its people.")
    byline_ar = serializers.CharField(max_length=160, required=False, allow_blank=True)


class NegotiationWrite(Edit):
    """What is said of the negotiation itself."""

    pax_agreement_ids = words(32)

    class Meta:
        model = Negotiation
        fields = COLUMNS


class NegotiationNew(ItemBody):
    """A new negotiation, seen by its members alone until it is published."""

    pax_agreement_ids = words(32)
    marking = code(Marking, required=False)
    organisation = Related(
        Organisation, required=False, help_text="The one you open it for; left out, the one of your seats."
    )
    new_organisation = OrganisationWrite(required=False, help_text="For an administrator without a seat.")

    class Meta:
        model = Negotiation
        fields = (*COLUMNS, "marking", "organisation", "new_organisation")


class NegotiationStatusWrite(Told):
    """Where the talks stand."""

    status = code(NegotiationStatus)


class Publishing(Told):
    """Why it is opened to everybody."""

    reason = serializers.CharField(max_length=4000)


def open_it(call: Call) -> Tracked:
    """Open it for an organisation the caller works for; only an administrator may name another one."""
    values = dict(call.values)
    described: dict[str, Any] | None = values.pop("new_organisation", None)
    organisation = values.pop("organisation", None)
    if described is not None:
        if not call.person.is_staff:
            wrong = _("Only an administrator opens for an organisation that you have no seat for.")
            raise serializers.ValidationError({"new_organisation": wrong})
        organisation = organisation_for(act=call.act, **described)
    return open_and_lead(act=call.act, lead=call.person, organisation=organisation or own_organisation(call), **values)


def own_organisation(call: Call) -> Organisation:
    """The organisation of the caller's seats; asks which where there are several, or none."""
    ids = {seat.organisation_id for seat in call.viewer.seats.values() if seat.organisation_id is not None}
    if len(ids) != 1:
        raise serializers.ValidationError({"organisation": _("Say which organisation you open it for.")})
    return Organisation.objects.get(pk=ids.pop())


OPENING = Verb(
    name="negotiation.created",
    on=Negotiation,
    makes=Negotiation,
    body=NegotiationNew,
    run=open_it,
    summary="Open a negotiation and lead it",
    description="For whoever leads a negotiation, and for administrators. Its slug is made of the title and a random "
    "ending, so that nobody learns from it what others have opened. You become its lead.",
    example={
        "title": "Talks of the two shores",
        "time_zone": "Africa/Cairo",
        "talks_format": "proximity",
        "reason": "Both sides accepted to talk.",
    },
)
VERBS = (
    Verb(
        name="negotiation.edited",
        on=Negotiation,
        body=NegotiationWrite,
        run=lambda call: edit_negotiation(call.item, **call.amended),
        summary="Edit what is said of the negotiation itself",
        example={"entry_into_force_at": "2025-10-10T09:00:00Z", "reason": "Announced by both sides."},
    ),
    Verb(
        name="negotiation.status_changed",
        on=Negotiation,
        path="status",
        body=NegotiationStatusWrite,
        run=lambda call: change_negotiation_status(call.item, **call.amended),
        summary="Say where the talks stand",
        example={
            "status": "stalled",
            "reason": "No session since Monday.",
            "citations": [{"source": "S1", "credibility": "2"}],
        },
    ),
    Verb(
        name="negotiation.published",
        on=Negotiation,
        path="publish",
        body=Publishing,
        run=lambda call: publish_negotiation(call.item, **call.amended),
        summary="Open the TLP:CLEAR part to everybody",
        description="The TLP:GREEN part opens to every member of any negotiation.",
        example={"reason": "Both delegations agreed."},
    ),
)
