"""A mediator's update on a phone, in a real browser: two taps, a lost connection, a conflict, an undo."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from negotiations.models import Claim, Entry
from negotiations.rules.codes import ConditionStatus
from negotiations.services.condition import check_condition, edit_condition
from tests.factories import Talks
from tests.pages.conftest import address

from .conftest import Opening

pytestmark = pytest.mark.e2e
PHONE = 390


def test_still_true_is_one_tap_on_the_first_page(shore: Talks, open_page: Opening) -> None:
    mine = edit_condition(shore.withdrawal, act=shore.act(), version=None, owner=shore.cast.mediator)
    check_condition(mine, act=shore.act(at=shore.claim.said_at), version=None, where="Monitors' daily sheet")
    page = open_page("/", width=PHONE, person=shore.cast.mediator, scripts=True)
    expect(page.get_by_role("heading", name="Yours to check")).to_be_visible()
    page.get_by_role("button", name="Still true").click()
    expect(page.get_by_text("confirmed as still true")).to_be_visible()


def test_a_send_that_fails_keeps_the_text_and_tries_again(shore: Talks, open_page: Opening) -> None:
    page = open_page(address(shore.release), width=PHONE, person=shore.cast.mediator, scripts=True)
    page.get_by_label("In progress").check()
    page.get_by_label("Monitors count the posts").check()
    page.get_by_label("Reason").fill("Eleven came home.")
    page.context.set_offline(True)
    page.get_by_role("button", name="Save update").click()
    expect(page.get_by_text("This could not be sent.")).to_be_visible()
    assert page.get_by_label("Reason").input_value() == "Eleven came home."
    page.context.set_offline(False)
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_text(f"{shore.release.ref} saved.")).to_be_visible()
    assert Entry.objects.filter(subject_id=shore.release.public_id, verb="condition.status_changed").count() == 1


def test_a_value_is_changed_a_conflict_met_and_undone(shore: Talks, open_page: Opening) -> None:
    page = open_page(address(shore.release), width=PHONE, person=shore.cast.mediator, scripts=True)
    shore.set_status(shore.release, ConditionStatus.IN_PROGRESS)
    page.get_by_label("Partly met").check()
    page.get_by_label("People").fill("11")
    page.get_by_label("Monitors count the posts").check()
    page.get_by_label("Reason").fill("Eleven came home.")
    page.get_by_role("button", name="Save update").click()
    expect(page.get_by_role("alert")).to_be_visible()
    page.get_by_role("button", name="Apply mine on top").click()
    expect(page.get_by_role("status").filter(has_text="saved.")).to_be_visible()
    page.get_by_role("button", name="Undo", exact=True).click()
    expect(page.get_by_text("The last change was taken back")).to_be_visible()
    shore.release.refresh_from_db()
    assert shore.release.status == ConditionStatus.IN_PROGRESS


def test_the_list_of_keys_opens_and_rests_in_fields(shore: Talks, open_page: Opening) -> None:
    page = open_page(address(shore.release), person=shore.cast.mediator, scripts=True)
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    page.get_by_label("Reason").focus()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_hidden()


def test_a_claim_needs_no_scripts(shore: Talks, open_page: Opening) -> None:
    page = open_page("/n/two-shores/write/claim/", person=shore.cast.analyst)
    page.get_by_label("Who says it").select_option(label="Northern Shore")
    page.get_by_label("What is said").select_option(label="Says fulfilled")
    page.get_by_label("In their words").fill("All posts are empty.")
    page.get_by_label("Monitors count the posts").check()
    page.get_by_label("Reason").fill("Said at noon.")
    page.get_by_role("button", name="Record the claim").click()
    assert Claim.objects.filter(text="All posts are empty.").exists()
