"""What a batch of deliveries shares, asked once for all: rights, negotiations, corrections owed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from negotiations.models import Condition, Delivery, Membership, Negotiation, Stream, User
from negotiations.rules.codes import Marking, Role
from negotiations.rules.marking import ANYBODY, Seat, Viewer

from .chasing import owed_in


@dataclass(frozen=True, slots=True)
class Batch:
    """Four or five queries however many deliveries there are; rights are those held when it was made.

    `heads` say how far each record had come: what was drawn before somebody wrote more is not used again.
    `ends` are the same as numbers: where the windows of negotiations begin and end in which nothing happened.
    """

    viewers: Mapping[int, Viewer]
    negotiations: Mapping[int, Negotiation]
    heads: Mapping[int, str]
    ends: Mapping[int, int]
    owed: Mapping[int | None, frozenset[int]]
    owners: frozenset[tuple[int, int]]


def batch_of(deliveries: Iterable[Delivery]) -> Batch:
    rows = list(deliveries)
    viewers = viewers_of(delivery.user for delivery in rows)
    ids = {negotiation for delivery in rows for negotiation in asked(delivery, viewers[delivery.user_id])}
    streams = list(Stream.objects.filter(negotiation__in=ids).select_related("negotiation"))
    registry = Stream.objects.filter(negotiation=None).values_list("head", flat=True).first() or 0
    return Batch(
        viewers=viewers,
        negotiations={stream.negotiation.pk: stream.negotiation for stream in streams if stream.negotiation},
        heads={
            stream.negotiation_id: f"{stream.head}.{stream.head_hash}.{registry}"
            for stream in streams
            if stream.negotiation_id
        },
        ends={stream.negotiation_id: stream.head for stream in streams if stream.negotiation_id},
        owed={pk: frozenset(owed) for pk, owed in owed_in(rows).items()},
        owners=_owners({delivery.user_id for delivery in rows}, ids),
    )


def asked(delivery: Delivery, viewer: Viewer) -> set[int]:
    """The negotiations a letter may speak of; those in which nothing happened where that is told as well."""
    within, wish = {int(negotiation) for negotiation in delivery.ranges}, delivery.subscription
    if wish.is_told_nothing:
        within |= set(viewer.seats) if wish.negotiation_id is None else {wish.negotiation_id}
    return within


def _owners(people: Iterable[int], negotiations: Iterable[int]) -> frozenset[tuple[int, int]]:
    """Who keeps anything current where: their letters are looked at one by one. What they see is asked there."""
    rows = Condition.objects.filter(owner__in=list(people), negotiation__in=list(negotiations)).order_by()
    return frozenset(rows.values_list("owner_id", "negotiation_id").distinct())


def viewers_of(people: Iterable[User]) -> dict[int, Viewer]:
    """The viewers behind several accounts with the seats held now, as `viewer_for` finds one: one query."""
    active = {person.pk: person.is_active for person in people}
    seats: dict[int, dict[int, Seat]] = {pk: {} for pk, is_active in active.items() if is_active}
    rows = Membership.objects.filter(user__in=list(seats), ended_at__isnull=True).values_list(
        "user_id", "negotiation_id", "role", "clearance", "organisation_id"
    )
    for user, negotiation, role, clearance, organisation in rows:
        seats[user][negotiation] = Seat(Role(role), Marking(clearance), organisation)
    return {pk: Viewer(pk, seats[pk]) if pk in seats else ANYBODY for pk in active}
