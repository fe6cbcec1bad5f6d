"""A copy of a source: what it really is, without its metadata, told once in the record."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import FreeText
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject, NumberObject, TextStringObject

from negotiations.access.viewer import viewer_for
from negotiations.models import StoredCopy
from negotiations.rules.marking import ANYBODY
from negotiations.services import stripping, stripping_pdf
from negotiations.services.conflict import VersionConflict
from negotiations.services.stored_copy import SIZE_MAX, path_of, plain_name, store_copy
from negotiations.services.stripping import CopyRefused
from tests.factories import Talks

from .facts import source as amber_source
from .ledger import nothing_by, written_by

pytestmark = pytest.mark.django_db
WORD = b"Zwielicht"


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "media"
    return tmp_path / "media"


def keep(talks: Talks, data: bytes, name: str = "statement", **facts: Any) -> StoredCopy:
    facts = {"source": talks.source, "version": None, **facts}
    return store_copy(act=talks.act(cites=()), file=BytesIO(data), name=name, **facts)


def bytes_of(copy: StoredCopy) -> bytes:
    return path_of(copy.sha256).read_bytes()


def photograph(kind: str = "JPEG") -> bytes:
    """A picture that tells by whom, where and with what it was taken, in every place its format has for it."""
    exif, written = Image.Exif(), BytesIO()
    exif[0x013B] = "Zwielicht"
    exif.get_ifd(0x8825)[1] = "Zwielicht"
    exif[0x0112] = 6
    more: dict[str, Any] = {"comment": WORD} if kind == "JPEG" else {}
    Image.new("RGB", (20, 10), "navy").save(written, kind, exif=exif, icc_profile=WORD * 20, xmp=WORD, **more)
    return written.getvalue()


def paper() -> bytes:
    """A PDF with a name in its information, metadata, attachment, script, annotation, outline and photograph."""
    writer = PdfWriter()
    page = writer.add_blank_page(200, 200)
    writer.add_metadata({"/Author": "Zwielicht", "/Producer": "Zwielicht"})
    writer.add_attachment("Zwielicht.txt", WORD)
    script = {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("Zwielicht")}
    writer._root_object[NameObject("/OpenAction")] = DictionaryObject(script)
    writer.add_annotation(0, FreeText(text="Zwielicht", rect=(10, 10, 90, 90)))
    writer.add_outline_item("Zwielicht", 0)
    metadata = DecodedStreamObject()
    metadata.set_data(b"<x:xmpmeta>Zwielicht</x:xmpmeta>")
    told = writer._add_object(metadata)
    writer._root_object[NameObject("/Metadata")] = told
    page[NameObject("/Metadata")] = told
    page[NameObject("/PieceInfo")] = DictionaryObject({NameObject("/App"): TextStringObject("Zwielicht")})
    shown = DecodedStreamObject()
    shown.set_data(photograph())
    size = {NameObject("/Width"): NumberObject(20), NameObject("/Height"): NumberObject(10)}
    shown.update({NameObject("/Type"): NameObject("/XObject"), NameObject("/Subtype"): NameObject("/Image"), **size})
    shown.update({NameObject("/Filter"): NameObject("/DCTDecode"), NameObject("/Metadata"): told})
    drawn = DictionaryObject({NameObject("/Im0"): writer._add_object(shown)})
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/XObject"): drawn})
    written = BytesIO()
    writer.write(written)
    return written.getvalue()


def test_it_is_kept_and_told_once(talks: Talks) -> None:
    written = written_by(lambda: keep(talks, b"We halt at noon.", "Statement 1.txt"))
    copy = written.result
    assert (written.verbs, written.tables) == (["source.edited"], {"source": 0, "storedcopy": 1})
    assert written.entries[0].payload.changes == {"sha256": ["", copy.sha256]}
    assert (copy.name, copy.media_type, copy.size) == ("Statement 1.txt", "text/plain", 16)
    assert bytes_of(copy) == b"We halt at noon."


def test_the_same_file_again_is_the_same_copy(talks: Talks) -> None:
    copy = keep(talks, photograph())
    written = written_by(lambda: keep(talks, photograph(), "another name"))
    assert (written.result, written.verbs, written.tables) == (copy, [], {})


def test_it_lies_where_only_this_account_reads(talks: Talks, folder: Path) -> None:
    place = path_of(keep(talks, b"We halt.").sha256)
    assert place.is_relative_to(folder)
    assert {part.stat().st_mode & 0o777 for part in (folder, folder / "copies", place.parent)} == {0o700}
    assert place.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(("kind", "media"), [("JPEG", "image/jpeg"), ("PNG", "image/png"), ("WEBP", "image/webp")])
def test_a_picture_loses_everything_but_its_pixels(talks: Talks, kind: str, media: str) -> None:
    assert WORD in photograph(kind) or kind == "PNG"
    copy = keep(talks, photograph(kind), "harbour.gif")
    shown = Image.open(BytesIO(bytes_of(copy)))
    assert (copy.media_type, shown.size) == (media, (10, 20))
    assert WORD not in bytes_of(copy)
    assert not shown.getexif() and not {"exif", "icc_profile", "xmp", "comment"} & set(shown.info)  # noqa: PT018


def test_a_paper_keeps_its_pages_alone(talks: Talks) -> None:
    assert paper().count(WORD) > 8
    copy = keep(talks, paper(), "pact.pdf")
    bare = bytes_of(copy)
    reader = PdfReader(BytesIO(bare))
    assert (copy.media_type, len(reader.pages), len(reader.pages[0].images)) == ("application/pdf", 1, 1)
    assert WORD not in bare
    assert not any(WORD in inflated for inflated in streams_of(bare))
    assert not reader.metadata
    for name in (b"/JavaScript", b"/JS", b"/EmbeddedFile", b"/Annots", b"/Outlines", b"/PieceInfo", b"pypdf"):
        assert name not in bare


def streams_of(data: bytes) -> list[bytes]:
    found = []
    for part in data.split(b"stream")[1:]:
        try:
            found.append(zlib.decompressobj().decompress(part.lstrip(b"\r\n")))
        except zlib.error:
            continue
    return found


def test_a_page_is_kept_as_its_words(talks: Talks) -> None:
    html = b"<!doctype html><title>Statement</title><script>alert(1)</script><h1>We halt</h1><p>at noon"
    copy = keep(talks, html, "page.html")
    assert (copy.name, copy.media_type, bytes_of(copy)) == ("page.txt", "text/plain", b"Statement\nWe halt\nat noon\n")


def locked() -> bytes:
    writer, written = PdfWriter(), BytesIO()
    writer.add_blank_page(10, 10)
    writer.encrypt("secret")
    writer.write(written)
    return written.getvalue()


def crowded() -> bytes:
    """A paper of one page and more parts than any page needs."""
    writer, written = PdfWriter(), BytesIO()
    writer.add_blank_page(10, 10)
    for _number in range(60):
        writer._add_object(DictionaryObject())
    writer.write(written)
    return written.getvalue()


BROKEN: dict[str, Callable[[], bytes]] = {
    "nothing": lambda: b"",
    "too large": lambda: b"x" * (SIZE_MAX + 1),
    "a program": lambda: b"MZ\x90\x00" + b"\x00" * 50,
    "an archive": lambda: b"PK\x03\x04" + b"\x00" * 50,
    "half a picture": lambda: photograph()[:100],
    "half a paper": lambda: paper()[:200],
    "a locked paper": locked,
    "a paper of nothing": lambda: b"%PDF-1.7\n%%EOF",
    "a page with a number beyond reason": lambda: b"<html>&#" + b"9" * 5000 + b";",
    "a page that is too large": lambda: b"<html>" + b"x" * stripping.PAGE_MAX,
}


@pytest.mark.parametrize("case", BROKEN)
def test_what_cannot_be_kept_is_refused_and_nothing_written(talks: Talks, case: str) -> None:
    def attempt() -> None:
        with pytest.raises(CopyRefused):
            keep(talks, BROKEN[case]())

    nothing_by(attempt)


def test_a_picture_that_unfolds_too_far_is_refused_before_it_does(
    talks: Talks, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stripping, "PIXELS_MAX", 100)
    with pytest.raises(CopyRefused, match="pixels"):
        keep(talks, photograph())


def test_a_paper_of_too_many_parts_is_refused_before_they_are_read(
    talks: Talks, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stripping_pdf, "OBJECTS_MAX", 50)
    with pytest.raises(CopyRefused):
        keep(talks, crowded())


def test_files_are_read_one_at_a_time(talks: Talks, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stripping, "WAIT_S", 0)
    with stripping._turn, pytest.raises(CopyRefused, match="try again"):
        keep(talks, photograph())


def test_what_hides_behind_another_kind_is_gone(talks: Talks) -> None:
    both = photograph("PNG") + b"<script>" + WORD + b"</script>" + b"PK\x03\x04" + WORD
    assert WORD not in bytes_of(keep(talks, both, "picture.html"))


def test_a_stale_page_is_told_so(talks: Talks) -> None:
    with pytest.raises(VersionConflict):
        keep(talks, b"We halt.", version=99)
    assert not StoredCopy.objects.exists()


def test_only_members_who_see_its_source_reach_it(talks: Talks) -> None:
    keep(talks, b"We halt.")
    narrow = amber_source(talks, marking="AMBER+STRICT", organisation=talks.cast.harbour)
    keep(talks, b"They halt.", source=narrow)
    found = {
        name: StoredCopy.objects.visible_to(viewer_for(getattr(talks.cast, name))).count()
        for name in ("mediator", "other_mediator", "reader", "outsider")
    }
    assert found == {"mediator": 2, "other_mediator": 1, "reader": 1, "outsider": 0}
    assert not StoredCopy.objects.visible_to(ANYBODY).exists()


@pytest.mark.parametrize(
    ("name", "offered"),
    [
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Users\\ann\\pact.exe", "pact.pdf"),
        ("هدنة.pdf", "هدنة.pdf"),
        ('a"b\r\nX: y.pdf', "abX y.pdf"),
        ("", "copy.pdf"),
        ("...", "copy.pdf"),
    ],
)
def test_its_name_is_plain(name: str, offered: str) -> None:
    assert plain_name(name, stripping.Media.PDF) == offered
