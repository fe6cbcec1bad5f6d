"""Every step people take, without scripts: what is missing is said and nothing typed is lost; then it is saved."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from negotiations.pages.forms.steps import STEPS
from tests.factories import Talks

from .conftest import Opening
from .desk import address_of
from .filling import fill, send, take_away, typed

pytestmark = [pytest.mark.e2e, pytest.mark.django_db]
# In this one nothing is needed that could be left out.
NOTHING_NEEDED = {("proposedfinding", "confirm")}
# In these one of two is needed.
LEFT_OUT = {("party", "new"): "actor", ("thirdparty", "new"): "actor"}


def chosen(shore: Talks) -> dict[tuple[str, str], dict[str, Any]]:
    """What only a person knows to choose."""
    return {
        ("dispute", "status"): {"status": "narrowed"},
        ("incident", "status"): {"status": "under_investigation"},
        ("link", "new"): {"condition": key(shore.withdrawal), "other": key(shore.release), "type": "requires"},
        ("marking", "embargo"): {"release_at": "2100-01-05T10:00", "marking": "CLEAR"},
        ("message", "new"): {"sender": key(shore.north), "recipient": key(shore.south)},
        ("party", "new"): {"actor": key(shore.egret)},
        ("phase", "status"): {"status": "suspended"},
        ("position", "new"): {"dispute": key(shore.dispute)},
        ("thirdparty", "new"): {"actor": key(shore.egret), "role": "host"},
    }


def key(row: Any) -> str:
    return str(row.public_id)


@pytest.mark.parametrize(("noun", "name"), sorted(STEPS))
def test_the_step_needs_no_scripts(noun: str, name: str, new_page: Opening, shore: Talks) -> None:
    page, step = new_page("lead", scripts=False), (noun, name)
    page.goto(address_of(shore, noun, name))
    form = page.locator("main form.form[method=post]").first
    fill(form, chosen(shore).get(step))
    if step not in NOTHING_NEEDED:
        be_refused(page, form, take_away(form, LEFT_OUT.get(step, "")))
    status = send(page, form)
    assert status == 303, said(page)
    expect(page.locator(".toast")).to_be_visible()


def be_refused(page: Page, form: Locator, missing: dict[str, str]) -> None:
    """Send it with something missing: it says so, and keeps all that was typed. Then put that right."""
    before = typed(form)
    assert send(page, form) == 422
    expect(page.locator("#problems")).to_be_visible()
    assert typed(form) == before
    fill(form, missing)


def said(page: Page) -> str:
    """What the page says is wrong, for the message of a failure."""
    return " ".join(page.locator("#problems, .callout[role=alert]").all_inner_texts())
