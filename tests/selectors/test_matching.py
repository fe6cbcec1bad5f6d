"""What a subscription is about: an item and what is tied to it, some verbs, or what a saved view shows."""

from __future__ import annotations

from typing import Any

import pytest

from negotiations.models import Citation, Entry, SavedView, Subscription
from negotiations.rules.codes import Urgency, ViewPage
from negotiations.selectors.matching import is_wanted, wanted_entries, watched_by
from negotiations.services.source import retract_source
from tests.factories import Talks


def wanted(shore: Talks, **wishes: Any) -> list[str]:
    """The verbs of what is wanted of everything that was written."""
    subscription = Subscription(user=shore.cast.analyst, negotiation=shore.negotiation, **wishes)
    return sorted(wanted_entries(subscription, Entry.objects.all()).values_list("verb", flat=True))


def about(shore: Talks, item: Any) -> list[str]:
    return wanted(shore, subject_type=item.noun(), subject_id=item.public_id)


def view(shore: Talks, page: ViewPage, query: str = "") -> SavedView:
    return SavedView(user=shore.cast.analyst, negotiation=shore.negotiation, name="Mine", page=page, query=query)


@pytest.mark.django_db
def test_a_watched_condition_brings_what_is_tied_to_it(shore: Talks) -> None:
    assert about(shore, shore.withdrawal) == ["claim.made", "condition.added", "dispute.opened", "gate.asserted"]


@pytest.mark.django_db
def test_a_watched_dispute_brings_its_positions(shore: Talks) -> None:
    assert about(shore, shore.dispute) == ["dispute.opened", "position.stated"]


@pytest.mark.django_db
def test_a_watched_phase_brings_its_conditions_and_gates(shore: Talks) -> None:
    assert about(shore, shore.second) == ["condition.added", "gate.asserted", "phase.added"]


@pytest.mark.django_db
def test_a_watched_condition_brings_the_retraction_of_what_was_cited_for_it(shore: Talks) -> None:
    shore.set_status(shore.withdrawal, "in_progress")
    other = shore.add_condition("Open the bridge")
    retract_source(shore.source, act=shore.act(), version=None)
    retracted = Entry.objects.get(verb="source.retracted")
    assert "source.retracted" in about(shore, shore.withdrawal)
    assert shore.withdrawal.public_id in watched_by(retracted)
    cited = Citation.objects.filter(entry__subject_id=other.public_id).exists()
    assert (other.public_id in watched_by(retracted)) is cited is ("source.retracted" in about(shore, other))


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["withdrawal", "second", "dispute"])
def test_from_an_entry_to_its_watchers_is_the_same_way_back(shore: Talks, name: str) -> None:
    item = getattr(shore, name)
    back = [entry.verb for entry in Entry.objects.all() if item.public_id in watched_by(entry)]
    assert sorted(back) == about(shore, item)


@pytest.mark.django_db
def test_another_negotiation_and_the_registry_are_not_wanted(shore: Talks) -> None:
    everything = Subscription(user=shore.cast.analyst)
    found = wanted_entries(everything, Entry.objects.all())
    assert not found.filter(negotiation__isnull=True).exists()
    assert found.count() == Entry.objects.filter(negotiation=shore.negotiation).count()


@pytest.mark.django_db
def test_only_some_verbs_and_urgencies(shore: Talks) -> None:
    assert wanted(shore, verbs=["claim.made"]) == ["claim.made"]
    entry = Entry.objects.get(verb="claim.made")
    asking = Subscription(user=shore.cast.analyst, negotiation=shore.negotiation, least_urgency=Urgency.NOTABLE)
    assert is_wanted(asking, entry)
    asking.least_urgency = Urgency.URGENT
    assert not is_wanted(asking, entry)


@pytest.mark.django_db
def test_a_view_of_a_list_brings_changes_of_what_it_lists(shore: Talks) -> None:
    shore.set_status(shore.release, "in_progress")
    found = wanted(shore, view=view(shore, ViewPage.CONDITIONS, "category=detainees_hostages_remains"))
    assert found == ["condition.added", "condition.status_changed"]


@pytest.mark.django_db
def test_what_leaves_a_view_is_told_as_well(shore: Talks) -> None:
    shore.set_status(shore.release, "in_progress")
    shore.set_status(shore.release, "partly_met")
    found = wanted(shore, view=view(shore, ViewPage.CONDITIONS, "status=in_progress"))
    assert found == ["condition.status_changed", "condition.status_changed"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("page", "query"),
    [
        (ViewPage.CONDITIONS, "phase=nine&obligor=n&owner=x"),
        (ViewPage.DISPUTES, "condition=C1&rung=technical"),
        (ViewPage.POSITIONS, "stance=rejects&channel=public&on=dispute"),
        (ViewPage.MESSAGES, "carrier=e&dispute=D1&meeting=M1"),
        (ViewPage.INCIDENTS, "alleged_by=n&responsible=s&severity=grave"),
        (ViewPage.SOURCES, "publisher=River+Post&language=en&marking=CLEAR"),
        (ViewPage.CHANGES, "noun=claim&verb=claim.made&person=nobody"),
        (ViewPage.DASHBOARD, "status=active&stale=1"),
        (ViewPage.CALENDAR, ""),
    ],
)
def test_every_control_of_a_list_can_be_asked(shore: Talks, page: ViewPage, query: str) -> None:
    assert isinstance(wanted(shore, view=view(shore, page, query)), list)


@pytest.mark.django_db
def test_the_list_of_changes_narrows_by_verb(shore: Talks) -> None:
    assert wanted(shore, view=view(shore, ViewPage.CHANGES, "verb=claim.made")) == ["claim.made"]
