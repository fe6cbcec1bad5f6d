"""The forms of a day's work that are no steps, without scripts: refused once with nothing lost, then taken."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from negotiations.models import Condition, Membership
from tests.e2e.test_an_analysts_day import pick, say
from tests.factories import Talks

from .conftest import Opening
from .desk import COUNTED, SLUG, WRITE
from .filling import TYPED, fill, refused, saved, send, typed

pytestmark = [pytest.mark.e2e, pytest.mark.django_db]
HERE = f"/n/{SLUG}"
BLANK = " "
MAIN = "main form.form[method=post]"


@pytest.fixture
def desk(new_page: Opening, shore: Talks) -> Page:
    """A page of the lead's, in a browser that runs no scripts."""
    return new_page("lead", scripts=False)


def form_on(page: Page, address: str, which: str = MAIN) -> Locator:
    """A form of that page; whatever folds it away is opened."""
    page.goto(address)
    unfold(page)
    return page.locator(which).first


def unfold(page: Page) -> None:
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")


def test_an_update_is_saved_and_undone(desk: Page) -> None:
    place = f"{HERE}/conditions/{Condition.objects.get(title=COUNTED).ref}/"
    form = form_on(desk, place, "form[action$='#update']")
    fill(form, {"status": "in_progress"})
    refused(desk, form, reason="")
    saved(desk, form, reason=TYPED)
    saved(desk, desk.locator(".toast form"))
    expect(desk.get_by_text("The last change was taken back")).to_be_visible()


def test_a_change_is_undone_from_the_history(desk: Page, shore: Talks) -> None:
    form = form_on(desk, f"{HERE}/conditions/{shore.release.ref}/", "form[action$='#update']")
    fill(form, {"status": "suspended"})
    saved(desk, form)
    desk.goto(f"{HERE}/conditions/{shore.release.ref}/")
    unfold(desk)
    saved(desk, desk.locator("main form[action*='/undo/']").first)


def test_still_true_is_said(desk: Page) -> None:
    place = f"{HERE}/conditions/{Condition.objects.get(title=COUNTED).ref}/"
    form = form_on(desk, place, "form[action$='#confirm']")
    refused(desk, form, where="")
    saved(desk, form, where=TYPED)


def test_still_true_is_said_on_the_first_page(desk: Page) -> None:
    saved(desk, form_on(desk, "/", ".yours form"))
    expect(desk.locator(".toast")).to_be_visible()


def test_several_are_still_true(desk: Page) -> None:
    form = form_on(desk, f"{HERE}/conditions/", "form[action$='/still-true/'][method=post]")
    refused(desk, form, where=TYPED)
    form.locator("[name=chosen]").first.check()
    saved(desk, form)


def test_a_desk_is_handed_over(desk: Page) -> None:
    form = form_on(desk, f"{HERE}/handover/")
    form.locator("[name=chosen]").first.check()
    refused(desk, form, reason=BLANK)
    saved(desk, form, reason=TYPED)


def test_a_source_is_captured_with_what_it_says(desk: Page, shore: Talks) -> None:
    form = form_on(desk, f"{HERE}/capture/")
    desk.get_by_label("Address").fill("https://example.org/night")
    desk.get_by_label("Publisher").fill("River Post")
    row = desk.locator(".saying").first
    say(row, "claim", "Northern Shore", "All are home.", claim_kind="fulfilled")
    pick(row, "condition", shore.release.title)
    refused(desk, form, title="")
    saved(desk, form, title="The night")


def test_a_draft_is_kept_found_and_thrown_away(desk: Page) -> None:
    form = form_on(desk, f"{WRITE}/meeting/")
    fill(form)
    before = typed(form)
    saved(desk, form, "button[name=park]")
    desk.locator("main .links li", has_text="meeting").get_by_role("link").first.click()
    assert typed(desk.locator(MAIN).first) == before
    saved(desk, form_on(desk, "/drafts/", "main .links form"))


def test_a_negotiation_is_opened_in_one_sitting(desk: Page, shore: Talks) -> None:
    form = form_on(desk, "/new/")
    fill(form, {"organisation": str(shore.cast.harbour.public_id)})
    refused(desk, form, title="")
    saved(desk, form, title="Two valleys")
    north, south = (str(one.public_id) for one in (shore.north, shore.south))
    saved(desk, form, **{"seat-0-role": "party", "seat-0-actor": north, "seat-1-role": "party", "seat-1-actor": south})
    pasted = {"start": "paste", "text": "1. Hostilities halt.\n2. They meet again.", "title": "The accord"}
    refused(desk, form, **{**pasted, "text": ""})
    saved(desk, form, **pasted)
    halt = {"title": "Halt", "category": "ceasefire_regime", "phase": "1"}
    form.locator("[name=clause-0-is_obligation]").check()
    form.locator("[name=clause-0-obligors]").first.check()
    saved(desk, form, **{f"clause-0-{name}": value for name, value in halt.items()})
    saved(desk, form)
    expect(desk).to_have_url(re.compile("/n/two-valleys[^/]*/completeness/$"))


