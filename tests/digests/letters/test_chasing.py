"""Whoever was sent what was later corrected receives the correction, first in the next mail."""

from __future__ import annotations

from django.utils import timezone

from negotiations.digests.letter import Letter, Press
from negotiations.digests.news import moment_words
from negotiations.models import Delivery, Entry
from negotiations.rules.codes import ConditionStatus, DeliveryState, Marking, RedactionGround
from negotiations.services.correction import correct, undo
from negotiations.services.redaction import redact_entry
from negotiations.services.source import retract_source

from ..world import edition_of
from .post import CAIRO, Desk


def sent(desk: Desk) -> tuple[Delivery, Entry]:
    """A delivery that told of a status, and its entry."""
    desk.talks.set_status(desk.talks.withdrawal, ConditionStatus.IN_PROGRESS)
    delivery = desk.delivery(is_saved=True)
    letter = Press([delivery]).letter(delivery)
    assert letter is not None
    delivery.state, delivery.edition = DeliveryState.SENT, edition_of(*letter.told)
    delivery.save()
    return delivery, Entry.objects.get(pk=letter.told[0])


def next_of(desk: Desk, delivery: Delivery) -> Delivery:
    """The next window of the same subscription."""
    following = desk.delivery()
    following.subscription, following.window = delivery.subscription, 2
    following.save()
    return following


def test_a_correction_stands_before_everything_else(desk: Desk) -> None:
    delivery, entry = sent(desk)
    desk.open()
    correct(entry, act=desk.talks.act(reason="It was read wrongly."), version=None, status=ConditionStatus.PARTLY_MET)
    desk.talks.set_status(desk.talks.release, ConditionStatus.IN_PROGRESS)
    following = next_of(desk, delivery)
    letter = Press([following]).letter(following)
    assert letter is not None
    assert letter.text.index("Corrections to what you were sent") < letter.text.index("Moved")
    assert Entry.objects.latest("pk").pk in letter.told


def test_whoever_was_not_sent_it_is_told_of_no_correction(desk: Desk) -> None:
    _delivery, entry = sent(desk)
    desk.open()
    correct(entry, act=desk.talks.act(), version=None, status=ConditionStatus.PARTLY_MET)
    assert "Corrections to what you were sent" not in desk.text(desk.talks.cast.analyst)


def corrected(desk: Desk, entry: Entry, **values: str) -> Entry:
    act = desk.talks.act(reason="It was read wrongly.")
    correct(entry, act=act, version=None, status=ConditionStatus.PARTLY_MET, **values)
    return Entry.objects.latest("pk")


def corrections(letter: Letter) -> str:
    _before, _heading, rest = letter.text.partition("\nCorrections to what you were sent\n---")
    return rest.partition("\n\n")[0]


def following(desk: Desk, delivery: Delivery) -> Letter:
    after = next_of(desk, delivery)
    letter = Press([after]).letter(after)
    assert letter is not None
    return letter


def test_it_is_told_once_and_why_and_when_it_was_corrected(desk: Desk) -> None:
    delivery, entry = sent(desk)
    desk.open()
    correction = corrected(desk, entry)
    letter = following(desk, delivery)
    assert letter.text.count("* C1 ") == 1
    assert "In progress → ◕ Partly met" in corrections(letter)
    assert "It was read wrongly." in corrections(letter)
    with timezone.override(CAIRO):
        assert f"corrected {moment_words(correction.recorded_at)}" in corrections(letter)
    assert ": 1 correction." in letter.text


def test_a_correction_is_counted_once_beside_the_changes(desk: Desk) -> None:
    delivery, entry = sent(desk)
    desk.open()
    corrected(desk, entry)
    desk.talks.set_status(desk.talks.release, ConditionStatus.IN_PROGRESS)
    letter = following(desk, delivery)
    assert ": 1 change, 1 correction." in letter.text
    assert letter.subject.endswith("; 1 change, 1 correction in all")


def test_what_was_corrected_and_undone_is_told_net(desk: Desk) -> None:
    delivery, entry = sent(desk)
    desk.open()
    undo(corrected(desk, entry), act=desk.talks.act(reason="It was right."))
    letter = following(desk, delivery)
    assert letter.text.count("* C1 ") == 1
    assert "as before, after 2 changes" in corrections(letter)
    assert len(letter.told) == 2


def test_a_retracted_source_names_what_rests_on_it(desk: Desk) -> None:
    delivery, _entry = sent(desk)
    desk.open()
    hidden = desk.talks.add_condition("Known to few", marking=Marking.AMBER)
    retract_source(desk.talks.source, act=desk.talks.act(reason="The paper took it back."), version=None)
    letter = following(desk, delivery)
    assert "Source retracted · C1, C2" in corrections(letter)
    assert "rest on it" in corrections(letter)
    assert "The paper took it back." in corrections(letter)
    assert hidden.ref not in letter.text
    assert letter.text.count("* S1 ") == 1


def test_a_grade_by_a_retracted_source_says_so(desk: Desk) -> None:
    desk.talks.set_status(desk.talks.withdrawal, ConditionStatus.IN_PROGRESS)
    assert "B2 · " in desk.section("Moved")
    retract_source(desk.talks.source, act=desk.talks.act(), version=None)
    assert "B2, retracted · " in desk.section("Moved")


def test_of_what_was_corrected_and_then_redacted_no_words_are_told(desk: Desk) -> None:
    delivery, entry = sent(desk)
    desk.open()
    redact_entry(
        corrected(desk, entry),
        act=desk.talks.act(desk.talks.cast.lead, reason="Names somebody."),
        second=desk.talks.cast.mediator,
        ground=RedactionGround.SAFETY,
    )
    told = corrections(following(desk, delivery))
    assert told.count("* C1 ") == 1
    assert "as before" not in told
    assert "→" not in told
    assert "It was read wrongly." not in told
