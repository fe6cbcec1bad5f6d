"""The forms of webhooks, without scripts: added, changed, sent to again, signed anew, rested and given up."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.factories import Talks

from .conftest import Opening
from .desk import SLUG
from .filling import fill, refused, saved
from .test_forms_of_work import form_on

pytestmark = [pytest.mark.e2e, pytest.mark.django_db]


@pytest.fixture
def desk(new_page: Opening, shore: Talks) -> Page:
    return new_page("reader", scripts=False)


def test_a_webhook_is_added_looked_after_and_given_up(desk: Page) -> None:
    form = form_on(desk, "/me/webhooks/")
    fill(form, {"about": SLUG, "name": "The map"})
    refused(desk, form, url="https://10.0.0.1/in")
    saved(desk, form, url="https://hooks.example.org/in")
    expect(desk.locator("code.secret")).to_contain_text("whsec_")
    desk.get_by_role("link", name="Open “The map”").click()
    place = desk.url
    form = desk.locator("main form.form").first
    refused(desk, form, name=" ")
    saved(desk, form, name="The atlas")
    saved(desk, desk.locator("form[action$='/test/']"))
    saved(desk, desk.locator("form[action$='/resend/']").first)
    form = form_on(desk, place, "form[action$='/replay/']")
    refused(desk, form, **{"replay-since": ""})
    saved(desk, form, **{"replay-since": "2025-01-01"})
    saved(desk, form_on(desk, place, "form[action$='/rotate/']"))
    expect(desk.locator("code.secret")).to_contain_text("whsec_")
    saved(desk, form_on(desk, place, "form[action$='/pause/']"))
    saved(desk, desk.locator("form[action$='/resume/']"))
    saved(desk, desk.locator("form[action$='/end/']"))
    expect(desk.get_by_text("No webhook yet")).to_be_visible()
