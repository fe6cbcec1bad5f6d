"""A page deep in a long list takes no longer than the first one."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test import Client, RequestFactory
from rest_framework.request import Request

from negotiations.api.pagination import signer_of
from negotiations.models import Claim
from negotiations.rules.codes import ClaimKind
from negotiations.rules.marking import ANYBODY
from tests.factories import START, Talks, talks

from .rounds import IS_BENCH, Ratio, Variant, compare, judge, tell

ROWS = 100_000 if IS_BENCH else 300
CLAIMS = "/api/v1/negotiations/two-shores/claims/"


def grow(small: Talks) -> list[Claim]:
    """That many claims, one a minute, without entries: the transaction is taken back."""
    rows = (
        Claim(
            negotiation=small.negotiation,
            ref=f"K{number + 100}",
            claimant=small.north,
            kind=ClaimKind.FULFILLED,
            text="It was done.",
            said_at=START + timedelta(minutes=number),
            version=1,
        )
        for number in range(ROWS)
    )
    return Claim.objects.bulk_create(rows, batch_size=5000)


def cursor_after(row: Claim) -> str:
    """The cursor that a reader who came all the way would hold."""
    request = Request(RequestFactory().get(CLAIMS, {"limit": 100}))
    after = [row.said_at.isoformat(), str(row.public_id)]
    return signer_of(request, ANYBODY).sign_object({"after": after})


@pytest.mark.full
@pytest.mark.django_db
def test_a_deep_page_is_as_fast_as_the_first() -> None:
    with transaction.atomic():
        found = measure()
        transaction.set_rollback(True)
    tell("deep page against the first page", {name: ratio.told() for name, ratio in found.items()})
    judge(found, {"deep page": 0.9})


def measure() -> dict[str, Ratio]:
    rows = grow(talks())
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        cursor.execute("ANALYZE negotiations_claim")
    # Newest first: the oldest hundred and some are the last pages.
    deep, client, refs = {"limit": 100, "cursor": cursor_after(rows[150])}, Client(), []
    for query in ({"limit": 100}, deep):
        page = client.get(CLAIMS, query).json()
        refs.append([one["ref"] for one in page["results"]])
    assert refs[1] == [row.ref for row in reversed(rows[50:150])]
    assert len(refs[0]) == 100
    times = 10 if IS_BENCH else 1
    return compare(
        Variant(lambda: client.get(CLAIMS, {"limit": 100}), times),
        {"deep page": Variant(lambda: client.get(CLAIMS, deep), times)},
    )
