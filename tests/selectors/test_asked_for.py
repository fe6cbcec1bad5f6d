"""What is urgent enough is asked of the database before anything is cut off, by the rule of alerts."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from negotiations.models import Entry
from negotiations.rules.alerts import URGENCIES, reaches, urgency_of
from negotiations.rules.codes import ConditionStatus, Urgency
from negotiations.selectors.asked_for import by_urgency, of_urgency
from negotiations.services.correction import correct
from tests.factories import Talks
from tests.services import facts


def eventful(shore: Talks) -> None:
    """Entries of every urgency, some of them urgent by a value alone."""
    shore.set_status(shore.withdrawal, ConditionStatus.IN_PROGRESS)
    correct(Entry.objects.latest("pk"), act=shore.act(), version=None, status=ConditionStatus.PARTLY_MET)
    shore.set_status(shore.release, ConditionStatus.BREACHED)
    facts.incident(shore)
    facts.note(shore)


def urgency(entry: Entry) -> Urgency:
    payload = getattr(entry, "payload", None)
    changes: Mapping[str, object] = payload.changes if payload else {}
    return urgency_of(entry.verb, changes)


@pytest.mark.django_db
@pytest.mark.parametrize("least", URGENCIES)
def test_the_database_finds_what_the_rule_calls_urgent_enough(shore: Talks, least: Urgency) -> None:
    eventful(shore)
    rows = Entry.objects.select_related("payload")
    wanted = {entry.pk for entry in rows if reaches(urgency(entry), least)}
    assert set(rows.filter(of_urgency(least)).values_list("pk", flat=True)) == wanted
    assert wanted


@pytest.mark.django_db
def test_the_most_urgent_comes_first(shore: Talks) -> None:
    eventful(shore)
    weights = [URGENCIES.index(urgency(entry)) for entry in Entry.objects.order_by(by_urgency())]
    assert weights == sorted(weights, reverse=True)
    assert set(weights) == {0, 1, 2}
