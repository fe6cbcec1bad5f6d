"""The forms of an account, without scripts, each as people meet it: a passkey's own two need scripts by nature."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core import mail
from playwright.sync_api import Browser, Locator, Page, expect

from .conftest import Opening
from .filling import fill, refused, saved
from .furnished import CODES_SECRET, PASSWORD
from .test_forms_of_work import MAIN, form_on

pytestmark = [pytest.mark.e2e, pytest.mark.django_db]
NEW, OTHER = "nine geese under ice", "nine geese over ice"
Strangers = Callable[[], Page]


@pytest.fixture
def stranger(browser: Browser, served: str) -> Iterator[Strangers]:
    """`stranger()`: a page in a browser of its own that nobody is signed in to and that runs no scripts."""
    windows = []

    def opener() -> Page:
        windows.append(browser.new_context(base_url=served, java_script_enabled=False))
        return windows[-1].new_page()

    yield opener
    for window in windows:
        window.close()


def code(secret: str) -> str:
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30)))


def main_form(page: Page) -> Locator:
    return page.locator(MAIN).first


def link_in_the_last_mail() -> str:
    found = re.search(r"https?://[^/]+(/\S+)", str(mail.outbox[-1].body))
    assert found is not None
    return found[1]


def twice(first: str, second: str) -> dict[str, str]:
    return {"password1": first, "password2": second}


def test_one_signs_in_with_a_second_step_and_out_again(stranger: Strangers) -> None:
    page = stranger()
    form = form_on(page, "/accounts/login/")
    refused(page, form, login="mediator-south", password="not this one")
    saved(page, form, password=PASSWORD)
    expect(page).to_have_url(re.compile("/accounts/2fa/authenticate/"))
    refused(page, main_form(page), code="000000")
    saved(page, main_form(page), code=code(CODES_SECRET))
    saved(page, page.locator("form[action$='/logout/']").first)
    expect(page.get_by_role("link", name="Sign in").first).to_be_visible()


def test_one_of_the_cast_signs_in_twice_and_ends_the_other_session(stranger: Strangers) -> None:
    for page in (stranger(), stranger()):
        saved(page, form_on(page, "/accounts/login/", "form.cast"), "button[value=outsider]")
    saved(page, form_on(page, "/accounts/sessions/", "main footer form"))


def test_an_address_is_confirmed_and_a_forgotten_password_replaced(new_page: Opening, stranger: Strangers) -> None:
    page, form = new_page("outsider", scripts=False), "outsider@example.org"
    address = form_on(page, "/accounts/email/")
    refused(page, address, email="a@b")
    saved(page, address, email=form)
    saved(page, form_on(page, "/accounts/email/", "main form.row"), "button[name=action_send]")
    saved(page, form_on(page, link_in_the_last_mail()))
    forgot = stranger()
    asking = form_on(forgot, "/accounts/password/reset/")
    refused(forgot, asking, email="a@b")
    saved(forgot, asking, email=form)
    choosing = form_on(forgot, link_in_the_last_mail())
    refused(forgot, choosing, **twice(NEW, OTHER))
    saved(forgot, choosing, **twice(NEW, NEW))


def test_a_first_password_is_set(new_page: Opening) -> None:
    page = new_page("reader", scripts=False)
    form = form_on(page, "/accounts/password/set/")
    refused(page, form, **twice(NEW, OTHER))
    saved(page, form, **twice(NEW, NEW))


def test_a_password_is_changed(new_page: Opening) -> None:
    page = new_page("analyst", scripts=False)
    form = form_on(page, "/accounts/password/change/")
    refused(page, form, oldpassword=PASSWORD, **twice(NEW, OTHER))
    saved(page, form, oldpassword=PASSWORD, **twice(NEW, NEW))
    form = form_on(page, "/accounts/password/change/")
    saved(page, form, oldpassword=NEW, **twice(PASSWORD, PASSWORD))


def test_one_says_again_who_one_is(new_page: Opening) -> None:
    page = new_page("mediator-south", scripts=False)
    form = form_on(page, "/accounts/reauthenticate/")
    refused(page, form, password="not this one")
    saved(page, form, password=PASSWORD)
    form = form_on(page, "/accounts/2fa/reauthenticate/")
    refused(page, form, code="000000")
    # The code of this half minute may have let somebody in already; the next one is accepted ahead of time.
    saved(page, form, code=str(format_hotp_value(hotp_value(CODES_SECRET, int(time.time()) // 30 + 1))))


def test_codes_are_set_up_renewed_and_given_up(new_page: Opening) -> None:
    page = new_page("analyst", scripts=False)
    form = form_on(page, "/accounts/2fa/totp/activate/")
    refused(page, form, code="000000")
    saved(page, form, code=code(page.locator("code.code").inner_text()))
    saved(page, form_on(page, "/accounts/2fa/recovery-codes/generate/"))
    saved(page, form_on(page, "/accounts/2fa/totp/deactivate/", "main form.row"))


def test_a_passkey_is_renamed_and_removed(new_page: Opening, facts: dict[str, str]) -> None:
    page, place = new_page("lead", scripts=False), f"/accounts/2fa/keys/{facts['key']}"
    form = form_on(page, f"{place}/edit/")
    refused(page, form, name=" ")
    saved(page, form, name="Desk")
    saved(page, form_on(page, f"{place}/remove/", "main form.row"))


def test_an_invitation_makes_an_account(stranger: Strangers, facts: dict[str, str]) -> None:
    page = stranger()
    form = form_on(page, f"/invitation/{facts['secret']}/")
    fill(form)
    refused(page, form, password="short")
    saved(page, form, password=NEW)
