"""What a file really is, told from its bytes and never from its name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from html import unescape


class Media(StrEnum):
    """The kinds of files a copy of a source may be."""

    PDF = "application/pdf"
    PNG = "image/png"
    JPEG = "image/jpeg"
    WEBP = "image/webp"
    TEXT = "text/plain"
    HTML = "text/html"

    @property
    def suffix(self) -> str:
        return {"application/pdf": "pdf", "image/jpeg": "jpg", "text/plain": "txt"}.get(self, self.rpartition("/")[2])


# Markers of a JPEG that stand alone, without a length and content of their own.
ALONE = frozenset({0x01, *range(0xD0, 0xD8)})
# What a decoder needs: the container's header and how colours are coded; the rest tells of camera, place and hand.
KEPT_SEGMENTS = frozenset({0xE0, 0xEE})
COMMENT, SCAN, END = 0xFE, 0xDA, 0xD9
BREAKS = frozenset(
    {"article", "blockquote", "br", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "p", "table", "title", "tr"}
)
UNSPOKEN = frozenset({"noscript", "script", "style", "template"})
TAG = re.compile(r"<(?P<closes>/?)(?P<name>!--|[a-zA-Z][a-zA-Z0-9]*|[!?/])")


def media_of(data: bytes) -> Media | None:
    """The kind of file these bytes are; None for anything that is not on the list."""
    if b"%PDF-" in data[:1024]:
        return Media.PDF
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return Media.PNG
    if data.startswith(b"\xff\xd8\xff"):
        return Media.JPEG
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return Media.WEBP
    text = text_of(data)
    if text is None:
        return None
    return Media.HTML if looks_like_html(text) else Media.TEXT


def text_of(data: bytes) -> str | None:
    """The bytes as text: UTF-8 without control characters but for tabs and line ends; None for anything else."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None
    return None if any(ord(char) < 32 and char not in "\t\n\r\f" for char in text) else text


def looks_like_html(text: str) -> bool:
    start = text.lstrip()[:2000].lower()
    return start.startswith(("<!doctype html", "<html", "<head", "<body", "<?xml")) or "<html" in start


def words_of_html(html: str) -> str:
    """What a page says, as plain text, a line for each block: nothing of it can run or be fetched.

    Goes through the page once, however it is nested or broken: a full parser takes hours for a hostile one.
    """
    said = unescape("".join(_spoken(html)))
    lines = (" ".join(line.split()) for line in said.splitlines())
    return "\n".join(line for line in lines if line) + "\n"


def _spoken(html: str) -> Iterator[str]:
    """The text between tags; scripts, styles and comments say nothing, nor does a tag that never ends."""
    at = 0
    while tag := TAG.search(html, at):
        start, name = tag.start(), tag["name"].lower()
        yield html[at:start]
        if name in BREAKS:
            yield "\n"
        at = _end_of_comment(html, start) if name == "!--" else _end_of_tag(html, start)
        if name not in UNSPOKEN or tag["closes"]:
            continue
        closing = re.compile(rf"</{name}", re.IGNORECASE).search(html, at)
        if closing is None:
            return
        at = closing.start()
    yield html[at:]


def _end_of_comment(html: str, start: int) -> int:
    end = html.find("-->", start)
    return len(html) if end < 0 else end + 3


def _end_of_tag(html: str, start: int) -> int:
    """Where a tag is over; one bracket inside a quoted value does not end it."""
    end = html.find(">", start)
    if end >= 0 and html.count('"', start, end) % 2 and (quote := html.find('"', end)) >= 0:
        end = html.find(">", quote)
    return len(html) if end < 0 else end + 1


def bare_jpeg(data: bytes) -> bytes:
    """The same picture without the segments that say where, when and by whom; what is no JPEG comes back as it is."""
    if not data.startswith(b"\xff\xd8"):
        return data
    kept, at = bytearray(data[:2]), 2
    while at + 4 <= len(data) and data[at] == 0xFF:
        marker = data[at + 1]
        if marker in (SCAN, END):
            break
        end = at + 2 if marker in ALONE else at + 2 + int.from_bytes(data[at + 2 : at + 4], "big")
        is_told = marker == COMMENT or (0xE0 <= marker <= 0xEF and marker not in KEPT_SEGMENTS)
        if not is_told:
            kept += data[at:end]
        at = end
    return bytes(kept + data[at:])
