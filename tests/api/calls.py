"""How tests call the interface."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.http import HttpResponse
from django.test import Client

from negotiations.models import Condition

STATE = "/api/v1/negotiations/two-shores/state/"
LIST = "/api/v1/negotiations/"


def condition_url(condition: Condition) -> str:
    return f"/api/v1/conditions/{condition.public_id}/"


def status_url(condition: Condition | None = None) -> str:
    return f"/api/v1/conditions/{condition.public_id if condition else uuid4()}/status/"


def change(**sent: Any) -> dict[str, Any]:
    """A body that a rule would accept."""
    return {
        "status": "in_progress",
        "reason": "Posts were seen moving.",
        "citations": [{"source": "S1", "credibility": "2"}],
        **sent,
    }


def post(client: Client, condition: Condition | None, body: Any, *, version: int | None = None) -> HttpResponse:
    """Send a change of status; `version` None sends no If-Match."""
    headers = {"if-match": f'"v{version}-0"'} if version is not None else {}
    return client.post(status_url(condition), body, content_type="application/json", headers=headers)


def lasting(response: HttpResponse) -> dict[str, str]:
    """The headers of an answer but for what names or counts the single request."""
    single = ("X-Request-ID", "RateLimit-Remaining", "RateLimit-Reset")
    return {name: value for name, value in response.headers.items() if name not in single}


def without_request_id(response: HttpResponse) -> dict[str, Any]:
    """The body and headers of a refusal but for what names or counts the single request."""
    body = {name: value for name, value in response.json().items() if name != "request_id"}
    headers = {name: value for name, value in lasting(response).items() if name != "Content-Length"}
    return {"status": response.status_code, "body": body, "headers": headers}
