"""How a letter is written: in both forms, both languages, for the recipient's zone, marked, and with a way out."""

from __future__ import annotations

import re
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import cast

import pytest
from django.test import Client
from django.utils import timezone

from negotiations.digests.addresses import unsubscribe_page_url
from negotiations.digests.letter import Letter, Press
from negotiations.digests.preview import next_letter
from negotiations.models import User
from negotiations.rules.codes import ConditionStatus, Marking, Rhythm, Urgency
from negotiations.services.condition import check_condition, edit_condition
from negotiations.services.subscription import subscribe

from .post import CAIRO, Desk


def moved(desk: Desk) -> None:
    desk.talks.set_status(desk.talks.withdrawal, ConditionStatus.IN_PROGRESS)


def written(desk: Desk, user: User | None = None, **wishes: object) -> Letter:
    letter = desk.letter(user, **wishes)
    assert letter is not None
    return letter


def in_arabic(desk: Desk) -> User:
    reader = desk.talks.cast.reader
    reader.language = "ar"
    return reader


def parts(letter: Letter) -> tuple[str, str]:
    """Both forms as a mail program reads them from the bytes; the last line end may belong to the next boundary."""
    message = cast("EmailMessage", message_from_bytes(letter.body, policy=policy.default))
    assert message.get_content_type() == "multipart/alternative"
    text, html = (cast("EmailMessage", part) for part in message.iter_parts())
    assert (text.get_content_type(), html.get_content_type()) == ("text/plain", "text/html")
    assert not [*message.defects, *text.defects, *html.defects]
    found, marked = (part.get_content().replace("\r\n", "\n").rstrip() for part in (text, html))
    return found, marked


def test_the_verdict_stands_first(desk: Desk) -> None:
    moved(desk)
    letter = written(desk)
    head = "Talks of the two shores\nPhase 2 has not started: 1 of 1 entry condition in the text unmet"
    assert letter.text.index(head) < letter.text.index("Moved")
    assert letter.html.index("<h1") < letter.html.index("<h2")


def test_the_subject_says_what_changed(desk: Desk) -> None:
    desk.talks.set_status(desk.talks.withdrawal, ConditionStatus.BREACHED)
    assert written(desk).subject == "[TLP:CLEAR] Talks of the two shores: C1 breached"


def test_the_subject_leads_with_what_weighs_most_of_several(desk: Desk) -> None:
    desk.talks.set_status(desk.talks.withdrawal, ConditionStatus.IN_PROGRESS)
    desk.talks.set_status(desk.talks.release, ConditionStatus.BREACHED)
    assert written(desk).subject == "[TLP:CLEAR] Talks of the two shores: C2 breached; 2 changes in all"


def test_the_subject_says_that_nothing_changed(desk: Desk) -> None:
    desk.open()
    letter = desk.letter(tells_nothing=True, least_urgency=Urgency.ROUTINE)
    assert letter is not None
    assert letter.subject == "[TLP:CLEAR] Talks of the two shores: nothing changed"
    assert "Phase 2 has not started" in letter.text


@pytest.mark.parametrize(
    ("wishes", "said"),
    [
        ({}, "no change that you asked for"),
        ({"least_urgency": Urgency.ROUTINE, "verbs": ["incident.reported"]}, "no change that you asked for"),
    ],
)
def test_whoever_asked_for_some_changes_is_not_told_that_there_are_none(
    desk: Desk, wishes: dict[str, object], said: str
) -> None:
    desk.talks.add_condition("Open the ferry")
    letter = written(desk, tells_nothing=True, **wishes)
    assert letter.subject == f"[TLP:CLEAR] Talks of the two shores: {said}"
    assert f"\n\n{said.capitalize()}." in letter.text


