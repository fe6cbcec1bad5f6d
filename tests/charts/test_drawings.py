"""Drawings are safe, named, described and mirrored; they carry no style and no localised number."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree as ET

import pytest
from django.utils import translation

from negotiations.pages.charts.dependency import dependency_chart
from negotiations.pages.charts.roadmap import roadmap_chart
from negotiations.pages.charts.svg import Drawing, fitted, width_of, wrapped
from negotiations.selectors.roadmap import PhaseLine
from negotiations.selectors.words import Words

from .made import line, named, reading

SVG = "{http://www.w3.org/2000/svg}"
AT = datetime(2025, 12, 8, 12, tzinfo=UTC)
READING = reading(line("C1", "C2", layer=1, is_entry=True), line("C2", "D1"), chain=(("C1",), ("C2",)))


def parsed(drawing: str) -> ET.Element:
    return ET.fromstring(drawing.replace("<svg ", f'<svg xmlns="{SVG[1:-1]}" ', 1))


def phase(number: int, **more: object) -> PhaseLine:
    values: dict[str, object] = {
        "pk": number, "number": number, "title": Words("Exchange"), "status": "not_started",
        "status_label": "Not started", "started_at": None, "ended_at": None, "declared_label": "",
        "declared_by": Words(""), "declared_at": None, "planned_start": None, "planned_end": None,
        "extended_to": None, "readings": (),
    }  # fmt: skip
    return PhaseLine(**{**values, **more})  # type: ignore[arg-type]


PHASES = (
    phase(1, status="active", status_label="Active", started_at=datetime(2025, 10, 10, tzinfo=UTC),
          planned_end=datetime(2025, 11, 21, tzinfo=UTC), extended_to=datetime(2026, 1, 20, tzinfo=UTC)),
    phase(2, declared_label="Active", declared_by=Words("United States"),
          declared_at=datetime(2025, 12, 1, tzinfo=UTC)),
)  # fmt: skip


def charts() -> list[str]:
    return [dependency_chart(2, READING), roadmap_chart(PHASES, at=AT, is_now=True)]


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_drawing_is_named_and_described(language: str) -> None:
    with translation.override(language):
        for drawing in charts():
            root = parsed(drawing)
            assert root.get("role") == "img"
            assert root.findtext(f"{SVG}title")
            assert root.findtext(f"{SVG}desc")


def test_a_drawing_carries_no_style() -> None:
    for drawing in charts():
        assert "style" not in drawing
        assert 'fill="#' not in drawing


def test_words_are_escaped() -> None:
    drawing = Drawing("x", 100, 50, title="<b>", desc="&")
    drawing.text(1, 1, "<script>")
    assert "<script>" not in drawing.render()
    assert "<b>" not in drawing.render()


def test_it_is_mirrored_in_arabic() -> None:
    with translation.override("ar"):
        drawing = Drawing("x", 100, 50, title="t", desc="d")
        drawing.rect(10, 5, 20, 5, "node")
        drawing.text(10, 5, "C1")
    assert 'x="70"' in drawing.parts[0]
    assert 'x="90"' in drawing.parts[1]
    assert 'direction="rtl"' in drawing.parts[1]


def test_numbers_are_never_localised() -> None:
    with translation.override("ar"):
        assert "٫" not in "".join(charts())


def test_the_gate_shows_how_many_are_met() -> None:
    assert ">0/1<" in dependency_chart(2, READING)


def test_the_roadmap_tells_what_was_declared_apart() -> None:
    drawing = roadmap_chart(PHASES, at=AT, is_now=False)
    assert "Declared by United States, 1 Dec 2025" in drawing
    assert "As of 8 Dec 2025" in drawing
    assert 'class="bar-d"' in drawing
    assert 'class="bar-e"' in drawing


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("hours", [1, 24 * 7, 24 * 300])
def test_the_roadmap_never_cuts_its_words(language: str, hours: int) -> None:
    declared = phase(
        2, declared_label="Active", declared_by=Words("A commission with a very long name"), declared_at=AT
    )
    with translation.override(language):
        drawing = roadmap_chart([*PHASES[:1], declared], at=AT + timedelta(hours=hours), is_now=False)
    words = [text.text or "" for text in parsed(drawing).iter(f"{SVG}text")]
    assert not [text for text in words if text.endswith("…")]


def test_a_roadmap_without_any_date_is_not_drawn() -> None:
    assert roadmap_chart([phase(1)], at=AT, is_now=True) == ""


def test_a_text_that_does_not_fit_is_cut_between_words_then_letters() -> None:
    words = "Return of the remains of the deceased"
    lines = wrapped(words, 110, 2)
    assert len(lines) == 2
    assert all(width_of(one) <= 110 for one in lines)
    assert fitted(words, 60).endswith("…")
    assert fitted(named("C1").ref, 60) == "C1"
