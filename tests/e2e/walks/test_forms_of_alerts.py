"""The forms of alerts, without scripts: watching, an alert and its end, the inbox, a link in a mail."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.factories import Talks

from .conftest import Opening
from .desk import SLUG
from .filling import fill, refused, saved, send
from .test_forms_of_work import form_on

pytestmark = [pytest.mark.e2e, pytest.mark.django_db]
HERE = f"/n/{SLUG}"


@pytest.fixture
def desk(new_page: Opening, shore: Talks) -> Page:
    return new_page("watcher", scripts=False)


@pytest.mark.parametrize("page", ["", "roadmap/", "conditions/{condition}/", "disputes/{dispute}/"])
def test_everything_that_has_the_button_is_watched_and_let_go(desk: Page, shore: Talks, page: str) -> None:
    place = f"{HERE}/{page}".format(condition=shore.release.ref, dispute=shore.dispute.ref)
    saved(desk, form_on(desk, place, "main form[action$='/watch/']"))
    expect(desk.get_by_text("You watch this now")).to_be_visible()
    saved(desk, form_on(desk, place, "main form[action$='/watch/']:has([value=stop])"))
    expect(desk.get_by_text("You do not watch this any more.")).to_be_visible()


def test_an_alert_is_made_changed_rested_and_ended(desk: Page) -> None:
    form = form_on(desk, "/me/alerts/new/")
    fill(form, {"about": f"negotiation:{SLUG}", "channel": "inbox", "rhythm": "weekly"})
    refused(desk, form, ref="C99")
    saved(desk, form, ref="C1", local_time="06:30")
    expect(desk.get_by_text("every Monday at 06:30")).to_be_visible()
    desk.get_by_role("link", name="Change").first.click()
    form = desk.locator("main form.form").first
    refused(desk, form, local_time="")
    saved(desk, form, local_time="05:15")
    saved(desk, desk.locator("form[action$='/pause/']").first)
    saved(desk, desk.locator("form[action$='/resume/']").first)
    saved(desk, desk.locator("form[action$='/end/']").first)
    expect(desk.get_by_text("No alerts yet")).to_be_visible()


def test_messages_are_marked_as_read(new_page: Opening, facts: dict[str, str]) -> None:
    page = new_page("lead", scripts=False)
    saved(page, form_on(page, f"/inbox/{facts['message']}/", "main form[action$='/read/']"))
    saved(page, form_on(page, "/inbox/", "main form[action$='/inbox/read/']"))
    expect(page.get_by_text("not read yet")).to_have_count(0)


def test_an_alert_is_ended_from_a_mail(new_page: Opening, facts: dict[str, str]) -> None:
    page = new_page("", scripts=False)
    assert send(page, form_on(page, f"/unsubscribe/{facts['unsubscribe']}/")) == 200
    expect(page.get_by_text("This alert is ended.")).to_be_visible()


def test_an_administrator_decides_what_failed(new_page: Opening, facts: dict[str, str]) -> None:
    page = new_page("administrator", scripts=False)
    for button in ("/again/", "/let-be/", "/lift/"):
        saved(page, form_on(page, "/operations/alerts/", f"main form[action$='{button}']"))
    expect(page.get_by_text("Nothing waits for you")).to_be_visible()
