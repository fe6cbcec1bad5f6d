"""State versions: whatever order entries come in, they answer as the fold of the entries does."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from negotiations.history.states import states_at, told_entries
from negotiations.history.verify import faults
from negotiations.models import Entry, StateVersion
from negotiations.rules import fold
from negotiations.rules.errors import RuleError
from negotiations.services.act import Act
from negotiations.services.condition import edit_condition
from negotiations.services.correction import correct, undo
from negotiations.services.marking import narrow_marking, widen_marking
from negotiations.services.redaction import redact_entry
from tests.factories import START, Talks

pytestmark = pytest.mark.django_db
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["edit", "edit", "edit", "correct", "undo", "redact", "nothing"]),
        st.integers(-1, 8),
        st.one_of(st.none(), st.integers(0, 9)),
        st.sampled_from(["posts", "villages", ""]),
    ),
    max_size=7,
)


def day(number: int) -> Any:
    return START + timedelta(days=number)


def play(talks: Talks, step: tuple[str, int, int | None, str]) -> None:
    """One act on the withdrawal: in order, late, backfilled or replacing; some are refused and write nothing."""
    kind, effective, known, unit = step
    act = talks.act(talks.cast.lead, at=day(effective), recorded_at=None if known is None else day(known))
    last = Entry.objects.filter(subject_id=talks.withdrawal.public_id).order_by("seq").last()
    match kind:
        case "edit":
            edit_condition(talks.withdrawal, act=act, version=None, unit=unit, text=unit)
        case "nothing":
            edit_condition(talks.withdrawal, act=act, version=None, title=talks.withdrawal.title)
        case "correct":
            correct(last, act=act, version=None, unit=unit)
        case "undo":
            undo(last, act=act)
        case "redact":
            redact_entry(last, act=Act(actor=talks.cast.lead, reason="x"), second=talks.cast.mediator, ground="law")


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(steps=STEPS, as_of=st.integers(-2, 10), known_at=st.integers(-2, 10))
def test_any_mix_of_entries_leaves_a_record_that_agrees_with_itself(
    talks: Talks, steps: list[tuple[str, int, int | None, str]], as_of: int, known_at: int
) -> None:
    mark = transaction.savepoint()
    for step in steps:
        try:
            with transaction.atomic():
                play(talks, step)
        except RuleError:
            continue
    told = told_entries(talks.withdrawal.public_id)
    states = states_at(talks.negotiation.pk, as_of=day(as_of), known_at=day(known_at))
    assert states.get(talks.withdrawal.public_id) == fold.state(told, as_of=day(as_of), known_at=day(known_at))
    now = states_at(talks.negotiation.pk, as_of=day(as_of))
    assert now.get(talks.withdrawal.public_id) == fold.state(told, as_of=day(as_of))
    assert [str(fault) for fault in faults()] == []
    transaction.savepoint_rollback(mark)


def test_states_built_anew_are_those_kept_in_step(talks: Talks) -> None:
    for number, status in ((9, "partly_met"), (3, "in_progress"), (5, "reported_met")):
        talks.set_status(talks.withdrawal, status, at=day(number))
    kept = sorted(StateVersion.objects.values_list("subject_id", "effective", "known", "values"), key=str)
    call_command("rebuild_states")
    assert sorted(StateVersion.objects.values_list("subject_id", "effective", "known", "values"), key=str) == kept


def test_one_negotiation_does_not_answer_for_another(talks: Talks) -> None:
    subjects = states_at(talks.negotiation.pk, as_of=day(1))
    assert talks.negotiation.public_id in subjects
    assert talks.north.public_id not in subjects
    assert states_at(talks.negotiation.pk + 1, as_of=day(1)) == {}


def test_what_an_item_was_before_its_disclosure_is_not_told(talks: Talks) -> None:
    """Otherwise asking about an earlier moment would open what only its first readers could see."""
    item = talks.add_condition(marking="AMBER", title="The name of a witness")
    edit_condition(item, act=talks.act(at=day(3)), version=None, title="A witness")
    widen_marking(item, act=talks.act(talks.cast.lead, at=day(5)), version=None, marking="CLEAR")
    for number in (0, 1, 3, 4):
        assert item.public_id not in states_at(talks.negotiation.pk, as_of=day(number))
    assert states_at(talks.negotiation.pk, as_of=day(5))[item.public_id]["title"] == "A witness"


def test_what_an_item_was_before_it_was_narrowed_is_told_to_who_still_sees_it(talks: Talks) -> None:
    narrow_marking(talks.claim, act=talks.act(at=day(3)), version=None, marking="AMBER")
    assert states_at(talks.negotiation.pk, as_of=day(1))[talks.claim.public_id]["marking"] == "CLEAR"


def test_only_the_kinds_asked_for_answer(talks: Talks) -> None:
    assert set(states_at(talks.negotiation.pk, as_of=day(1), kinds=["phase"])) == {
        talks.first.public_id,
        talks.second.public_id,
    }


def test_any_moment_takes_one_query_and_one_for_what_was_not_read_before(
    talks: Talks, django_assert_num_queries: Any
) -> None:
    for queries in (2, 1):
        with django_assert_num_queries(queries):
            states_at(talks.negotiation.pk, as_of=day(1))
