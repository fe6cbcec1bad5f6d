"""Addresses that a webhook may have, and signatures that receivers can check."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from standardwebhooks.webhooks import Webhook as Library
from standardwebhooks.webhooks import WebhookVerificationError

from negotiations.rules.networks import networks
from negotiations.rules.webhook import AddressRefused, check_url, secret_of, signature


@pytest.mark.parametrize(
    "url", ["https://hooks.example.org/", "https://hooks.example.org:8443/a?b=c", "https://8.8.8.8/", "https://xn--a/"]
)
def test_it_takes_https(url: str) -> None:
    check_url(url, may_be_plain=False)


@pytest.mark.parametrize(
    "url",
    [
        "http://hooks.example.org/", "ftp://hooks.example.org/", "//hooks.example.org/", "https://", "https:///x", "",
        "https://user@hooks.example.org/", "https://user:word@hooks.example.org/", "https://hooks.example.org/#x",
        "https://hooks.example.org:0/", "https://hooks.example.org:99999/", "https://hooks.example.org/a b",
        "https://hooks.example.org/\r\nX: y", "https://höks.example.org/", "https://good.org\\@evil.org/",
        "https://127.0.0.1/", "https://[::1]/", "https://169.254.169.254/latest", "https://[::ffff:8.8.8.8]/",
        "https://[broken/", "https://hooks.example.org/" + "x" * 500, "javascript:alert(1)",
    ],
)  # fmt: skip
def test_it_refuses_what_nothing_may_be_sent_to(url: str) -> None:
    with pytest.raises(AddressRefused) as refused:
        check_url(url, may_be_plain=False)
    assert list(refused.value.fields) == ["url"]


def test_plain_http_is_for_this_machine_and_networks_for_who_allows_them() -> None:
    check_url("http://127.0.0.1:9000/", may_be_plain=True, allowed=networks(["127.0.0.0/8"]))
    with pytest.raises(AddressRefused):
        check_url("http://127.0.0.1:9000/", may_be_plain=True)


def test_receivers_check_a_signature_with_the_library() -> None:
    secret, body, at = secret_of(b"k" * 32), json.dumps({"type": "test", "é": "ب"}).encode(), datetime.now(UTC)
    headers = {
        "webhook-id": "one",
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": signature(secret, message_id="one", at=at, body=body),
    }
    assert Library(secret).verify(body, headers)["type"] == "test"
    for wrong in ({**headers, "webhook-id": "two"}, {**headers, "webhook-timestamp": str(int(at.timestamp()) - 1)}):
        with pytest.raises(WebhookVerificationError):
            Library(secret).verify(body, wrong)
