"""What a subscription asks for, apart from whose it is: those who wish the same are written the same."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from negotiations.models import Subscription
from negotiations.rules.codes import Urgency


@dataclass(frozen=True, slots=True)
class Wishes:
    """The part of a subscription that decides which changes are told."""

    subject_type: str
    subject_id: UUID | None
    view: int | None
    verbs: frozenset[str]
    least_urgency: str

    @property
    def is_whole(self) -> bool:
        """Whether all of a negotiation is asked for, so that what follows from its changes is told as well."""
        return self.subject_id is None and self.view is None and not self.verbs

    @property
    def is_narrowed(self) -> bool:
        """Whether some changes of what is watched are left out, so that none of those wanted is not none at all."""
        return self.view is not None or bool(self.verbs) or self.least_urgency != Urgency.ROUTINE


def wishes_of(subscription: Subscription) -> Wishes:
    return Wishes(
        subject_type=subscription.subject_type,
        subject_id=subscription.subject_id,
        view=subscription.view_id,
        verbs=frozenset(subscription.verbs),
        least_urgency=subscription.least_urgency,
    )
