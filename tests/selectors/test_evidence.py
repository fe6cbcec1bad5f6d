"""How new the newest evidence of a condition is: apart from when somebody last looked."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from negotiations.history.moment import Moment
from negotiations.models import Claim, Source
from negotiations.rules.codes import ClaimKind, ConditionStatus
from negotiations.rules.marking import ANYBODY
from negotiations.selectors.evidence import newest_evidence
from negotiations.selectors.scene import scene_of
from negotiations.services.act import Cite
from negotiations.services.claim import make_claim, withdraw_claim
from negotiations.services.condition import change_condition_status, check_condition
from negotiations.services.source import add_source, retract_source
from tests.factories import START, Talks, talks

DAY = timedelta(days=1)


@pytest.fixture
def shore(db: None) -> Talks:
    return talks(recorded_at=START)


def on(day: float) -> datetime:
    return START + day * DAY


def newest(shore: Talks, day: float, known: float | None = None) -> datetime | None:
    """The newest evidence of the release as anybody sees it."""
    moment = Moment(on(day), on(day), known_at=on(known) if known is not None else None)
    scene = scene_of(shore.negotiation, viewer=ANYBODY, moment=moment)
    return newest_evidence(scene).get(shore.release.pk)


def released(shore: Talks, day: float, status: str = ConditionStatus.IN_PROGRESS, **source: object) -> None:
    """The release moved, known since the same day, by a source of its own."""
    known = {"recorded_at": on(day), "at": on(day)}
    source = {"published_at": on(day), **source}
    cited = add_source(
        act=shore.act(**known), negotiation=shore.negotiation, publisher="River Post", title=f"Day {day}", **source
    )
    change_condition_status(
        shore.release, act=shore.act(cites=(Cite(source=cited, credibility="2"),), **known), version=None, status=status
    )


def said(shore: Talks, day: float, **fields: object) -> Claim:
    return make_claim(
        act=shore.act(at=on(day), recorded_at=on(day)), negotiation=shore.negotiation, claimant=shore.south,
        kind=ClaimKind.FULFILLED, text="All went home.", said_at=on(day), conditions=[shore.release], **fields,
    )  # fmt: skip


def test_nothing_is_the_evidence_of_what_nobody_assessed(shore: Talks) -> None:
    assert newest(shore, 9) is None


def test_it_is_the_day_of_the_source_under_the_status_and_not_of_a_check(shore: Talks) -> None:
    released(shore, 4, published_at=on(3))
    act = shore.act(at=on(6), cites=(), no_source_reason="Looked on site.")
    check_condition(shore.release, act=act, version=None, where="The register.")
    assert newest(shore, 9) == on(3)


def test_a_source_without_a_day_or_of_a_later_one_counts_from_when_the_status_was_so(shore: Talks) -> None:
    released(shore, 2, published_at=None)
    assert newest(shore, 9) == on(2)
    released(shore, 4, status=ConditionStatus.PARTLY_MET, published_at=on(6))
    assert newest(shore, 5) == on(4)
    assert newest(shore, 9) == on(6)


def test_what_an_earlier_status_rested_on_is_no_evidence_of_this_one(shore: Talks) -> None:
    released(shore, 2)
    act = shore.act(at=on(4), cites=(), no_source_reason="Told on the phone.")
    change_condition_status(shore.release, act=act, version=None, status=ConditionStatus.PARTLY_MET)
    assert newest(shore, 9) is None


@pytest.mark.parametrize("is_past", [True, False])
def test_a_source_counts_until_it_is_taken_back(shore: Talks, is_past: bool) -> None:
    released(shore, 2)
    act = shore.act(at=on(7), recorded_at=on(7))
    retract_source(Source.objects.latest("pk"), act=act, version=None)
    assert newest(shore, 6) == on(2)
    scene = scene_of(shore.negotiation, viewer=ANYBODY, moment=Moment(on(8), on(8) if is_past else None))
    assert shore.release.pk not in newest_evidence(scene)


def test_a_newer_claim_counts_until_it_is_taken_back(shore: Talks) -> None:
    released(shore, 2)
    claim = said(shore, 5)
    withdraw_claim(claim, act=shore.act(at=on(7), recorded_at=on(7)), version=None)
    assert [newest(shore, day) for day in (4, 6, 8)] == [on(2), on(5), on(2)]


def test_it_is_as_known_at_the_moment(shore: Talks) -> None:
    released(shore, 2)
    said(shore, 5)
    assert [newest(shore, 9, known) for known in (1, 3, 6)] == [None, on(2), on(5)]


def test_what_a_reader_may_not_see_is_no_evidence_for_them(shore: Talks) -> None:
    released(shore, 2)
    said(shore, 5, marking="AMBER")
    assert newest(shore, 9) == on(2)


@pytest.mark.parametrize("is_past", [True, False])
def test_it_is_one_query_for_any_number_of_conditions(shore: Talks, is_past: bool) -> None:
    for number in range(6):
        one = shore.add_condition(f"Bridge {number}")
        shore.set_status(one, ConditionStatus.IN_PROGRESS, at=on(1))
    at = on(9)
    scene = scene_of(shore.negotiation, viewer=ANYBODY, moment=Moment(at, at if is_past else None))
    with CaptureQueriesContext(connection) as seen:
        assert len(newest_evidence(scene)) == 7
    assert len(seen) == 1
