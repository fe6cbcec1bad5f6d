"""What a roadmap leaves open, kind by kind, with what it concerns."""

from __future__ import annotations

from negotiations.rules.codes import Marking
from negotiations.selectors.completeness_lines import completeness_lines
from tests.factories import Talks

from .conftest import reckoning


def items(shore: Talks, kind: str) -> list[str]:
    lines = {line.kind: line for line in completeness_lines(reckoning(shore))}
    return [item.ref for item in lines[kind].items] if kind in lines else []


def test_it_lists_conditions_without_a_verifier(shore: Talks) -> None:
    assert items(shore, "no_verifier") == [shore.release.ref]


def test_it_lists_conditions_without_a_due_moment(shore: Talks) -> None:
    assert items(shore, "no_due_moment") == [shore.release.ref]


def test_what_is_hidden_is_not_listed(shore: Talks) -> None:
    shore.add_condition("Known to few", marking=Marking.AMBER)
    assert items(shore, "no_verifier") == [shore.release.ref]


def test_it_names_what_concerns_the_roadmap_as_a_whole(shore: Talks) -> None:
    kinds = [line.kind for line in completeness_lines(reckoning(shore))]
    assert "no_dispute_route" in kinds
