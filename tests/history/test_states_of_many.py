"""States of several negotiations at once, each at its own moment, are those that each alone has then."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from negotiations.history.kept_states import KEPT
from negotiations.history.moment import Moment
from negotiations.history.states import states_at, states_in
from negotiations.rules.codes import Marking
from negotiations.services.marking import widen_marking
from tests.factories import START, Talks, talks

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def many() -> list[Talks]:
    first = talks("first-shores", recorded_at=START)
    found = [first, *(talks(f"other-shores-{n}", cast=first.cast, recorded_at=START) for n in range(2))]
    for place, one in enumerate(found):
        one.set_status(one.withdrawal, "in_progress", at=START + 3 * DAY, known=START + (8 + place) * DAY)
        quiet = one.add_condition("Known to few", at=START + DAY, marking=Marking.AMBER)
        opened = one.act(one.cast.lead, at=START + 6 * DAY)
        widen_marking(quiet, act=opened, version=None, marking=Marking.CLEAR)
    return found


@pytest.mark.parametrize("kinds", [(), ("condition",)])
@pytest.mark.parametrize("known", [None, 9])
def test_they_are_those_of_each_alone(kinds: Collection[str], known: int | None) -> None:
    known_at = START + known * DAY if known else None
    found = many()
    for days in (-1, 2, 4, 7):
        at = {one.negotiation.pk: START + (days + place) * DAY for place, one in enumerate(found)}
        moments = {pk: Moment(so, so, known_at=known_at) for pk, so in at.items()}
        alone = {pk: states_at(pk, as_of=so, known_at=known_at, kinds=kinds) for pk, so in at.items()}
        assert states_in(moments, kinds=kinds) == alone


def test_more_of_them_ask_no_more_questions() -> None:
    found = many()
    moments = {one.negotiation.pk: Moment(START + 4 * DAY, START + 4 * DAY) for one in found}
    asked = []
    for some in (dict(list(moments.items())[:1]), moments, {}):
        KEPT.clear()
        with CaptureQueriesContext(connection) as seen:
            states_in(some)
        asked.append(len(seen))
    assert asked == [2, 2, 0]
