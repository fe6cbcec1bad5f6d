"""The phase-state document names the next steps under the text."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from negotiations.history.moment import Moment
from negotiations.rules.marking import ANYBODY
from negotiations.selectors.phase_state import phase_state
from negotiations.services.phase import edit_phase
from tests.factories import START, Talks

from .conftest import AT

Tie = Callable[..., None]


def second(shore: Talks, as_of: datetime | None = None) -> dict[str, Any]:
    document = phase_state(shore.negotiation, viewer=ANYBODY, moment=Moment(AT, as_of))
    assert document is not None
    found: dict[str, Any] = document["phases"][1]
    return found


def test_it_names_who_is_to_act_and_the_dispute_over_it(shore: Talks) -> None:
    step = second(shore)["readiness"]["next_steps"][0]
    assert (step["kind"], [one["name"] for one in step["actors"]]) == ("fulfil", ["Northern Shore"])
    assert step["in_dispute"] == [shore.dispute.ref]


def test_a_reported_fulfilment_is_for_its_verifier(shore: Talks) -> None:
    shore.set_status(shore.withdrawal, "reported_met")
    step = second(shore)["readiness"]["next_steps"][0]
    assert (step["kind"], [one["name"] for one in step["actors"]]) == ("verify", ["River Monitors"])


def test_a_circle_is_a_step_for_both(shore: Talks, tie: Tie) -> None:
    tie(shore.withdrawal, shore.release, "simultaneous_with")
    step = second(shore)["readiness"]["next_steps"][0]
    assert (step["kind"], len(step["actors"])) == ("move_together", 2)


def test_it_tells_the_earliest_start_that_the_text_allows(shore: Talks) -> None:
    plan = {"planned_start_anchor": "phase_start", "planned_start_phase": shore.first}
    edit_phase(shore.second, act=shore.act(at=START), version=None, planned_start_offset=timedelta(days=60), **plan)
    found = second(shore, as_of=AT)["earliest_start"]
    assert found["is_firm"]
    assert found["at"].date() == (shore.first.started_at + timedelta(days=60)).date()
