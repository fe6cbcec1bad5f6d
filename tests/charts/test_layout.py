"""Where the boxes stand: left of all that wait for them, the longest chain on top, circles together."""

from __future__ import annotations

from negotiations.pages.charts.layout import MOST, laid_out

from .made import line, reading

CHAIN = reading(
    line("C1", "C2", layer=2, is_entry=True),
    line("C2", "C3", layer=1),
    line("C3", "D1"),
    line("C4", is_entry=True),
    chain=(("C1",), ("C2",), ("C3",)),
    met=("C5", "C6"),
)


def columns(of: object = CHAIN) -> dict[str, int]:
    return {node.key: node.column for node in laid_out(of).nodes}  # type: ignore[arg-type]


def test_what_is_waited_for_stands_before_what_waits() -> None:
    found = columns()
    assert found["D1"] < found["C3"] < found["C2"] < found["C1"]


def test_what_nothing_waits_for_stands_beside_the_gate() -> None:
    assert columns()["C1"] == columns()["C4"] == columns()["settled"] == 3


def test_the_longest_chain_is_on_top() -> None:
    rows = {node.key: node.row for node in laid_out(CHAIN).nodes}
    assert [rows[key] for key in ("C1", "C2", "C3", "C4")] == [0, 0, 0, 1]


def test_only_entry_conditions_lead_to_the_gate() -> None:
    assert {source for source, target in laid_out(CHAIN).edges if target == "gate"} == {"C1", "C4", "settled"}


def test_a_circle_shares_a_column_and_ends() -> None:
    found = laid_out(
        reading(
            line("C1", "C2", layer=0, group=0, is_entry=True),
            line("C2", "C1", layer=0, group=0),
            chain=(("C1", "C2"),),
            circle=("C1", "C2"),
        )
    )
    assert {node.column for node in found.nodes} == {0}
    assert (found.circles, found.mutual_pairs) == ([("C1", "C2")], [("C1", "C2")])


def test_beyond_two_dozen_it_counts_the_rest() -> None:
    many = [line(f"C{number}", is_entry=True) for number in range(1, MOST + 6)]
    titles = [node.title for node in laid_out(reading(*many)).nodes if node.kind == "more"]
    assert titles == ["and 5 more open conditions"]


def test_an_empty_reading_has_nothing_to_draw() -> None:
    assert laid_out(reading()).nodes == []
