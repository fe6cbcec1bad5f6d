"""Message catalogues can be compiled, say everything on screen, and hold nothing else."""

from __future__ import annotations

import re
from pathlib import Path
from zoneinfo import available_timezones

import polib
import pytest

from tracker.local.catalogues import compile_messages

from .messages import Message, of_python, of_templates

CHECKOUT = Path(__file__).resolve().parent.parent.parent
CATALOGUES = sorted((CHECKOUT / "locale").glob("*/LC_MESSAGES/*.po"))
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|(%d)|\{(\w+)\}")
ARABIC = CHECKOUT / "locale" / "ar" / "LC_MESSAGES" / "django.po"
# Latin punctuation after an Arabic letter or a placeholder, and digits that the pages write themselves where asked to.
FOREIGN = re.compile("[\u0600-\u06ff)»s](?:[,;]|\\?(?!\\w))|[\u0660-\u0669]")
# What the framework says on screen without good Arabic of its own; this project's catalogue comes before its.
OF_THE_FRAMEWORK = {
    Message("Ensure this value is a multiple of step size %(limit_value)s."),
    Message(
        "This password is too short. It must contain at least %d character.",
        plural="This password is too short. It must contain at least %d characters.",
    ),
    Message(
        "Ensure this value has at most %(limit_value)d character (it has %(show_value)d).",
        plural="Ensure this value has at most %(limit_value)d characters (it has %(show_value)d).",
    ),
}
# In the plural of Arabic zero, one and two may be words; from three on the number is written.
FEW = 3


def placeholders(text: str) -> set[str]:
    return {"".join(found) for found in PLACEHOLDER.findall(text)}


@pytest.mark.parametrize("file", CATALOGUES, ids=lambda file: file.parent.parent.name)
def test_no_entry_is_fuzzy_or_changes_placeholders(file: Path) -> None:
    entries = [entry for entry in polib.pofile(str(file)) if not entry.obsolete]
    assert [entry.msgid for entry in entries if entry.fuzzy] == []
    for entry in entries:
        allowed = placeholders(entry.msgid) | placeholders(entry.msgid_plural)
        for text in (entry.msgstr, *entry.msgstr_plural.values()):
            assert placeholders(text) <= allowed, entry.msgid
        if entry.msgstr:
            assert placeholders(entry.msgstr) == placeholders(entry.msgid), entry.msgid


def asked_for() -> dict[Message, str]:
    code = [*(CHECKOUT / "negotiations").rglob("*.py"), *(CHECKOUT / "tracker").rglob("*.py")]
    templates = [file for file in (CHECKOUT / "templates").rglob("*") if file.suffix in (".html", ".txt")]
    return of_python(code) | of_templates(templates) | dict.fromkeys(OF_THE_FRAMEWORK, "the framework")


def said_in_arabic() -> dict[Message, polib.POEntry]:
    entries = (entry for entry in polib.pofile(str(ARABIC)) if not entry.obsolete)
    return {Message(one.msgid, one.msgctxt or "", one.msgid_plural or ""): one for one in entries}


def test_everything_code_and_templates_say_is_said_in_arabic() -> None:
    said = {message for message, entry in said_in_arabic().items() if entry.translated()}
    assert {message: where for message, where in asked_for().items() if message not in said} == {}


def test_the_catalogue_holds_nothing_that_nobody_says() -> None:
    cities = {name.rsplit("/", 1)[-1].replace("_", " ") for name in available_timezones()}
    asked = asked_for()
    assert [one for one in said_in_arabic() if one not in asked and one.msgid not in cities] == []


def test_arabic_has_six_forms_and_writes_the_number_from_three_on() -> None:
    counted = [entry for entry in said_in_arabic().values() if entry.msgid_plural]
    assert [entry.msgid for entry in counted if sorted(entry.msgstr_plural) != list(range(6))] == []
    for entry in counted:
        for form in range(FEW, 6):
            assert placeholders(entry.msgstr_plural[form]) == placeholders(entry.msgid_plural), entry.msgid


def test_arabic_is_written_with_arabic_punctuation() -> None:
    said = said_in_arabic().values()
    texts = [text for entry in said for text in (entry.msgstr, *entry.msgstr_plural.values())]
    assert [text for text in texts if FOREIGN.search(text)] == []


@pytest.mark.parametrize("bad", ["نعم, لا", "%(what)s, ثم", "هل?", "٣ شروط"])
def test_the_check_of_punctuation_sees_what_it_looks_for(bad: str) -> None:
    assert FOREIGN.search(bad)


def test_messages_are_read_from_code_and_from_templates(tmp_path: Path) -> None:
    code, page = tmp_path / "one.py", tmp_path / "one.html"
    code.write_text(
        "from django.utils.translation import npgettext, gettext as _\n_('Met')\nnpgettext('c', 'a', 'b', 2)\n"
    )
    page.write_text(
        '{% load i18n %}{% translate "Open" context "button" %}'
        "{% blocktranslate count n=rows|length %}{{ n }} row{% plural %}{{ n }} rows{% endblocktranslate %}"
    )
    assert set(of_python([code])) == {Message("Met"), Message("a", "c", "b")}
    assert set(of_templates([page])) == {Message("Open", "button"), Message("%(n)s row", "", "%(n)s rows")}


def test_it_compiles_what_changed_and_nothing_else(tmp_path: Path) -> None:
    folder = tmp_path / "locale" / "ar" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    catalogue = polib.POFile()
    catalogue.append(polib.POEntry(msgid="Met", msgstr="مستوفى"))
    catalogue.save(str(folder / "django.po"))
    compile_messages(tmp_path)
    compiled = folder / "django.mo"
    first = compiled.stat().st_mtime_ns
    compile_messages(tmp_path)
    assert compiled.stat().st_mtime_ns == first
    assert polib.mofile(str(compiled))[0].msgstr == "مستوفى"