def test_somebody_is_invited_and_the_invitation_withdrawn(desk: Page, shore: Talks) -> None:
    form = form_on(desk, f"{HERE}/people/", "form[action$='#invite']")
    fill(form, {"organisation": str(shore.cast.harbour.public_id)})
    refused(desk, form, email="a@b")
    saved(desk, form, email="another@example.org")
    saved(desk, desk.locator("form[action$='/withdraw/']").first)


def test_a_seat_is_changed_and_ended(desk: Page, shore: Talks) -> None:
    seat = Membership.objects.get(negotiation=shore.negotiation, user=shore.cast.reader)
    place = f"{HERE}/people/{seat.public_id}/"
    form = form_on(desk, place)
    refused(desk, form, clearance="AMBER", reason=BLANK)
    saved(desk, form, reason=TYPED)
    end = form_on(desk, place, f"{MAIN} >> nth=1")
    refused(desk, end, **{"end-reason": BLANK})
    saved(desk, end, **{"end-reason": TYPED})


def test_a_token_is_made_and_revoked(desk: Page) -> None:
    form = form_on(desk, "/me/tokens/")
    refused(desk, form, name=BLANK, days="30")
    saved(desk, form, name="The map")
    saved(desk, desk.locator("form[action$='/revoke/']").first)


def test_a_brief_is_shared_and_the_link_taken_back(desk: Page) -> None:
    form = form_on(desk, f"{HERE}/brief/share/", "form[method=post][action$='/share/']")
    refused(desk, form, for_whom=BLANK, days="3")
    saved(desk, form, for_whom="Ana Holm, Institute", level="GREEN")
    expect(desk.get_by_text("Copy this link now")).to_be_visible()
    saved(desk, desk.locator("form[action$='/revoke/']").first)
    expect(desk.get_by_text("The link is taken back")).to_be_visible()


def test_a_calendar_address_is_made_and_taken_back(desk: Page) -> None:
    saved(desk, form_on(desk, "/me/calendar/", "form[action$='/me/calendar/']"))
    expect(desk.get_by_text("Copy this address now")).to_be_visible()
    saved(desk, form_on(desk, "/me/calendar/", "form[action$='/revoke/']"))
    expect(desk.get_by_text("There is no address yet.")).to_be_visible()


def test_a_file_is_wanted(desk: Page) -> None:
    form = form_on(desk, "/me/exports/", "form[action$='/me/exports/']")
    saved(desk, form, negotiation=SLUG, format="csv")
    expect(desk.get_by_text("A worker makes the file")).to_be_visible()


def test_settings_are_saved(desk: Page) -> None:
    form = form_on(desk, "/me/")
    refused(desk, form, display_name=BLANK, digits="arabic")
    saved(desk, form, display_name="Robin Hale", digits="western")


def test_a_view_is_kept_renamed_and_deleted(desk: Page) -> None:
    saved(desk, form_on(desk, f"{HERE}/conditions/?status=met", "form[action$='/views/keep/']"), name="Done")
    saved(desk, form_on(desk, "/views/", "form[action$='/rename/']"), name="Done so far")
    saved(desk, form_on(desk, "/views/", "form[action$='/delete/']"))


def test_changes_are_marked_as_seen(desk: Page) -> None:
    saved(desk, form_on(desk, f"{HERE}/changes/", f"form[action='{HERE}/seen/']"))
    saved(desk, form_on(desk, f"{HERE}/", f"form[action='{HERE}/seen/']"))
    saved(desk, form_on(desk, "/", "form[action='/seen/']"))


def test_a_copy_is_kept_beside_its_source(desk: Page, shore: Talks) -> None:
    form = form_on(desk, f"{HERE}/sources/{shore.source.ref}/", "form[action$='/copies/']")
    form.locator("[type=file]").set_input_files({"name": "posts.txt", "mimeType": "text/plain", "buffer": b"Posts."})
    saved(desk, form)
    expect(desk.get_by_text("The copy is kept")).to_be_visible()


def test_a_file_is_checked_written_and_taken_back(desk: Page, shore: Talks) -> None:
    form = form_on(desk, f"{HERE}/import/")
    refused(desk, form, kind="sources")
    rows = b"publisher,title,marking\nRiver Post,The morning after,CLEAR\n"
    form.locator("[type=file]").set_input_files({"name": "file.csv", "mimeType": "text/csv", "buffer": rows})
    saved(desk, form)
    saved(desk, desk.locator("form[action$='/apply/']"))
    expect(desk.get_by_text("The file is written")).to_be_visible()
    saved(desk, desk.locator("form[action$='/undo/']"))
    expect(desk.get_by_text("The import is taken back.")).to_be_visible()


def test_the_theme_is_chosen(desk: Page) -> None:
    form = form_on(desk, "/theme/")
    assert send(desk, form, "button[value=dark]") in (302, 303)
    assert desk.locator("html").get_attribute("data-theme") == "dark"
    saved(desk, form_on(desk, "/theme/"), "button[value=auto]")
