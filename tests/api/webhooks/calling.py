"""How these tests make a webhook, tell it something and read its log."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.test import Client

from negotiations.models import Entry
from negotiations.webhooks.consumer import make_deliveries
from tests.factories import Talks
from tests.services import facts

WEBHOOKS = "/api/v1/webhooks/"
RECORD = "/api/v1/negotiations/two-shores/record/"
URL = "https://hooks.example.org/in"
JSON = "application/json"


def make(client: Client, **sent: Any) -> HttpResponse:
    return client.post(WEBHOOKS, {"name": "Map", "url": URL, **sent}, content_type=JSON)


def told(small: Talks, **fields: Any) -> Entry:
    """A claim, told to the webhooks."""
    facts.claim(small, **fields)
    entry = Entry.objects.filter(negotiation=small.negotiation).latest("seq")
    make_deliveries(entry)
    return entry


def log(client: Client, made: HttpResponse) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = client.get(made.json()["urls"]["deliveries"]).json()["results"]
    return found


def under(key: str) -> dict[str, str]:
    return {"idempotency-key": key}


def replay(client: Client, made: HttpResponse, **sent: Any) -> HttpResponse:
    sent = {"negotiation": "two-shores", **sent}
    return client.post(f"{made.headers['Location']}replay/", sent, content_type=JSON)
