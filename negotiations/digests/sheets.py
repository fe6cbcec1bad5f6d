"""Whole letters but for the name and the way out, encoded once for the wire however many get them."""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass
from html import escape

from .pieces import Piece

# Base64 lines hold 57 bytes: what is encoded apart must be a whole number of them to join without a seam.
LINE = 57
# Above this many bytes a letter, quoted-printable is longer than base64 and no longer legible either.
LATIN = 1.2
# Both encodings keep their text from beginning a line with it.
BOUNDARY = b"=_letter_"
_HEAD = b'Content-Type: multipart/alternative; boundary="' + BOUNDARY + b'"\r\n\r\n'
_PART = b'--%s\r\nContent-Type: text/%s; charset="utf-8"\r\nContent-Transfer-Encoding: %s\r\n\r\n'
_END = b"--" + BOUNDARY + b"--\r\n"


@dataclass(frozen=True, slots=True)
class Form:
    """One form of a letter: its long start encoded, and the stretches that stand around what is personal."""

    kind: bytes
    start: str
    encoded_start: bytes
    rest: str
    between: str
    end: str
    is_latin: bool

    def filled(self, name: str, stop: str) -> tuple[str, bytes]:
        """The form for one recipient, as text and encoded with the head of its part."""
        tail = f"{self.rest}{name}{self.between}{stop}{self.end}"
        return self.start + tail, self.encoded_start + _encoded(tail, is_latin=self.is_latin)


@dataclass(frozen=True, slots=True)
class Sheet:
    """What all recipients of a letter share: its facts and its two forms."""

    subject: str
    marking: str
    told: tuple[int, ...]
    text: Form
    html: Form

    def filled(self, name: str, stop: str) -> tuple[str, str, bytes]:
        """The text, the HTML and the MIME body for one recipient."""
        text, plain = self.text.filled(name, stop)
        html, marked = self.html.filled(escape(name), escape(stop))
        return text, html, b"".join((_HEAD, plain, marked, _END))


def body_of(text: str, html: str) -> bytes:
    """The MIME body of two forms that nobody shares."""
    forms = form_of(b"plain", text, "", ""), form_of(b"html", html, "", "")
    return b"".join((_HEAD, *(form.filled("", "")[1] for form in forms), _END))


def sheet_of(*, subject: str, marking: str, told: tuple[int, ...], stretches: tuple[Piece, Piece, Piece]) -> Sheet:
    text = form_of(b"plain", *(one.text for one in stretches))
    html = form_of(b"html", *(one.html for one in stretches))
    return Sheet(subject, marking, told, text, html)


def form_of(kind: bytes, first: str, between: str, end: str) -> Form:
    """Cut and encode the stretch before what is personal; the rest of it goes with the tail."""
    first, between, end = (_even(stretch) for stretch in (first, between, end))
    is_latin = len(first.encode()) < len(first) * LATIN
    start, rest = _cut_at_line(first) if is_latin else _cut_at_bytes(first)
    head = _PART % (BOUNDARY, kind, b"quoted-printable" if is_latin else b"base64")
    return Form(kind, start, head + _encoded(start, is_latin=is_latin), rest, between, f"{end.rstrip()}\n", is_latin)


def _encoded(text: str, *, is_latin: bool) -> bytes:
    data = text.replace("\n", "\r\n").encode()
    if is_latin:
        return binascii.b2a_qp(data, istext=True)
    return base64.encodebytes(data).replace(b"\n", b"\r\n")


def _even(text: str) -> str:
    """The text with one kind of line end."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _cut_at_line(text: str) -> tuple[str, str]:
    end = text.rfind("\n") + 1
    return text[:end], text[end:]


def _cut_at_bytes(text: str) -> tuple[str, str]:
    """The longest start whose bytes fill whole lines of base64 and end between two characters."""
    raw = text.replace("\n", "\r\n").encode()
    for end in range(len(raw) // LINE * LINE, 0, -LINE):
        # Neither inside a character nor inside a line end.
        if end == len(raw) or (raw[end] & 0xC0 != 0x80 and raw[end - 1 : end + 1] != b"\r\n"):
            return raw[:end].decode().replace("\r\n", "\n"), raw[end:].decode().replace("\r\n", "\n")
    return "", text
