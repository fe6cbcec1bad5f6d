"""Kinds of fields that several verbs take."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from django.db.models import Model
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from negotiations.models import (
    Actor,
    Clause,
    Condition,
    Dispute,
    Gate,
    Instrument,
    Meeting,
    Negotiation,
    Note,
    Organisation,
    Party,
    Phase,
    Proposal,
    ProposalVersion,
    Source,
    ThirdParty,
    User,
)

from .scope import Scope

# What a moment and a length of time may be at most: their sums stay within what a clock can show.
EARLIEST, LATEST = datetime(1800, 1, 1, tzinfo=UTC), datetime(3000, 1, 1, tzinfo=UTC)
LONGEST = timedelta(days=36_525)
# Longest list of related items; more is no single statement.
MOST = 100
# Longest name of an item.
NAME = 160
UNKNOWN: dict[type[Model], str] = {
    Actor: gettext_noop("There is no such actor."),
    Clause: gettext_noop("There is no such clause."),
    Condition: gettext_noop("There is no such condition."),
    Dispute: gettext_noop("There is no such dispute."),
    Gate: gettext_noop("There is no such gate."),
    Instrument: gettext_noop("There is no such text."),
    Meeting: gettext_noop("There is no such meeting."),
    Negotiation: gettext_noop("There is no such negotiation."),
    Note: gettext_noop("There is no such note."),
    Organisation: gettext_noop("There is no such organisation."),
    Party: gettext_noop("There is no such party."),
    Phase: gettext_noop("There is no such phase."),
    Proposal: gettext_noop("There is no such proposal."),
    ProposalVersion: gettext_noop("There is no such version."),
    Source: gettext_noop("There is no such source."),
    ThirdParty: gettext_noop("There is no such third party."),
    User: gettext_noop("There is no such member."),
}


def text(longest: int, **options: Any) -> serializers.CharField:
    """Words of at most so many characters, none if left out."""
    options = {"required": False, "allow_blank": True, "default": "", **options}
    return serializers.CharField(max_length=longest, **options)


def texts() -> serializers.DictField:
    """A text in several languages, by their codes."""
    one = serializers.CharField(max_length=400_000, allow_blank=True)
    return serializers.DictField(child=one, required=False, help_text="By language.")


def words(longest: int) -> serializers.ListField:
    """A short list of names or codes."""
    return serializers.ListField(child=serializers.CharField(max_length=longest), max_length=MOST, required=False)


class Moment(serializers.DateTimeField):
    """An absolute moment. Without an offset nobody knows which one is meant, so it is refused.

    `is_past` refuses what is still to come, for what can only be told once it was so.
    """

    def __init__(self, *, is_past: bool = False, **options: Any) -> None:
        self.is_past = is_past
        super().__init__(**options)

    def to_internal_value(self, value: Any) -> datetime:
        moment: datetime = super().to_internal_value(value)
        if isinstance(value, str) and has_no_offset(value):
            raise serializers.ValidationError(
                _("Give the moment with its offset, such as 2025-12-08T12:00:00Z."), code="no_offset"
            )
        if not EARLIEST <= moment < LATEST:
            raise serializers.ValidationError(_("Give a moment between the years 1800 and 3000."), code="out_of_range")
        if self.is_past and moment > timezone.now():
            raise serializers.ValidationError(
                _("This moment lies in the future; give the moment at which it was so."), code="future_moment"
            )
        return moment


def has_no_offset(text: str) -> bool:
    """Whether the text names a moment by a clock nobody can tell the place of."""
    try:
        found = parse_datetime(text)
    except ValueError:
        return False
    return found is not None and found.tzinfo is None


class Span(serializers.DurationField):
    """A length of time, ISO 8601 (`P30D`, `-PT12H`), short enough that every moment counted by it can be told."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"min_value": -LONGEST, "max_value": LONGEST, **options})


@extend_schema_field({"type": "string", "maxLength": NAME})
class Related(serializers.Field[Any, Any, Any, Any]):
    """One item by its id, or by what people call it; one that the caller may not see is unknown."""

    def __init__(self, kind: type[Model], *, anywhere: bool = False, **options: Any) -> None:
        self.kind, self.anywhere = kind, anywhere
        super().__init__(**{"help_text": called(kind, anywhere=anywhere), **options})

    def to_internal_value(self, data: Any) -> Any:
        name = serializers.CharField(max_length=NAME).run_validation(data)
        scope: Scope = self.context["scope"]
        found = scope.find(self.kind, [name], anywhere=self.anywhere)
        if name not in found:
            raise serializers.ValidationError(_(UNKNOWN[self.kind]), code="does_not_exist")
        return found[name]


class RelatedList(serializers.ListField):
    """Items by their ids or what people call them, each once."""

    def __init__(self, kind: type[Model], **options: Any) -> None:
        self.kind = kind
        child = serializers.CharField(max_length=NAME, help_text=called(kind))
        super().__init__(child=child, max_length=MOST, **options)

    def to_internal_value(self, data: Any) -> list[Any]:
        names: list[str] = super().to_internal_value(data)
        scope: Scope = self.context["scope"]
        found = scope.find(self.kind, names) if names else {}
        unknown = serializers.ErrorDetail(_(UNKNOWN[self.kind]), code="does_not_exist")
        wrong: dict[Any, Any] = {index: [unknown] for index, name in enumerate(names) if name not in found}
        if wrong:
            raise serializers.ValidationError(wrong)
        return list(dict.fromkeys(found[name] for name in names))


def called(kind: type[Model], *, anywhere: bool = False) -> str:
    """How a caller names an item of a kind."""
    special: dict[type[Model], str] = {
        Party: "Id of the seat or of its actor.",
        Phase: "Id or number of a phase.",
        User: "Id or user name of a member.",
        Negotiation: "Id or slug of a negotiation.",
        Organisation: "Id or name of an organisation.",
    }
    if kind in special:
        return special[kind]
    word = kind._meta.verbose_name
    has_ref = bool(getattr(kind, "REF_PREFIX", "")) and not anywhere
    return f"Id or ref of a {word} of this negotiation." if has_ref else f"Id of a {word}."
