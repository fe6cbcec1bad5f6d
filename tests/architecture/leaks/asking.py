"""Asking an address as somebody, and looking through everything that comes back."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db import transaction
from django.http.response import HttpResponseBase
from django.test import Client

from negotiations.models import Actor, Entry, MarkedItem, Negotiation

from .words import PLANTED, forbidden
from .world import World

# Each address of each route is asked in each way by everybody in the full run only.
IS_FULL = os.environ.get("TEST_FULL") == "true"
UUIDS = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
REFS = re.compile(r"\b[A-Z]{1,2}-[0-9A-Z]{3,5}\b")
# What is of the single request and never twice the same.
ONCE = re.compile(
    r'name="csrfmiddlewaretoken" value="\w+"|"request_id": ?"[\w-]+"|<code[^>]*>[0-9a-f-]{32,36}</code>'
    r'|name="once" value="\w+"|name="whose" value="[\w:-]+"|nonce-[\w+/=-]+'
)
SINGLE = frozenset({"X-Request-ID", "RateLimit-Remaining", "RateLimit-Reset", "Content-Length", "ETag"})


@dataclass
class Answer:
    """All that a reader receives, as text."""

    status: int
    headers: dict[str, str]
    body: str
    cookies: list[str] = field(default_factory=list)

    def everything(self) -> str:
        return "\n".join([*map(": ".join, self.headers.items()), *self.cookies, self.body])

    def lasting(self, *named: str) -> tuple[int, dict[str, str], str]:
        """The answer but for what is of the single request; what the caller named themselves stands as `NAMED`."""
        asked = re.compile("|".join(rf"(?:(?<![\w-])|(?<=%..)){re.escape(one)}(?![\w-])" for one in named) or r"(?!)")
        headers = {name: asked.sub("NAMED", value) for name, value in self.headers.items() if name not in SINGLE}
        return self.status, headers, asked.sub("NAMED", ONCE.sub("", self.body))


def ask(client: Client, method: str, path: str, sent: Any = None, **headers: str) -> Answer:
    """Ask and undo whatever the asking changed."""
    options: dict[str, Any] = {"headers": headers} if headers else {}
    if sent is not None and method not in ("get", "head"):
        options["data"] = sent
        if path.startswith("/api/"):
            options["content_type"] = "application/json"
    cookies = client.cookies.copy()
    with transaction.atomic():
        answer = received(getattr(client, method)(path, **options))
        transaction.set_rollback(True)
    answer.cookies = [str(one) for name, one in client.cookies.items() if name not in ("csrftoken", "sessionid")]
    client.cookies = cookies
    return answer


def received(response: HttpResponseBase) -> Answer:
    whole = b"".join(response) if response.streaming else response.content  # type: ignore[attr-defined]
    return Answer(response.status_code, dict(response.headers), whole.decode("utf-8", "replace"))


@dataclass
class Watch:
    """What one person must never receive."""

    words: set[str]
    ids: set[str]
    refs: set[str]

    def found_in(self, answer: Answer, path: str, sent: str = "") -> set[str]:
        """What of it is in the answer, but for what the person sent themselves."""
        text = answer.everything()
        lower = text.lower()
        found = set(PLANTED.findall(lower)) & self.words
        found |= set(UUIDS.findall(lower)) & self.ids
        found |= set(REFS.findall(text)) & self.refs
        return {one for one in found if one not in path and one not in sent}


def watch(world: World, who: str) -> Watch:
    """The words, ids and refs hidden from somebody."""
    viewer = world.viewer(who)
    ids, refs = set(), set()
    for row in hidden_rows(world, who):
        ids.add(str(row.public_id))
        if "-" in (ref := str(getattr(row, "ref", ""))):
            refs.add(ref)
    ids |= {str(one.public_id) for one in world.hidden if not isinstance(one, MarkedItem) and not world.sees(who, one)}
    unseen = Actor.objects.exclude(pk__in=Actor.objects.visible_to(viewer))
    ids |= {str(actor.public_id) for actor in unseen}
    return Watch(forbidden(who), ids - withdrawn(world), refs - withdrawn(world))


def hidden_rows(world: World, who: str) -> Iterator[Any]:
    viewer = world.viewer(who)
    for kind in apps.get_app_config("negotiations").get_models():
        if issubclass(kind, (MarkedItem, Negotiation)):
            yield from kind.objects.exclude(pk__in=kind.objects.visible_to(viewer))  # type: ignore[attr-defined]
    yield from Entry.objects.exclude(pk__in=Entry.objects.visible_to(viewer))


def withdrawn(world: World) -> set[str]:
    """Ids and refs that were public once: a tombstone may name them, so that a follower can forget them."""
    once = [item for item in world.hidden if "kanarienarrowed" in str(getattr(item, "text", ""))]
    told = Entry.objects.filter(subject_id__in=[item.public_id for item in once])
    return {str(one.public_id) for one in (*once, *told)} | {item.ref for item in once}


def post_of(method: str, path: str) -> Mapping[str, Any] | None:
    """Something to send: nothing is filled in, so that only what comes before the form speaks."""
    return None if method in ("get", "head", "options", "delete") else {}