def test_of_one_item_it_says_that_nothing_changed_there(desk: Desk) -> None:
    moved(desk)
    release, second = desk.talks.release, desk.talks.second
    wishes = {"tells_nothing": True, "least_urgency": Urgency.ROUTINE}
    letter = written(desk, subject_type="condition", subject_id=release.public_id, **wishes)
    assert letter.subject == "[TLP:CLEAR] Talks of the two shores: nothing changed in C2"
    assert "Nothing changed in C2." in letter.text
    desk.open()
    letter = written(desk, subject_type="phase", subject_id=second.public_id, **wishes)
    assert letter.subject.endswith(f": nothing changed in Phase 2: {second.title}")


def test_whoever_reads_from_the_right_finds_labels_and_refs_there(desk: Desk) -> None:
    moved(desk)
    letter = written(desk, in_arabic(desk))
    assert letter.subject.startswith("\u200f[TLP:CLEAR] ")
    lines = letter.text.split("\n")
    assert not [line for line in lines if line.lstrip().startswith(("*", "TLP", "B2"))]
    assert [line for line in lines if line.startswith("\u200f* C1")]
    assert "\u200f" not in desk.text(desk.talks.cast.analyst)


def test_it_names_the_one_thing_that_is_watched(desk: Desk) -> None:
    release = desk.talks.release
    desk.talks.set_status(release, ConditionStatus.BREACHED)
    text = desk.text(subject_type="condition", subject_id=release.public_id)
    assert "because you watch C2 Release the detainees in “Talks of the two shores”." in text


def test_the_way_to_all_changes_begins_where_the_window_does(desk: Desk, client: Client) -> None:
    for number in range(14):
        desk.talks.add_condition(f"Condition {number}")
    letter = desk.letter(least_urgency=Urgency.ROUTINE)
    assert letter is not None
    found = re.search(r"/n/two-shores/changes/\?since=[0-9TZ:-]+", letter.html)
    assert found is not None
    page = client.get(found.group()).content.decode()
    assert "Condition 0" in page


def test_a_weekday_has_no_article_after_every(desk: Desk) -> None:
    moved(desk)
    reader = in_arabic(desk)
    assert "كل اثنين في" in desk.text(reader, rhythm=Rhythm.WEEKLY)


def test_two_changes_bend_after_a_preposition(desk: Desk) -> None:
    desk.talks.set_status(desk.talks.withdrawal, ConditionStatus.IN_PROGRESS)
    desk.open()
    for status in (ConditionStatus.PARTLY_MET, ConditionStatus.IN_PROGRESS):
        desk.talks.set_status(desk.talks.withdrawal, status)
    assert "بعد تغييرين" in desk.text(in_arabic(desk))


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_bytes_say_what_the_letter_says(desk: Desk, language: str) -> None:
    moved(desk)
    reader = desk.talks.cast.reader
    reader.language, reader.display_name = language, "Zoë <Reader> & Co."
    letter = written(desk, reader)
    assert parts(letter) == (letter.text.rstrip(), letter.html.rstrip())
    assert letter.body.isascii()
    assert max(len(line) for line in letter.body.split(b"\r\n")) <= 76
    assert "Zoë &lt;Reader&gt; &amp; Co." in letter.html
    assert "Zoë <Reader> & Co." in letter.text


def test_arabic_runs_from_the_right_in_its_own_words(desk: Desk) -> None:
    moved(desk)
    letter = written(desk, in_arabic(desk))
    assert '<html lang="ar" dir="rtl">' in letter.html
    assert "موجز يومي" in letter.text
    assert "لم يُقيَّم ← ◐ قيد التنفيذ" in letter.text
    assert "/ar/n/two-shores/conditions/C1/" in letter.html
    for word in ("Moved", "Since", "You get this", "Open overview"):
        assert word not in letter.text


def test_a_reader_who_chose_them_gets_arabic_digits(desk: Desk) -> None:
    moved(desk)
    reader = in_arabic(desk)
    reader.digits = "arabic"
    letter = written(desk, reader)
    assert "١٢ مارس ٢٠٢٦" in letter.text
    assert "C1" in letter.text
    assert "/conditions/C1/" in letter.html
    assert 'width="600"' in letter.html


