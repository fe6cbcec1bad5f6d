"""A mediator between two meetings: what is theirs to check, one tap, a value, a conflict, a dead line, an undo."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from negotiations.models import Condition, Entry
from negotiations.rules.codes import ConditionStatus
from negotiations.services.condition import check_condition, edit_condition
from tests.factories import Talks

from .conftest import Opening

pytestmark = pytest.mark.e2e
PHONE = 390
WEEK = timedelta(days=7)


@pytest.fixture
def theirs(shore: Talks) -> Talks:
    """Both conditions are the mediator's to check, and were looked at long ago."""
    for condition in (shore.withdrawal, shore.release):
        mine = edit_condition(condition, act=shore.act(), version=None, owner=shore.cast.mediator, review_interval=WEEK)
        check_condition(mine, act=shore.act(at=shore.claim.said_at), version=None, where="Monitors' daily sheet")
    return shore


def type_in(page: Page, status: str, reason: str) -> None:
    page.get_by_label(status, exact=True).check()
    page.get_by_label("People").fill("11")
    page.get_by_label("Monitors count the posts").check()
    page.get_by_label("Reason").fill(reason)


def changes_of(condition: Condition) -> list[str]:
    rows = Entry.objects.filter(subject_id=condition.public_id, verb="condition.status_changed").order_by("seq")
    return [entry.payload.changes["status"][1] for entry in rows]


def test_between_two_meetings(theirs: Talks, open_page: Opening) -> None:
    page = open_page("/", width=PHONE, person=theirs.cast.mediator, scripts=True)
    yours = page.get_by_role("region", name="Yours to check")
    expect(yours.get_by_role("button", name="Still true")).to_have_count(2)

    yours.get_by_role("button", name="Still true").first.click()
    expect(page.get_by_text("confirmed as still true")).to_be_visible()
    page.get_by_role("link", name="Home").click()
    yours.get_by_role("link", name="Release").click()

    theirs.set_status(theirs.release, ConditionStatus.IN_PROGRESS)
    type_in(page, "Partly met", "Eleven came home.")
    page.get_by_role("button", name="Save update").click()
    expect(page.get_by_role("alert")).to_contain_text("In progress")
    assert page.get_by_label("Reason").input_value() == "Eleven came home."

    page.context.set_offline(True)
    page.get_by_role("button", name="Apply mine on top").click()
    expect(page.get_by_text("What you typed is still here.")).to_be_visible()
    assert page.get_by_label("People").input_value() == "11"
    page.context.set_offline(False)
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_role("status").filter(has_text="saved.")).to_be_visible()
    assert changes_of(theirs.release) == ["in_progress", "partly_met"]

    page.get_by_role("button", name="Undo", exact=True).click()
    expect(page.get_by_text("The last change was taken back")).to_be_visible()
    theirs.release.refresh_from_db()
    assert theirs.release.status == ConditionStatus.IN_PROGRESS
    assert theirs.release.value is None


def test_an_update_is_made_with_the_keyboard_alone(shore: Talks, open_page: Opening) -> None:
    """No pointer: to the form with `u`, through its fields with Tab, arrows and Space, sent with Enter."""
    page = open_page("/n/two-shores/conditions/", person=shore.cast.mediator, scripts=True)
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text(shore.withdrawal.title)
    page.keyboard.press("u")
    choose(page, "In progress")
    choose(page, "Monitors count the posts")
    reach(page, "Reason")
    page.keyboard.type("Columns were seen leaving.")
    reach(page, "Save update")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").filter(has_text="saved.")).to_be_visible()
    reach(page, "Undo")
    page.keyboard.press("Enter")
    expect(page.get_by_text("The last change was taken back")).to_be_visible()


NAME = """() => {
  const one = document.activeElement, box = one.getBoundingClientRect();
  const acts = one.matches('a, button, input, select, textarea, summary');
  const words = !acts ? '' : one.labels?.length ? one.labels[0].innerText : one.innerText;
  const ring = getComputedStyle(one.type === 'radio' ? one.closest('label') : one).outlineStyle;
  const group = one.type === 'radio' ? one.name : '';
  return {words: words || '', seen: box.bottom > 0 && box.top < innerHeight, ring, group};
}"""


def reach(page: Page, words: str) -> None:
    """Tab until what has the words is under the keyboard; every stop on the way is seen and ringed."""
    for _stop in range(80):
        stop = page.evaluate(NAME)
        if words in stop["words"]:
            return
        page.keyboard.press("Tab")
        stop = page.evaluate(NAME)
        assert stop["seen"], stop
        assert stop["ring"] != "none", stop
    pytest.fail(f"the keyboard does not reach {words!r}")


def choose(page: Page, words: str) -> None:
    """Tab to the group, then move the arrows to the choice with the words."""
    for _stop in range(40):
        stop = page.evaluate(NAME)
        group, seen = stop["group"], set()
        while stop["group"] == group and group and stop["words"] not in seen:
            if words in stop["words"]:
                page.keyboard.press("Space")
                return
            seen.add(stop["words"])
            page.keyboard.press("ArrowDown")
            stop = page.evaluate(NAME)
        page.keyboard.press("Tab")
    pytest.fail(f"the keyboard does not reach {words!r}")
