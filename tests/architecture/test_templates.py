"""What templates and the stylesheet must not do: inline code, sideways layout, weight."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import polib
import pytest

CHECKOUT = Path(__file__).resolve().parent.parent.parent
TEMPLATES = sorted((CHECKOUT / "templates").rglob("*.html"))
STYLESHEET = CHECKOUT / "static" / "css" / "tracker.css"
FORBIDDEN = {
    "a style attribute": re.compile(r"\sstyle\s*="),
    "a style element": re.compile(r"<style\b"),
    "an event attribute": re.compile(r"\son[a-z]+\s*="),
    "inline script": re.compile(r"<script(?![^>]*\bsrc=)"),
    "a script address": re.compile(r"javascript:", re.IGNORECASE),
    "a foreign address": re.compile(r"""(?:src|href)=["'](?:https?:)?//"""),
    "safe without escaping": re.compile(r"\|\s*safe\b|\{%\s*autoescape off"),
}
PHYSICAL = re.compile(r"(?:^|[;{\s])(?:margin|padding|border|inset)?-?(?:left|right)\s*:", re.MULTILINE)


@pytest.mark.parametrize("file", TEMPLATES, ids=lambda file: str(file.relative_to(CHECKOUT)))
def test_a_template_holds_nothing_the_policy_forbids(file: Path) -> None:
    text = file.read_text("utf-8")
    assert [name for name, pattern in FORBIDDEN.items() if pattern.search(text)] == []


@pytest.mark.parametrize("bad", ['<p style="x">', "<style>", '<a onclick="x">', "<script>x</script>", "{{ x|safe }}"])
def test_the_check_sees_what_it_looks_for(bad: str) -> None:
    assert any(pattern.search(bad) for pattern in FORBIDDEN.values())


def test_forms_that_post_carry_the_token() -> None:
    forms = re.compile(r'<form[^>]*method="post"[^>]*>(.{0,60})', re.DOTALL)
    bare = [file.name for file in TEMPLATES for rest in forms.findall(file.read_text("utf-8")) if "csrf" not in rest]
    assert bare == []


def test_the_stylesheet_is_logical_and_light() -> None:
    text = STYLESHEET.read_text("utf-8")
    assert PHYSICAL.findall(text) == []
    assert "@import" not in text
    assert len(gzip.compress(text.encode())) < 15 * 1024


def test_every_class_of_the_stylesheet_is_used() -> None:
    sources = [*TEMPLATES, *(CHECKOUT / "negotiations").rglob("*.py")]
    used = "\n".join(file.read_text("utf-8") for file in sources)
    classes = set(re.findall(r"\.([a-z][a-z0-9_-]*)", re.sub(r"url\([^)]*\)", "", STYLESHEET.read_text("utf-8"))))
    composed = ("c-", "f-", "tlp-", "st-")
    unused = {name for name in classes if not name.startswith(composed) and not re.search(rf"\b{name}\b", used)}
    assert unused == set()


def test_everything_on_screen_is_said_in_arabic() -> None:
    catalogue = polib.pofile(str(CHECKOUT / "locale" / "ar" / "LC_MESSAGES" / "django.po"))
    assert [entry.msgid for entry in catalogue.untranslated_entries()] == []


def test_templates_leave_no_words_untranslated() -> None:
    words = re.compile(r">\s*([A-Z][a-z]+(?: [a-z]+)*)\s*<")
    found = {
        (file.name, text)
        for file in TEMPLATES
        for text in words.findall(re.sub(r"\{%\s*(?:blocktranslate|translate).*?%\}", "", file.read_text("utf-8")))
    }
    # The other language calls itself by its own name, and a key is called what stands on it.
    assert found <= {("topbar.html", "English"), ("scripts.html", "Enter")}