def test_the_marking_is_in_the_subject_and_twice_in_each_form(desk: Desk) -> None:
    moved(desk)
    desk.talks.open_dispute("Who counts", conditions=[desk.talks.release], marking=Marking.GREEN)
    letter = written(desk)
    assert letter.marking == Marking.GREEN
    assert letter.subject.startswith("[TLP:GREEN] ")
    assert letter.text.startswith("TLP:GREEN\n")
    assert letter.text.endswith("\nTLP:GREEN\n")
    assert letter.html.count(">TLP:GREEN</span>") >= 2
    assert written(desk, desk.talks.cast.outsider).marking == Marking.CLEAR


def test_moments_are_those_of_the_subscriptions_zone(desk: Desk) -> None:
    desk.talks.set_status(desk.talks.withdrawal, ConditionStatus.IN_PROGRESS, at=timezone.now() - timedelta(days=1))
    assert "Thu 12 Mar 2026, 07:45 Cairo" in desk.text()
    assert "Thu 12 Mar 2026, 01:45 New York" in desk.text(time_zone="America/New_York")


def test_it_says_why_it_came_and_how_it_stops(desk: Desk) -> None:
    moved(desk)
    delivery = desk.delivery()
    letter = Press([delivery]).letter(delivery)
    assert letter is not None
    assert (
        "Sent to Reader. You get this every day at 07:45 (Cairo) because you watch “Talks of the two shores”."
        in letter.text
    )
    assert unsubscribe_page_url(delivery.subscription) in letter.text
    assert f'href="{unsubscribe_page_url(delivery.subscription)}"' in letter.html
    assert "every Monday at 07:45" in desk.text(rhythm=Rhythm.WEEKLY)


def test_nothing_loads_from_elsewhere_and_nothing_counts_who_opens_it(desk: Desk) -> None:
    moved(desk)
    html = written(desk).html
    for sign in ("<img", "<script", "<link", "url(", "src="):
        assert sign not in html


def test_no_news_is_no_letter_unless_asked_for(desk: Desk) -> None:
    assert desk.letter() is None
    check_condition(desk.talks.withdrawal, act=desk.talks.act(), version=None, where="River Post")
    desk.open()
    assert f"Nothing changed, last checked {timezone.now().astimezone(CAIRO):%a}" in desk.text(
        tells_nothing=True, least_urgency=Urgency.ROUTINE
    )
    assert "Nothing changed" in desk.text(tells_nothing=True, least_urgency=Urgency.ROUTINE, negotiation=None)


def test_a_closed_account_gets_nothing(desk: Desk) -> None:
    moved(desk)
    reader = desk.talks.cast.reader
    reader.is_active = False
    assert desk.letter(reader) is None


def test_it_tells_which_entries_it_told(desk: Desk) -> None:
    moved(desk)
    assert written(desk).told == tuple(
        desk.talks.negotiation.entries.filter(verb="condition.status_changed").values_list("pk", flat=True)
    )


def test_an_owner_finds_what_is_theirs_to_confirm(desk: Desk) -> None:
    talks = desk.talks
    edit_condition(talks.withdrawal, act=talks.act(), version=None, owner=talks.cast.analyst)
    desk.open()
    talks.set_status(talks.release, ConditionStatus.IN_PROGRESS)
    assert "* C1 Withdraw to the agreed line" in desk.section("Yours to confirm", talks.cast.analyst)
    assert desk.section("Yours to confirm") == ""


def test_the_next_letter_can_be_looked_at_before_it_goes(desk: Desk) -> None:
    now = timezone.now()
    wish = subscribe(desk.talks.cast.reader, now=now, negotiation=desk.talks.negotiation, rhythm=Rhythm.DAILY)
    assert next_letter(wish, now=now) is None
    moved(desk)
    letter = next_letter(wish, now=now)
    assert letter is not None
    assert "Not assessed → ◐ In progress" in letter.text
    assert not wish.deliveries.exists()
