"""Hidden is not there, seen but not allowed is refused."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from negotiations.access.doors import allowed_actions, find, find_negotiation, require
from negotiations.access.viewer import viewer_for
from negotiations.models import Condition
from negotiations.rules.marking import ANYBODY
from negotiations.services.membership import end_membership
from tests.factories import Talks
from tests.factories import talks as build

pytestmark = pytest.mark.django_db


def refusal(talks: Talks, **lookup: object) -> str:
    with pytest.raises(Http404) as refused:
        find(Condition, ANYBODY, talks.negotiation, **lookup)
    return str(refused.value)


def test_hidden_unknown_and_malformed_are_the_same(talks: Talks) -> None:
    hidden = talks.add_condition(marking="AMBER")
    said = {
        refusal(talks, public_id=hidden.public_id),
        refusal(talks, public_id=uuid4()),
        refusal(talks, public_id="no-id"),
        refusal(talks, ref=hidden.ref),
    }
    assert len(said) == 1


def test_an_item_is_found_in_its_own_negotiation_only(talks: Talks) -> None:
    other = build("other-shores", cast=talks.cast)
    with pytest.raises(Http404):
        find(Condition, ANYBODY, other.negotiation, public_id=talks.withdrawal.public_id)
    assert find(Condition, ANYBODY, talks.negotiation, ref="C1") == talks.withdrawal


def test_an_unpublished_negotiation_is_not_there_for_others(talks: Talks) -> None:
    build("quiet-shores", cast=talks.cast, published=False)
    for viewer in (ANYBODY, viewer_for(talks.cast.outsider)):
        with pytest.raises(Http404):
            find_negotiation(viewer, "quiet-shores")
    assert find_negotiation(viewer_for(talks.cast.reader), "quiet-shores").slug == "quiet-shores"


def test_seen_but_not_allowed_is_refused(talks: Talks) -> None:
    for person in (talks.cast.reader, talks.cast.outsider):
        with pytest.raises(PermissionDenied):
            require(viewer_for(person), talks.negotiation, "condition.status_changed")
    require(viewer_for(talks.cast.analyst), talks.negotiation, "condition.status_changed")


def test_a_seat_elsewhere_allows_nothing_here(talks: Talks) -> None:
    other = build("other-shores", cast=talks.cast)
    end_membership(
        other.negotiation.memberships.get(user=talks.cast.analyst),
        act=other.act(talks.cast.lead),
        version=None,
    )
    with pytest.raises(PermissionDenied):
        require(viewer_for(talks.cast.analyst), other.negotiation, "claim.made")
    require(viewer_for(talks.cast.analyst), talks.negotiation, "claim.made")


def test_the_actions_listed_are_those_allowed(talks: Talks) -> None:
    assert allowed_actions(ANYBODY, talks.negotiation, "condition") == []
    listed = allowed_actions(viewer_for(talks.cast.mediator), talks.negotiation, "message")
    assert listed == ["message.carried", "message.answered", "message.edited", "marking.narrowed"]


def test_a_viewer_costs_one_query(talks: Talks, django_assert_num_queries: object) -> None:
    with django_assert_num_queries(1):  # type: ignore[operator]
        viewer_for(talks.cast.lead)
    with django_assert_num_queries(0):  # type: ignore[operator]
        viewer_for(None)
