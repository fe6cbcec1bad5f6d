"""/embed/: the public verdict in a frame on other people's pages, and nothing else of the site."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlencode

from django.test import Client

from negotiations.models import User
from tests.factories import START, Talks, talks

DAY = timedelta(days=1)
EMBED = "/embed/two-shores/"


def test_it_says_the_verdict_to_anybody(shore: Talks, client: Client) -> None:
    html = client.get(EMBED).content.decode()
    assert "Phase 2 has not started: 1 of 1 entry condition in the text unmet" in html
    assert "0 of 1 met" in html
    assert "<form" not in html
    assert "<script" not in html


def test_it_speaks_arabic(shore: Talks, client: Client) -> None:
    html = client.get(f"/ar{EMBED}").content.decode()
    assert 'lang="ar" dir="rtl"' in html


def test_anybody_may_frame_it_and_it_alone(shore: Talks, client: Client) -> None:
    first = client.get(EMBED)
    again = client.get(EMBED, headers={"if-none-match": first["ETag"]})
    assert again.status_code == 304
    for response in (first, again):
        assert "frame-ancestors *" in response["Content-Security-Policy"]
        assert response["Content-Security-Policy"].startswith("default-src 'none'; style-src 'self'")
        assert "X-Frame-Options" not in response
        assert response["Cache-Control"] == "public, max-age=60"
        assert not response.cookies
    other = client.get("/n/two-shores/")
    assert (other["X-Frame-Options"], "frame-ancestors 'none'" in other["Content-Security-Policy"]) == ("DENY", True)


def test_it_is_the_same_for_whoever_asks(shore: Talks, client: Client) -> None:
    before = client.get(EMBED).content
    shore.add_condition("Known to few", marking="AMBER")
    client.force_login(shore.cast.lead)
    response = client.get(EMBED)
    assert response.content == before
    assert not response.cookies


def test_who_asks_is_not_even_looked_at(shore: Talks, client: Client) -> None:
    """A cache in between keeps one for everybody: in the reader's own digits it would be one reader's."""
    before = client.get(f"/ar{EMBED}")
    User.objects.filter(pk=shore.cast.lead.pk).update(digits="arabic")
    client.force_login(shore.cast.lead)
    response = client.get(f"/ar{EMBED}")
    assert response.content == before.content
    assert "Cookie" not in response.get("Vary", "") + before.get("Vary", "")


def test_what_is_not_public_has_none(shore: Talks, client: Client) -> None:
    talks("quiet-shores", cast=shore.cast, published=False)
    client.force_login(shore.cast.lead)
    assert [client.get(EMBED.replace("two", name)).status_code for name in ("quiet", "no")] == [404, 404]


def test_an_ended_coverage_says_as_of_when(db: None, client: Client) -> None:
    talks(coverage_end="2025-12-01T10:00:00Z")
    assert "as of" in client.get(EMBED).content.decode()


def test_it_is_asked_about_any_moment(shore: Talks, client: Client) -> None:
    shore.set_status(shore.withdrawal, "met", at=START + 3 * DAY)
    assert "1 of 1 met" in client.get(EMBED).content.decode()
    then = client.get(EMBED, {"as_of": (START + DAY).isoformat()}).content.decode()
    assert "0 of 1 met" in then
    assert f'href="/n/two-shores/?{urlencode({"as_of": (START + DAY).isoformat()})}"' in then
    assert client.get(EMBED, {"as_of": "2999-01-01"}).status_code == 400
