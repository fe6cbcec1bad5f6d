"""What a file is, told from its bytes; what it says, without what it tells of its making."""

from __future__ import annotations

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from negotiations.rules.media import Media, bare_jpeg, media_of, words_of_html


def picture(kind: str) -> bytes:
    written = BytesIO()
    Image.new("RGB", (4, 4)).save(written, kind)
    return written.getvalue()


@pytest.mark.parametrize(
    ("data", "media"),
    [
        (b"%PDF-1.7\n", Media.PDF),
        (picture("PNG"), Media.PNG),
        (picture("JPEG"), Media.JPEG),
        (picture("WEBP"), Media.WEBP),
        ("Statement of 10 October: هدنة".encode(), Media.TEXT),
        (b"\xef\xbb\xbfText", Media.TEXT),
        (b"<!DOCTYPE html><p>x", Media.HTML),
        (b"  <html lang=ar>", Media.HTML),
        (picture("GIF"), None),
        (picture("BMP"), None),
        (b"PK\x03\x04", None),
        (b"MZ\x90\x00", None),
        (b"\x7fELF\x02", None),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", Media.TEXT),
        ("Text".encode("utf-16"), None),
        (b"a\x00b", None),
    ],
)
def test_it_is_what_its_bytes_say(data: bytes, media: Media | None) -> None:
    assert media_of(data) is media


def test_a_page_becomes_its_words() -> None:
    html = "<html><head><title>T</title><script>track()</script></head><body><h1>One</h1><p>Two &amp; <b>three</b></p>"
    assert words_of_html(f"{html}<!-- by Ann --><style>p{{}}</style></body></html>") == "T\nOne\nTwo & three\n"


@pytest.mark.parametrize("mark", ["<!--", "<a ", '<a href="', "<", "<script></script", "<![CDATA["])
def test_a_hostile_page_is_read_once_from_end_to_end(mark: str) -> None:
    """A parser that begins anew at each mark would take hours here."""
    assert len(words_of_html(f"<html>said{mark * 200_000}")) < 10_000_000


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ('<a title="5 > 3">link</a>', "link\n"),
        ("3 < 4 <b>5</b>", "3 < 4 5\n"),
        ("<style>p{}</style>said", "said\n"),
        ("<SCRIPT>run()</Script>said", "said\n"),
        ("said<script>run()", "said\n"),
        ("said<!-- by Ann", "said\n"),
        ("&lt;script&gt;", "<script>\n"),
    ],
)
def test_only_what_a_page_says_is_kept(html: str, words: str) -> None:
    assert words_of_html(html) == words


def test_a_photograph_keeps_its_pixels_and_loses_its_story() -> None:
    exif, written = Image.Exif(), BytesIO()
    exif[0x010F] = "Zwielicht camera"
    Image.new("RGB", (8, 8), "green").save(written, "JPEG", exif=exif, comment=b"Zwielicht", icc_profile=b"Zwielicht")
    bare = bare_jpeg(written.getvalue())
    assert b"Zwielicht" not in bare
    assert Image.open(BytesIO(bare)).getpixel((1, 1)) == Image.open(BytesIO(written.getvalue())).getpixel((1, 1))


@given(st.binary(max_size=200))
def test_no_bytes_break_it(data: bytes) -> None:
    media_of(data)
    bare_jpeg(b"\xff\xd8" + data)
    words_of_html(data.decode("latin-1"))
