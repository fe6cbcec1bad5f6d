"""Addresses that bounce or complain get no digests; mail about an account always goes."""

from __future__ import annotations

import json
from types import SimpleNamespace

import pytest
from anymail.signals import tracking
from django.core import mail
from django.test import Client
from pytest_django.fixtures import Settings

from negotiations.digests.suppression import suppress, suppressed
from negotiations.models import Suppression
from negotiations.rules.codes import SuppressionCause
from negotiations.services.mail import tell
from tests.factories import Talks

from .world import reachable

pytestmark = pytest.mark.django_db


def told(kind: str, address: str = "Reader@example.org") -> None:
    tracking.send(sender=object(), event=SimpleNamespace(event_type=kind, recipient=address), esp_name="Postmark")


@pytest.mark.parametrize(
    ("kind", "cause"), [("bounced", SuppressionCause.BOUNCED), ("complained", SuppressionCause.COMPLAINED)]
)
def test_what_a_provider_tells_stops_digests_to_an_address(kind: str, cause: str) -> None:
    told(kind)
    assert suppressed(["reader@EXAMPLE.org", "other@example.org", ""]) == {"reader@example.org"}
    assert Suppression.objects.get().cause == cause


@pytest.mark.parametrize("kind", ["delivered", "opened", "clicked", "deferred", "sent"])
def test_nothing_else_that_a_provider_tells_does(kind: str) -> None:
    told(kind)
    assert not Suppression.objects.exists()


def test_an_address_is_suppressed_once() -> None:
    suppress("reader@example.org", SuppressionCause.BOUNCED)
    suppress("READER@example.org", SuppressionCause.COMPLAINED)
    assert Suppression.objects.get().cause == SuppressionCause.BOUNCED


def test_mail_about_an_account_goes_all_the_same(talks: Talks) -> None:
    user = reachable(talks.cast.analyst)
    suppress(user.email, SuppressionCause.COMPLAINED)
    tell(user, "account/email/password_changed", request=None, ip="", timestamp=None, user_agent="")
    assert [message.to for message in mail.outbox] == [[user.email]]


@pytest.fixture
def provider(settings: Settings) -> None:
    """A provider's webhook, in an address list of its own."""
    settings.ROOT_URLCONF = "tests.digests.provider_urls"
    settings.ANYMAIL = {"WEBHOOK_SECRET": "desk:long-secret"}


BOUNCE = json.dumps(
    {"RecordType": "Bounce", "Type": "HardBounce", "TypeCode": 1, "Email": "reader@example.org", "MessageID": "x",
     "BouncedAt": "2026-01-09T10:00:00Z", "ID": 1}
)  # fmt: skip


def post(client: Client, **headers: str) -> int:
    answer = client.post("/anymail/postmark/tracking/", BOUNCE, content_type="application/json", headers=headers)
    return answer.status_code


def test_the_provider_proves_itself(client: Client, provider: None) -> None:
    assert post(client) == 400
    assert not Suppression.objects.exists()
    assert post(client, authorization="Basic ZGVzazpsb25nLXNlY3JldA==") == 200
    assert Suppression.objects.get().address == "reader@example.org"


def test_an_address_is_known_again_however_its_domain_is_written() -> None:
    suppress("reader@xn--bcher-kva.example", SuppressionCause.BOUNCED)
    assert suppressed(["Reader@Bücher.example"]) == {"reader@xn--bcher-kva.example"}
