"""The brief of Gaza on 8 December 2025: one tagged page that agrees with the page and the interface."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from pypdf import PdfReader

from negotiations.models import Negotiation

VERDICT = "Phase 2 has not started: 2 of 6 entry conditions in the text unmet"
DAY = {"as_of": "2025-12-08"}


def text_of(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).split())


@pytest.fixture
def anybody(gaza: Negotiation) -> Client:
    return Client()


def test_page_interface_and_file_agree(anybody: Client) -> None:
    page = anybody.get("/n/gaza-2025/", DAY).content.decode()
    document = anybody.get("/api/v1/negotiations/gaza-2025/state/", DAY).json()
    brief = anybody.get("/n/gaza-2025/brief/", DAY).content.decode()
    pdf = anybody.get("/n/gaza-2025/brief.pdf", DAY)
    assert document["verdict"]["sentence"] == VERDICT
    assert VERDICT in page
    assert VERDICT in brief
    assert VERDICT in text_of(pdf.content)


def refs_in(words: str) -> list[str]:
    """The refs of conditions, in their order, each once."""
    return list(dict.fromkeys(re.findall(r"\bC\d+\b", words)))


def test_what_holds_the_phase_is_the_same_everywhere_and_nothing_that_is_met(anybody: Client) -> None:
    document = anybody.get("/api/v1/negotiations/gaza-2025/state/", DAY).json()
    (phase,) = (one for one in document["phases"] if one["number"] == 2)
    held = phase["readiness"]["blockers"]["open"]
    assert len(held) == phase["readiness"]["text"]["open"] == 2
    for place, end in (("", '<details class="fold">'), ("brief/", "</table>")):
        page = anybody.get(f"/n/gaza-2025/{place}", DAY).content.decode()
        table = page[page.index(">What holds phase 2</h2>") :].split("<tbody>")[1].split(end)[0]
        assert refs_in(" ".join(re.findall(r'<td class="code">(\w+)</td>', table))) == held
    text = text_of(anybody.get("/n/gaza-2025/brief.pdf", DAY).content)
    assert refs_in(text[text.index("What holds phase 2") :].split("What would open the gate")[0]) == held


@pytest.mark.parametrize("lang", ["en", "ar"])
@pytest.mark.parametrize("slug", ["gaza-2025", "gaza-january-2025", "aceh-2005"])
def test_it_is_one_tagged_page(anybody: Client, slug: str, lang: str) -> None:
    response = anybody.get(f"/n/{slug}/brief.pdf", {"lang": lang})
    reader = PdfReader(BytesIO(response.content))
    root: Any = reader.trailer["/Root"]
    assert len(reader.pages) == 1
    assert (root["/MarkInfo"]["/Marked"], root["/Lang"]) == (True, lang)
    assert "/StructTreeRoot" in root
    assert b"pdfuaid" in response.content or "pdfuaid" in str(root["/Metadata"].get_data())


def test_it_says_how_it_is_marked_of_which_moment_and_how_to_prove_it(anybody: Client) -> None:
    response = anybody.get("/n/gaza-2025/brief.pdf", DAY)
    text = text_of(response.content)
    assert (response["TLP"], response["As-Of"]) == ("TLP:CLEAR", "2025-12-08T21:59:59.999999+00:00")
    assert response["Record-Link"] in text
    assert text.count("TLP:CLEAR") >= 2
    assert "CC-BY-4.0" in text
    assert "as of 8 Dec 2025, 23:59" in text
    proof = response["Record-Link"][:8]
    assert response["Content-Disposition"] == (
        f'attachment; filename="gaza-2025-brief_TLP-CLEAR_2025-12-08T2159Z_en_{proof}.pdf"'
    )


def test_its_name_and_headers_say_as_known_when(anybody: Client) -> None:
    response = anybody.get("/n/gaza-2025/brief.pdf", {**DAY, "known_at": "2025-12-01"})
    assert response["Known-At"] == "2025-12-01T21:59:59.999999+00:00"
    proof = response["Record-Link"][:8]
    name = f'brief_TLP-CLEAR_2025-12-08T2159Z_known-2025-12-01T2159Z_en_{proof}.pdf"'
    assert name in response["Content-Disposition"]


def test_the_first_days_fit_as_well(anybody: Client) -> None:
    response = anybody.get("/n/gaza-2025/brief.pdf", {"as_of": "2025-10-11"})
    assert "Phase 2" in text_of(response.content)


@pytest.mark.parametrize("query", ["level=AMBER", "level=x", "lang=fr", "as_of=2999-01-01", "as_of=soon"])
def test_it_refuses_what_cannot_be_asked(anybody: Client, query: str) -> None:
    assert anybody.get(f"/n/gaza-2025/brief.pdf?{query}").status_code == 400
    assert anybody.get(f"/n/gaza-2025/brief/?{query}").status_code == 400


def test_the_moment_it_was_made_is_not_that_of_the_brief(anybody: Client) -> None:
    response = anybody.get("/n/aceh-2005/brief.pdf")
    assert "as of 15 Dec 2006" in text_of(response.content)
    assert f"made {datetime.now(UTC).year}" not in text_of(response.content)[:80]


def tags_of(pdf: bytes) -> list[dict[str, Any]]:
    """The elements of the structure that a screen reader walks, in its order."""

    def walk(part: Any) -> Iterator[dict[str, Any]]:
        part = part.get_object()
        if isinstance(part, dict) and "/S" in part:
            yield part
        kids = part.get("/K", []) if isinstance(part, dict) else part if isinstance(part, list) else []
        for kid in kids if isinstance(kids, list) else [kids]:
            yield from walk(kid)

    return list(walk(PdfReader(BytesIO(pdf)).trailer["/Root"]["/StructTreeRoot"]))  # type: ignore[index]


def test_lists_tables_and_the_drawing_are_told_as_such(anybody: Client) -> None:
    tags = tags_of(anybody.get("/n/gaza-2025/brief.pdf", DAY).content)
    count = Counter(str(one["/S"]) for one in tags)
    assert (count["/H1"], count["/H2"], count["/Table"], count["/Figure"]) == (1, 6, 1, 1)
    # Next steps, disputes, changes and dates.
    assert (count["/L"], count["/LI"] > 12) == (4, True)
    assert [str(one["/Alt"])[:8] for one in tags if one["/S"] == "/Figure"] == ["Phase 1,"]


def test_an_arrow_points_the_way_the_language_is_read(anybody: Client) -> None:
    english, arabic = (
        text_of(anybody.get("/n/gaza-2025/brief.pdf", {**DAY, "lang": lang}).content) for lang in ("en", "ar")
    )
    assert ("→" in english, "←" in english) == (True, False)
    assert ("→" in arabic, "←" in arabic) == (False, True)


ALSO = ("Also required according to Israel: 2 of 4 unmet", "Also required according to Egypt and Qatar: 2 of 2 unmet")


def words_in(page: str) -> str:
    """What a page says, without its tags."""
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def reading_lines(page: str) -> list[str]:
    """The lines under a verdict that tell what named actors require beside the text."""
    return [words_in(line) for line in re.findall(r'<p class="why small">(.*?)</p>', page, re.DOTALL)]


def test_the_readings_of_others_stand_in_it_in_the_words_and_order_of_the_overview(anybody: Client) -> None:
    overview, brief = (anybody.get(f"/n/gaza-2025/{end}", DAY).content.decode() for end in ("", "brief/"))
    said = reading_lines(overview)
    assert [line.split(" · ")[0] for line in said] == list(ALSO)
    assert reading_lines(brief) == said


def test_the_file_says_them_too_and_names_what_is_unmet(anybody: Client) -> None:
    overview = anybody.get("/n/gaza-2025/", DAY).content.decode()
    text = text_of(anybody.get("/n/gaza-2025/brief.pdf", DAY).content)
    told = text[text.index(ALSO[0]) : text.index("What holds phase 2")]
    assert ALSO[1] in told
    assert refs_in(told) == refs_in(" ".join(reading_lines(overview)))


def test_the_readings_of_others_stand_in_arabic_too(anybody: Client) -> None:
    overview, brief = (anybody.get(f"/ar/n/gaza-2025/{end}", DAY).content.decode() for end in ("", "brief/"))
    pdf = anybody.get("/n/gaza-2025/brief.pdf", {**DAY, "lang": "ar"}).content
    said = reading_lines(overview)
    assert len(said) == 2
    assert reading_lines(brief) == said
    assert set(refs_in(" ".join(said))) <= set(refs_in(text_of(pdf)))
    assert len(PdfReader(BytesIO(pdf)).pages) == 1


LATER = "Parts of this were entered later and carry the day on which they became known."


def test_in_the_past_it_says_what_was_entered_later_and_steps_on_as_other_pages_do(anybody: Client) -> None:
    page = anybody.get("/n/gaza-2025/brief/", DAY).content.decode()
    assert LATER in page
    for step in ("One change back", "One change on", "What changed since"):
        assert step in page
    assert LATER in text_of(anybody.get("/n/gaza-2025/brief.pdf", DAY).content)


def test_of_now_it_says_nothing_of_what_was_entered_later(anybody: Client) -> None:
    assert LATER not in anybody.get("/n/gaza-2025/brief/").content.decode()
    assert LATER not in text_of(anybody.get("/n/gaza-2025/brief.pdf").content)


def test_what_moved_stands_before_what_was_only_carried_or_checked(anybody: Client) -> None:
    page = anybody.get("/n/gaza-2025/brief/", DAY).content.decode()
    changed = words_in(page[page.index(">Changed in the last 7 days</h2>") :].split("</section>")[0])
    text = text_of(anybody.get("/n/gaza-2025/brief.pdf", DAY).content)
    assert "24 → 27 people" in text
    assert "24 → 27 people" in re.split("Position stated|Message carried|Condition checked", changed)[0]
