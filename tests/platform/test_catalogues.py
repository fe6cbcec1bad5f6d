"""Message catalogues can be compiled, and no translation loses or gains a placeholder."""

from __future__ import annotations

import re
from pathlib import Path

import polib
import pytest

from tracker.local.catalogues import compile_messages

CHECKOUT = Path(__file__).resolve().parent.parent.parent
CATALOGUES = sorted((CHECKOUT / "locale").glob("*/LC_MESSAGES/*.po"))
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|\{(\w+)\}")


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
