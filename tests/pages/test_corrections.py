"""Corrections stand in the open, and a status says when what it rests on was taken back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from negotiations.exports.brief.content import brief_of
from negotiations.history.moment import Moment
from negotiations.models import Entry
from negotiations.rules.marking import ANYBODY
from negotiations.selectors.scene import scene_of
from negotiations.services.act import Act, Cite
from negotiations.services.claim import withdraw_claim
from negotiations.services.condition import change_condition_status
from negotiations.services.correction import correct, undo
from negotiations.services.marking import narrow_marking
from negotiations.services.phase import change_phase_status
from negotiations.services.redaction import redact_entry
from negotiations.services.source import add_source, retract_source
from tests.factories import START, Talks

LOG = "/n/two-shores/corrections/"
DAY = timedelta(days=1)


@pytest.fixture
def mended(shore: Talks) -> Talks:
    """The status of the withdrawal was told wrongly, and then put right."""
    shore.set_status(shore.withdrawal, "in_progress", at=START + 3 * DAY)
    last = Entry.objects.get(verb="condition.status_changed")
    act = shore.act(at=START + 3 * DAY, reason="The count was of the day before.")
    correct(last, act=act, version=None, status="partly_met")
    return shore


def page_of(client: Client, **asked: str) -> str:
    return client.get(LOG, asked).content.decode()


def test_it_says_what_was_said_before_and_why(mended: Talks, client: Client) -> None:
    page = page_of(client)
    assert "Entry corrected" in page
    assert '<del class="ink2">In progress</del>' in page
    assert "The count was of the day before." in page
    assert "What was said before" in page


def test_in_the_record_a_correction_and_its_original_lead_to_each_other(mended: Talks, client: Client) -> None:
    said, put_right = Entry.objects.filter(subject_id=mended.withdrawal.public_id).order_by("seq")[1:]
    there, back = (f"/n/two-shores/record/?entry={one}#e-{one}" for one in (said.public_id, put_right.public_id))
    page = client.get("/n/two-shores/record/").content.decode()
    assert f'href="{there}">what it corrects</a>' in page
    assert f'href="{back}">corrected later</a>' in page
    for place in (there, back):
        assert f'<li id="e-{place[-36:]}">' in client.get(place).content.decode()


def test_the_record_begins_at_the_entry_that_a_link_names(mended: Talks, client: Client) -> None:
    first = Entry.objects.filter(subject_id=mended.withdrawal.public_id).earliest("seq")
    page = client.get("/n/two-shores/record/", {"entry": str(first.public_id)}).content.decode()
    assert page.index("<li id=") == page.index(f'<li id="e-{first.public_id}">')
    assert "Entry corrected" not in page


def test_an_entry_that_one_may_not_see_begins_nothing(mended: Talks, client: Client) -> None:
    hidden = Entry.objects.get(subject_id=mended.add_condition("Known to few", marking="AMBER").public_id)
    for named in (str(hidden.public_id), "x" * 36):
        page = client.get("/n/two-shores/record/", {"entry": named}).content.decode()
        assert "Entry corrected" in page
        assert "Known to few" not in page


def test_an_undoing_a_withdrawal_and_a_retraction_are_in_it(shore: Talks, client: Client) -> None:
    shore.set_status(shore.release, "in_progress")
    undo(Entry.objects.get(verb="condition.status_changed"), act=Act(actor=shore.cast.mediator, reason="Mistaken."))
    withdraw_claim(shore.claim, act=shore.act(), version=None)
    retract_source(shore.source, act=shore.act(), version=None)
    page = page_of(client)
    for words in ("Entry undone", "Claim withdrawn", "Source retracted"):
        assert words in page
    assert "Claim withdrawn</span>" not in page_of(client, verb="entry.undone")


def test_redacted_words_are_not_told(shore: Talks, client: Client) -> None:
    one = shore.add_condition("The name of a witness")
    last = Entry.objects.get(subject_id=one.public_id)
    act = Act(actor=shore.cast.lead, reason="Safety of a person.")
    redact_entry(last, act=act, second=shore.cast.mediator, ground="safety", fields=["title"])
    page = page_of(client)
    assert "Entry redacted" in page
    assert "The name of a witness" not in page


def test_who_may_not_see_the_item_sees_no_correction(mended: Talks, client: Client) -> None:
    narrow_marking(mended.withdrawal, act=mended.act(mended.cast.lead), version=None, marking="AMBER")
    assert "No corrections you may see" in page_of(client)


def test_a_long_log_is_turned_page_by_page(mended: Talks, client: Client) -> None:
    for number in range(31):
        last = Entry.objects.filter(subject_id=mended.withdrawal.public_id).latest("seq")
        status = "in_progress" if number % 2 else "partly_met"
        correct(last, act=mended.act(at=START + 3 * DAY, reason=f"Once more {number}."), version=None, status=status)
    first = page_of(client)
    assert "Older corrections" in first
    assert "Once more 30." in first
    assert first.count('<li id="e-') == 30


def test_more_corrections_ask_no_more_questions(mended: Talks, client: Client) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as seen:
            page_of(client)
        return len(seen)

    few = asked()
    for number in range(9):
        last = Entry.objects.filter(subject_id=mended.withdrawal.public_id).latest("seq")
        status = "in_progress" if number % 2 else "partly_met"
        correct(last, act=mended.act(at=START + 3 * DAY), version=None, status=status)
    assert asked() == few


PLACES = (
    "/n/two-shores/",
    "/n/two-shores/roadmap/",
    "/n/two-shores/conditions/",
    "/n/two-shores/conditions/C1/",
)


def test_a_status_on_a_retracted_source_is_flagged(shore: Talks, client: Client) -> None:
    shore.set_status(shore.withdrawal, "in_progress", at=START + DAY)
    for place in PLACES:
        assert "rests on a retracted source" not in client.get(place).content.decode()
    retract_source(shore.source, act=shore.act(), version=None)
    for place in PLACES:
        assert "rests on a retracted source" in client.get(place).content.decode()


def test_a_phase_and_a_brief_that_rest_on_it_say_so(shore: Talks, client: Client) -> None:
    change_phase_status(shore.second, act=shore.act(at=START + DAY), version=None, status="negotiating_terms")
    retract_source(shore.source, act=shore.act(), version=None)
    page = client.get("/n/two-shores/roadmap/").content.decode()
    row = page[page.index('<tr id="phase-2">') :]
    assert "rests on a retracted source" in row[: row.index("</tr>")]
    scene = scene_of(shore.negotiation, viewer=ANYBODY, moment=Moment(timezone.now()))
    assert all(one.flag.endswith("source retracted: S1") for one in brief_of(scene).conditions)


def test_the_flag_goes_when_the_status_rests_on_another_source(shore: Talks, client: Client) -> None:
    retract_source(shore.source, act=shore.act(), version=None)
    other = add_source(
        act=shore.act(), negotiation=shore.negotiation, publisher="Bay Post", title="Count", reliability="B"
    )
    act = shore.act(cites=(Cite(source=other, credibility="2"),))
    change_condition_status(shore.withdrawal, act=act, version=None, status="in_progress")
    assert "rests on a retracted source" not in client.get(PLACES[-1]).content.decode()


def test_it_is_not_told_of_a_moment_before_the_retraction(shore: Talks, client: Client) -> None:
    retract_source(shore.source, act=shore.act(at=START + 9 * DAY), version=None)
    for days, is_flagged in ((5, False), (10, True)):
        asked = {"as_of": (START + days * DAY).isoformat()}
        assert ("rests on a retracted source" in client.get(PLACES[-1], asked).content.decode()) is is_flagged


def test_a_retracted_source_that_is_hidden_flags_nothing(shore: Talks, client: Client) -> None:
    narrow_marking(shore.source, act=shore.act(shore.cast.lead), version=None, marking="AMBER")
    retract_source(shore.source, act=shore.act(), version=None)
    assert "rests on a retracted source" not in client.get(PLACES[-1]).content.decode()


def test_changes_are_narrowed_to_an_item(shore: Talks, client: Client) -> None:
    asked = {"since": "2020-01-01", "about": str(shore.release.public_id)}
    page = client.get("/n/two-shores/changes/", asked).content.decode()
    assert "Release the detainees" in page
    assert 'id="c-' in page
    assert "Dispute opened" not in page.rsplit("</form>", 1)[-1]


def test_what_was_taken_from_a_reader_is_told_neutrally(shore: Talks, client: Client) -> None:
    asked = {"since": "24h"}
    narrow_marking(shore.claim, act=shore.act(shore.cast.lead), version=None, marking="AMBER")
    assert "Not open to you any more" in client.get("/n/two-shores/changes/", asked).content.decode()
    client.force_login(shore.cast.mediator)
    assert "Not open to you any more" not in client.get("/n/two-shores/changes/", asked).content.decode()
