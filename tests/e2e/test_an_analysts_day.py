"""An analyst's day: a source and what it says, a dispute, two wordings compared, a view kept, all of it in changes."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from negotiations.models import Claim, Position, SavedView, Source
from negotiations.services.proposal import table_version
from tests.factories import START, Talks
from tests.services import facts

from .conftest import Opening

pytestmark = pytest.mark.e2e


@pytest.fixture
def day(shore: Talks, open_page: Opening) -> Page:
    """The analyst's desk, with a proposal tabled twice on the open dispute."""
    proposal = facts.proposal(shore, dispute=shore.dispute)
    table_version(proposal, act=shore.act(), text="Both sides withdraw on the same day.", tabled_at=START)
    return open_page("/n/two-shores/capture/", person=shore.cast.analyst, scripts=True)


def test_from_a_source_to_the_changes(shore: Talks, day: Page) -> None:
    capture(shore, day)
    open_a_dispute(day)
    compare(shore, day)
    keep_a_view(day)
    see_it_all(day)


def capture(shore: Talks, page: Page) -> None:
    """One source, two claims and a position from it, each with its own moment."""
    page.get_by_label("Address").fill("https://example.org/night")
    page.get_by_label("Publisher").fill("River Post")
    page.get_by_label("Title").fill("The night")
    rows = page.locator(".saying")
    say(rows.nth(0), "claim", "Northern Shore", "All are home.", claim_kind="fulfilled")
    say(rows.nth(1), "claim", "Southern Shore", "Ten are home.", claim_kind="not_fulfilled")
    say(rows.nth(2), "position", "Southern Shore", "Not before spring.", stance="rejects")
    pick(rows.nth(0), "condition", shore.release.title)
    pick(rows.nth(1), "condition", shore.release.title)
    pick(rows.nth(2), "dispute", shore.dispute.title)
    page.get_by_role("button", name="Save all").click()
    expect(page.get_by_text("Source and 3 statements saved.")).to_be_visible()
    made = Source.objects.get(title="The night")
    expect(page).to_have_url(f"{page.url.split('/n/')[0]}/n/two-shores/sources/{made.ref}/")
    assert Claim.objects.filter(text__in=["All are home.", "Ten are home."]).count() == 2
    assert Position.objects.get(summary="Not before spring.").dispute == shore.dispute


def say(row: Locator, kind: str, who: str, words: str, **coded: str) -> None:
    row.locator("[name$=-kind]").first.select_option(kind)
    pick(row, "who", who)
    for name, value in coded.items():
        row.locator(f"[name$=-{name}]").select_option(value)
    row.locator("[name$=-words]").fill(words)
    row.locator("[name$=-at]").fill("2026-01-05T10:00")


def pick(row: Locator, name: str, words: str) -> None:
    """Choose the option that has these words in it."""
    field = row.locator(f"select[name$=-{name}]")
    field.select_option(value=field.locator("option", has_text=words).first.get_attribute("value"))


def open_a_dispute(page: Page) -> None:
    page.goto("/n/two-shores/write/dispute/")
    page.locator("#id_title").fill("Who counts the returned")
    page.get_by_label("The night").check()
    page.get_by_label("Reason").fill("The two counts differ.")
    page.get_by_role("button", name="Open the dispute").click()
    expect(page.locator("h1")).to_have_text("Who counts the returned")


def compare(shore: Talks, page: Page) -> None:
    """Two wordings word by word, what went and what came each marked as such."""
    page.goto(f"/n/two-shores/disputes/{shore.dispute.ref}/")
    page.get_by_text("Version 2 beside version 1").click()
    expect(page.locator(".compare ins").first).to_be_visible()
    expect(page.locator(".compare del").first).to_be_visible()


def keep_a_view(page: Page) -> None:
    page.goto("/n/two-shores/conditions/?status=not_assessed")
    page.get_by_text("Save this view").click()
    page.get_by_label("Name of the view").fill("Nobody looked")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("link", name="Nobody looked").first).to_be_visible()
    assert SavedView.objects.get(name="Nobody looked").query == "status=not_assessed"


def see_it_all(page: Page) -> None:
    page.goto("/n/two-shores/changes/?since=24h")
    for words in ("The night", "All are home.", "Ten are home.", "Not before spring.", "Who counts the returned"):
        expect(page.locator(".feed").get_by_text(words).first).to_be_visible()
