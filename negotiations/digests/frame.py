"""The frame around a mail: its head line and label, and at its foot why it came and how it stops."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from negotiations.rules.codes import Marking

from .content import colour_of
from .news import rightwards
from .pieces import Piece, drawn_whole
from .plain import block

# Where one reader's own goes in: letters that no step on the way changes and nobody can have written.
BODY, NAME, STOP = (f"{word}{secrets.token_hex(12)}" for word in ("body", "name", "stop"))


@dataclass(frozen=True, slots=True)
class Around:
    """What a frame says; all who are told the same, by the same rhythm, share it."""

    subject: str
    sent: str
    preview: str
    marking: str
    limit: str
    why: str
    settings_href: str


@dataclass(frozen=True, slots=True)
class Frame:
    """The four stretches of a frame in both forms: body, name and address of the way out go between them."""

    html: tuple[str, str, str, str]
    text: tuple[str, str, str, str]


def frame_of(around: Around, shape: Callable[[Piece], Piece] = lambda piece: piece) -> Frame:
    """Draw it; `shape` is laid over both forms while they are whole."""
    label = Marking(around.marking).english
    html = drawn_whole(
        "frame",
        around=around,
        language=get_language() or "en",
        label=label,
        colour=colour_of(around.marking),
        for_whom=_for_whom(),
        body_mark=BODY,
        stop_mark=STOP,
    )
    whole = shape(Piece(html, _text(around, label)))
    return Frame(_cut(whole.html), _cut(whole.text))


def _for_whom() -> str:
    return _("Sent to %(name)s.") % {"name": NAME}


def _text(around: Around, label: str) -> str:
    return "".join(
        [
            block([rightwards(label), around.sent]),
            BODY,
            block(
                [
                    "-- ",
                    around.limit,
                    " ".join(part for part in (_for_whom(), around.why) if part),
                    f"{_('Change what you get')}: {around.settings_href}",
                    f"{_('Stop these e-mails')}: {STOP}",
                    rightwards(label),
                ]
            ),
        ]
    )


def _cut(whole: str) -> tuple[str, str, str, str]:
    top, rest = whole.split(BODY)
    before_name, rest = rest.split(NAME)
    before_stop, end = rest.split(STOP)
    return top, before_name, before_stop, end


def with_body(frame: Frame, body: Piece) -> tuple[Piece, Piece, Piece]:
    """The stretches before, between and after what is personal."""
    (html_top, html_name, html_stop, html_end), (top, name, stop, end) = frame.html, frame.text
    return (
        Piece(html_top + body.html + html_name, top + body.text + name),
        Piece(html_stop, stop),
        Piece(html_end, end),
    )
