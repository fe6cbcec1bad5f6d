"""Every address answers with the headers that protect its reader, and no page holds code of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser

import pytest
from django.db import transaction
from django.http.response import HttpResponseBase
from django.test import Client

from negotiations.models import Entry, User
from tests.factories import Talks, talks
from tests.routes import routes

PLACE = re.compile(r"<(?:\w+:)?(\w+)>|\(\?P<(\w+)>[^)]*\)")
NOWHERE = "5f0c7d3e-0f2b-4d0e-9b1a-2c1f3a4b5c6d"
# What other people's pages may show: the same bytes for everybody, whoever is signed in.
FRAMED = re.compile(r"(/ar)?/embed/|/api/v1/negotiations/[\w-]+/badge\.svg$")
# The same for everybody as well, but in nobody's page.
FOR_ALL = re.compile(r"(/ar)?/(verify_export\.py|n/[\w-]+/feed\.atom|api/v1/negotiations/[\w-]+/record\.atom)$")
# Without a worker the site is not ready, and says so.
NOT_READY = "/readyz"
READERS = ("anybody", "mediator", "administrator")


def addresses(small: Talks) -> Iterator[str]:
    """Each route once, filled with what is there where the small negotiation has it."""
    entry = str(Entry.objects.filter(negotiation=small.negotiation).latest("seq").public_id)
    there = {
        "conditions/ref": small.withdrawal.ref, "disputes/ref": small.dispute.ref, "sources/ref": small.source.ref,
        "phases/number": "1", "record/public_id": entry, "entries/public_id": entry, "updates/entry": entry,
        "entry/entry": entry, "write/noun": "claim", "conditions/public_id": str(small.withdrawal.public_id),
        "disputes/public_id": str(small.dispute.public_id), "sources/public_id": str(small.source.public_id),
    }  # fmt: skip
    plain = {"slug": "two-shores", "noun": "claim", "name": "new", "number": "1", "pk": "1", "id": "1"}
    plain |= {"object_id": "1", "content_type_id": "1", "app_label": "negotiations", "uidb36": "1", "ref": "C1"}
    for route in dict.fromkeys(routes()):
        path = ""
        for segment in re.split(r"(?<=/)", route):
            before = path.rstrip("/").rpartition("/")[2]

            def fill(found: re.Match[str], before: str = before) -> str:
                name = found[1] or found[2]
                return there.get(f"{before}/{name}", plain.get(name, NOWHERE))

            path += PLACE.sub(fill, segment)
        yield "/" + re.sub(r"[\^$]|\\Z", "", path)


class Inline(HTMLParser):
    """Finds what the content policy would have to allow for: code and style that stand in the page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = dict(attrs)
        if tag == "style" or (tag == "script" and "src" not in names and "json" not in (names.get("type") or "")):
            self.found.append(f"<{tag}>")
        self.found += [f"<{tag} {name}>" for name in names if name == "style" or name.startswith("on")]
        self.found += [
            f"<{tag} {name}=javascript:>" for name, value in attrs if (value or "").startswith("javascript:")
        ]


@pytest.fixture
def small(db: None) -> Talks:
    return talks()


@pytest.fixture
def clients(small: Talks) -> dict[str, Client]:
    made = {name: Client(raise_request_exception=False) for name in READERS}
    made["mediator"].force_login(small.cast.mediator)
    made["administrator"].force_login(User.objects.create_superuser("administrator"))
    return made


def ask(client: Client, path: str) -> HttpResponseBase:
    """The answer, with whatever the asking changed undone, such as the end of a session."""
    cookies = client.cookies.copy()
    with transaction.atomic():
        response: HttpResponseBase = client.get(path)
        transaction.set_rollback(True)
    client.cookies = cookies
    return response


def wrong_with(response: HttpResponseBase, path: str, *, is_signed_in: bool) -> Iterator[str]:
    """What an answer lacks, a word for each."""
    head = response.headers
    policy = dict(part.strip().partition(" ")[::2] for part in head.get("Content-Security-Policy", "").split(";"))
    is_framed = bool(FRAMED.match(path)) and response.status_code == 200
    if response.status_code >= 500 and path != NOT_READY:
        yield f"status {response.status_code}"
    if policy.get("default-src") != "'none'" or policy.get("base-uri", "'none'") != "'none'":
        yield "policy"
    if policy.pop("frame-ancestors", "") != ("*" if is_framed else "'none'"):
        yield "frames"
    if re.search(r"unsafe-|\*|data:|https?:", " ".join(policy.values())):
        yield "loose policy"
    expected = {"X-Content-Type-Options": "nosniff", "Cross-Origin-Opener-Policy": "same-origin"}
    yield from (name for name, value in expected.items() if head.get(name) != value)
    if head.get("Referrer-Policy") not in ("same-origin", "no-referrer"):
        yield "Referrer-Policy"
    if "camera=()" not in head.get("Permissions-Policy", ""):
        yield "Permissions-Policy"
    is_personal = is_signed_in and not is_framed and not FOR_ALL.match(path)
    if is_personal and not re.search(r"\bprivate\b|no-store", head.get("Cache-Control", "")):
        yield f"kept: {head.get('Cache-Control')}"
    if head.get("Content-Type", "").startswith("text/html") and not response.streaming:
        page = Inline()
        page.feed(response.content.decode())  # type: ignore[attr-defined]
        yield from page.found


def test_the_walk_comes_to_pages_and_not_to_refusals_alone(small: Talks, clients: dict[str, Client]) -> None:
    paths = list(addresses(small))
    assert len(paths) > 150
    answers = [ask(clients["mediator"], path).status_code for path in paths]
    assert answers.count(200) > len(paths) // 3, sorted(zip(answers, paths, strict=True))


@pytest.mark.parametrize("reader", READERS)
def test_every_address_answers_with_them(small: Talks, clients: dict[str, Client], reader: str) -> None:
    wrong = {}
    for path in addresses(small):
        response = ask(clients[reader], path)
        if found := list(wrong_with(response, path, is_signed_in=reader != "anybody")):
            wrong[path] = found
    assert wrong == {}


def test_pages_in_the_other_language_do_too(small: Talks, clients: dict[str, Client]) -> None:
    paths = [f"/ar{path}" for path in addresses(small) if not path.startswith(("/api/", "/admin/"))]
    wrong = {path: list(wrong_with(ask(clients["mediator"], path), path, is_signed_in=True)) for path in paths[::5]}
    assert {path: found for path, found in wrong.items() if found} == {}


@pytest.mark.parametrize(
    "bad", ["<p style='x'>", "<style>", "<a onclick=x>", "<script>x</script>", "<a href='javascript:x'>"]
)
def test_the_walk_sees_what_it_looks_for(bad: str) -> None:
    page = Inline()
    page.feed(bad)
    assert page.found


def test_no_address_answers_a_trace(db: None, client: Client) -> None:
    for path in ("/", "/accounts/login/", "/api/v1/me/"):
        assert client.trace(path).status_code == 405
