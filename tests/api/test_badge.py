"""badge.svg: what everybody may read, drawn for other people's pages."""

from __future__ import annotations

import base64
import hashlib
from datetime import timedelta
from xml.etree import ElementTree as ET

import pytest
from django.test import Client

from negotiations.services.marking import narrow_marking
from tests.factories import START, Talks, talks

from .conftest import signed_in

DAY = timedelta(days=1)
BADGE = "/api/v1/negotiations/two-shores/badge.svg"


def words(client: Client, address: str = BADGE) -> str:
    drawing = ET.fromstring(client.get(address).content)
    return " ".join(drawing.itertext())


def test_it_says_the_verdict_and_draws_the_gates(small: Talks, anybody: Client) -> None:
    found = words(anybody)
    assert "Talks of the two shores" in found
    assert "Phase 2 has not started: 1 of 1 entry condition in the text" in found
    assert "0 of 1 met" in found
    assert anybody.get(BADGE)["Content-Type"] == "image/svg+xml"


def test_it_speaks_arabic_from_right_to_left(small: Talks, anybody: Client) -> None:
    body = anybody.get(f"{BADGE}?lang=ar").content.decode()
    assert 'direction="rtl"' in body
    assert "المرحلة" in body
    assert anybody.get(f"{BADGE}?lang=xx").json()["code"] == "invalid_language"


def test_it_is_the_same_for_whoever_asks(small: Talks, anybody: Client) -> None:
    before = anybody.get(BADGE).content
    hidden = small.add_condition(marking="AMBER")
    small.open_dispute("Who opens first", conditions=[hidden, small.withdrawal], marking="AMBER")
    assert anybody.get(BADGE).content == signed_in(small, "lead").get(BADGE).content == before


def test_it_draws_any_moment_and_says_which(db: None, anybody: Client) -> None:
    small = talks(recorded_at=START)
    small.set_status(small.withdrawal, "met", at=START + 3 * DAY, known=START + 10 * DAY)
    assert "1 of 1 met" in words(anybody)
    day = "?as_of={:%Y-%m-%d}".format
    for asked in (day(START + DAY), f"{day(START + 4 * DAY)}&known_at={START + 5 * DAY:%Y-%m-%d}"):
        then = words(anybody, BADGE + asked)
        assert "0 of 1 met" in then
        assert ("as of" in then, "as known on" in then) == (True, "known_at" in asked)
    assert anybody.get(f"{BADGE}?as_of=2999-01-01").json()["code"] == "as_of_future"


def test_what_is_not_public_has_none(db: None, small: Talks, anybody: Client) -> None:
    talks("quiet-shores", cast=small.cast, published=False)
    for client in (anybody, signed_in(small, "lead")):
        answers = [client.get(BADGE.replace("two-shores", name)) for name in ("quiet-shores", "no-shores")]
        assert [answer.status_code for answer in answers] == [404, 404]
        assert answers[0].json()["detail"] == answers[1].json()["detail"]


def test_it_follows_what_is_narrowed(small: Talks, anybody: Client) -> None:
    narrow_marking(small.gate, act=small.act(), version=None, marking="AMBER")
    assert "0 of 1" not in words(anybody)


def test_it_may_be_kept_and_asked_for_again(small: Talks, anybody: Client) -> None:
    first = anybody.get(BADGE)
    again = anybody.get(BADGE, headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    for response in (first, again):
        assert response["Cache-Control"] == "public, max-age=60"
        assert response["Cross-Origin-Resource-Policy"] == "cross-origin"
        assert not response.cookies


def test_its_policy_lets_in_its_own_style_and_nothing_else(small: Talks, anybody: Client) -> None:
    response = anybody.get(BADGE)
    style = response.content.decode().split("<style>")[1].split("</style>")[0]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; frame-ancestors *"
    assert response["Content-Security-Policy"] == policy


@pytest.mark.parametrize("title", ["A <b>& \"quoted\"</b> 'title'", "T" * 200])
def test_a_title_stays_a_title(db: None, anybody: Client, title: str) -> None:
    shores = talks(slug="odd-shores", title_ar=title)
    address = f"/api/v1/negotiations/{shores.negotiation.slug}/badge.svg?lang=ar"
    assert words(anybody, address).startswith(title)
