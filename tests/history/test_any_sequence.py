"""Any sequence of entries, late ones, corrections and markings: the same state for any moment, knowledge and reader."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from negotiations.access.viewer import viewer_for
from negotiations.history.states import states_at
from negotiations.models import Claim, Condition, Entry, MarkedItem
from negotiations.rules.errors import RuleError
from negotiations.rules.marking import ANYBODY
from negotiations.services.act import Act
from negotiations.services.claim import edit_claim
from negotiations.services.condition import edit_condition
from negotiations.services.correction import correct, undo
from negotiations.services.marking import narrow_marking, widen_marking
from negotiations.services.redaction import redact_entry
from tests.factories import START, Talks

from .naive import CLEARED, told_to

pytestmark = pytest.mark.django_db
TICK = timedelta(microseconds=1)
WORDS = ("posts", "villages", "bridges")
Step = tuple[str, str, int, int | None, str, str, int]
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["edit", "edit", "status", "correct", "correct earlier", "undo", "redact", "mark", "mark"]),
        st.sampled_from(["release", "claim", "bridge"]),
        st.integers(-1, 8),
        st.one_of(st.none(), st.integers(0, 9)),
        st.sampled_from(WORDS),
        st.sampled_from(["CLEAR", "GREEN", "AMBER", "AMBER+STRICT"]),
        st.integers(0, 5),
    ),
    max_size=9,
)
PLACE = st.integers(0, 40)
QUESTION = st.tuples(PLACE, st.integers(-1, 1), st.one_of(st.none(), PLACE), st.sampled_from([*CLEARED]))
QUESTIONS = st.lists(QUESTION, min_size=6, max_size=6)


def day(number: int) -> datetime:
    return START + timedelta(days=number)


def play(talks: Talks, item: MarkedItem, step: Step) -> None:
    """One act: in order, late, backfilled or replacing; some are refused and write nothing."""
    kind, _name, effective, known, word, marking, back = step
    act = talks.act(talks.cast.lead, at=day(effective), recorded_at=None if known is None else day(known))
    entries = list(Entry.objects.filter(subject_id=item.public_id, subject_version__isnull=False).order_by("-seq"))
    edit: Any = edit_condition if isinstance(item, Condition) else edit_claim
    match kind:
        case "edit":
            edit(item, act=act, version=None, text=word)
        case "status" if isinstance(item, Condition):
            talks.set_status(item, "in_progress" if word == "posts" else "partly_met", at=day(effective))
        case "correct":
            correct(entries[0], act=act, version=None, text=word)
        case "correct earlier":
            correct(entries[back % len(entries)], act=Act(actor=act.actor, reason="x", cites=act.cites), version=None)
        case "undo":
            undo(entries[0], act=act)
        case "redact":
            reason = Act(actor=talks.cast.lead, reason="x")
            redact_entry(entries[back % len(entries)], act=reason, second=talks.cast.mediator, ground="law")
        case "mark":
            mark(item, act, marking)


def mark(item: MarkedItem, act: Act, marking: str) -> None:
    now = type(item)._default_manager.get(pk=item.pk)
    order = ["CLEAR", "GREEN", "AMBER", "AMBER+STRICT"]
    change = narrow_marking if order.index(marking) > order.index(now.marking) else widen_marking
    change(now, act=act, version=None, marking=marking)


def moments(subjects: list[Any]) -> list[datetime]:
    """Every moment at which something became so or known, and one before and after all."""
    rows = Entry.objects.filter(subject_id__in=[row.public_id for row in subjects])
    found = {moment for pair in rows.values_list("effective_at", "recorded_at") for moment in pair}
    return [day(-3), *sorted(found), max(found) + timedelta(days=1)]


@settings(
    max_examples=max(settings.default.max_examples // 4, 1),
    # Making a sequence smaller takes as long as finding it; its steps are few and named.
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=STEPS, questions=QUESTIONS)
def test_any_sequence_is_told_as_the_plainest_reckoning_tells_it(
    talks: Talks, steps: list[Step], questions: list[tuple[int, int, int | None, str]]
) -> None:
    mark_here = transaction.savepoint()
    items: dict[str, Any] = {"release": talks.release, "claim": talks.claim}
    items["bridge"] = talks.add_condition(marking="AMBER")
    try:
        for step in steps:
            try:
                with transaction.atomic():
                    play(talks, type(items[step[1]])._default_manager.get(pk=items[step[1]].pk), step)
            except (RuleError, ValidationError):
                continue
        for at, tick, known, name in questions:
            ask(talks, (at, tick, known), name)
    finally:
        # Also where it failed, so that the same sequence fails again.
        transaction.savepoint_rollback(mark_here)


def ask(talks: Talks, question: tuple[int, int, int | None], name: str) -> None:
    """The product's answer to a reader, and the plainest one."""
    at, tick, known = question
    rows = [*Condition.objects.order_by("pk"), *Claim.objects.order_by("pk")]
    points = moments(rows)
    as_of = points[at % len(points)] + tick * TICK
    known_at = None if known is None else points[known % len(points)]
    viewer = viewer_for(getattr(talks.cast, name)) if name else ANYBODY
    seen = {row.public_id for kind in (Condition, Claim) for row in kind.objects.visible_to(viewer)}
    states = states_at(talks.negotiation.pk, as_of=as_of, known_at=known_at, kinds=["condition", "claim"])
    answer = {subject: values for subject, values in states.items() if subject in seen}
    assert answer == told_to(name, talks.cast, rows, as_of, known_at)
