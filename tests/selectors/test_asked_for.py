"""What is urgent enough is asked of the database before anything is cut off, by the rule of alerts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

import pytest

from negotiations.models import Entry, Subscription
from negotiations.rules.alerts import URGENCIES, reaches, urgency_of
from negotiations.rules.codes import ConditionStatus, Urgency
from negotiations.selectors.asked_for import asked_for, by_urgency, of_urgency
from negotiations.services.correction import correct
from tests.factories import START, Talks, talks
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
@pytest.mark.parametrize(
    ("verbs", "found"),
    [([], 0), (["negotiation.coverage_moved", "claim.made"], 0), (["negotiation.coverage_moved"], 1)],
)
def test_an_end_of_coverage_that_moved_by_itself_is_told_to_who_asked_for_that(
    db: None, verbs: list[str], found: int
) -> None:
    shore = talks(coverage_end=START + timedelta(days=60))
    shore.set_status(shore.withdrawal, ConditionStatus.IN_PROGRESS, at=START + timedelta(days=63))
    wish = Subscription(user=shore.cast.analyst, least_urgency=Urgency.ROUTINE, verbs=verbs)
    rows = asked_for(wish, Entry.objects.all())
    assert rows.filter(verb="negotiation.coverage_moved").count() == found
    assert Entry.objects.filter(verb="negotiation.coverage_moved").count() == 1


@pytest.mark.django_db
def test_the_most_urgent_comes_first(shore: Talks) -> None:
    eventful(shore)
    weights = [URGENCIES.index(urgency(entry)) for entry in Entry.objects.order_by(by_urgency())]
    assert weights == sorted(weights, reverse=True)
    assert set(weights) == {0, 1, 2}
