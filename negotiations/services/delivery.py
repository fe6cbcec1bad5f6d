"""What a person decides of a delivery that failed for good: send it once more, or give it up."""

from __future__ import annotations

from datetime import datetime

from negotiations.models import Delivery, Suppression
from negotiations.rules.codes import DeliveryState, DeliveryTrouble


def try_again(delivery: Delivery, *, now: datetime) -> bool:
    """Have a failed delivery sent anew, under the same Message-ID; False where it is not one that failed.

    Its attempts begin anew. What it tells is written under its recipient's rights of the moment it leaves.
    """
    failed = Delivery.objects.filter(pk=delivery.pk, state=DeliveryState.FAILED)
    again = {"state": DeliveryState.WAITING, "attempts": 0, "next_try_at": now, "settled_at": None, "trouble": ""}
    return bool(failed.update(**again))


def give_up(delivery: Delivery, *, now: datetime) -> bool:
    """Send a failed delivery no more; its row stays and says so. False where it is not one that failed."""
    failed = Delivery.objects.filter(pk=delivery.pk, state=DeliveryState.FAILED)
    return bool(
        failed.update(state=DeliveryState.WITHHELD, settled_at=now, next_try_at=None, trouble=DeliveryTrouble.GIVEN_UP)
    )


def lift_suppression(suppression: Suppression, *, now: datetime) -> bool:
    """Let digests go to an address again; False where that was done already."""
    return bool(Suppression.objects.filter(pk=suppression.pk, lifted_at__isnull=True).update(lifted_at=now))
