"""Alleged, under inquiry and confirmed are counted apart, and by who alleges."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from negotiations.rules.codes import IncidentStatus
from negotiations.rules.incidents import STANDING, Incident, Standing, Tally, count


def alleged(number: int, by: str | None, status: str = "alleged", *conditions: str) -> Incident:
    return Incident(number, status, by, conditions or ("C1",))


def test_counts_are_split_by_standing_and_by_who_alleges() -> None:
    found = count(
        [
            alleged(1, "Hamas"),
            alleged(2, "Hamas", "under_investigation"),
            alleged(3, "Israel"),
            alleged(4, "Israel", "confirmed_violation"),
        ]
    )
    assert [found.overall[standing] for standing in (Standing.ALLEGED, Standing.UNDER_INQUIRY, Standing.CONFIRMED)] == [
        2,
        1,
        1,
    ]
    assert {by: tally[Standing.ALLEGED] for by, tally in found.by_claimant.items()} == {"Hamas": 1, "Israel": 1}


def test_there_is_no_total_to_quote() -> None:
    assert not hasattr(Tally(), "total")


@pytest.mark.parametrize("status", list(IncidentStatus))
def test_every_status_has_its_standing(status: IncidentStatus) -> None:
    assert count([alleged(1, None, status)]).overall[STANDING[status]] == 1


def test_where_nobody_could_look_it_stays_an_allegation() -> None:
    assert count([alleged(1, "Hamas", "no_access")]).overall[Standing.ALLEGED] == 1


def test_events_tied_to_no_condition_are_context() -> None:
    found = count([Incident(1, "alleged"), alleged(2, None)])
    assert (found.unlinked, found.overall[Standing.ALLEGED]) == (1, 1)


def test_of_one_condition_only_its_own_are_counted() -> None:
    both = [alleged(1, None, "alleged", "C1", "C2"), alleged(2, None, "alleged", "C2")]
    assert [count(both, condition=ref).overall[Standing.ALLEGED] for ref in ("C1", "C2", "C3")] == [1, 2, 0]


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from(list(IncidentStatus)))))
def test_every_incident_is_counted_once(events: list[tuple[str, str]]) -> None:
    found = count(alleged(at, by, status) for at, (by, status) in enumerate(events))
    tallies = [tally[standing] for tally in found.by_claimant.values() for standing in Standing]
    assert sum(tallies) == sum(found.overall[standing] for standing in Standing) == len(events)
