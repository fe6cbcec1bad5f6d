"""What a person decides of a delivery that failed for good or may have arrived: send it once more, or leave it."""

from __future__ import annotations

from datetime import datetime

from negotiations.models import Delivery, Suppression
from negotiations.rules.codes import DeliveryState, DeliveryTrouble


def try_again(delivery: Delivery, *, now: datetime) -> bool:
    """Have an undecided delivery sent anew, under the same Message-ID; False where it is not one.

    Its attempts begin anew. What it tells is written under its recipient's rights of the moment it leaves.
    """
    again = {"state": DeliveryState.WAITING, "attempts": 0, "next_try_at": now, "settled_at": None, "trouble": ""}
    return bool(Delivery.objects.undecided().filter(pk=delivery.pk).update(**again))


def give_up(delivery: Delivery, *, now: datetime) -> bool:
    """Send a failed delivery no more; its row stays and says so. False where it is not one that failed."""
    failed = Delivery.objects.filter(pk=delivery.pk, state=DeliveryState.FAILED)
    return bool(
        failed.update(state=DeliveryState.WITHHELD, settled_at=now, next_try_at=None, trouble=DeliveryTrouble.GIVEN_UP)
    )


def let_be(delivery: Delivery) -> bool:
    """Leave one of unknown outcome at that: it may have arrived, so corrections still follow it. False for others."""
    unknown = Delivery.objects.undecided().filter(pk=delivery.pk, state=DeliveryState.UNKNOWN)
    return bool(unknown.update(trouble=DeliveryTrouble.LET_BE))


def lift_suppression(suppression: Suppression, *, now: datetime) -> bool:
    """Let digests go to an address again; False where that was done already."""
    return bool(Suppression.objects.filter(pk=suppression.pk, lifted_at__isnull=True).update(lifted_at=now))
