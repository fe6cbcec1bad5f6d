"""From a negotiation, a reader, a level and a moment to a brief and its file."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone, translation

from negotiations.exports.proof import public_head
from negotiations.exports.stamp import clocks_in_name
from negotiations.history.moment import Moment
from negotiations.models import Negotiation
from negotiations.rules.marking import Viewer
from negotiations.selectors.scene import scene_of

from .content import Brief, brief_of
from .pdf import Stamp, brief_pdf


def make_brief(negotiation: Negotiation, viewer: Viewer, moment: Moment, *, language: str) -> Brief:
    """The brief in a language, its moments in the negotiation's time zone; `viewer` is already at its level."""
    with translation.override(language), timezone.override(negotiation.time_zone):
        return brief_of(scene_of(negotiation, viewer=viewer, moment=moment))


def make_pdf(brief: Brief, negotiation: Negotiation, *, language: str, stamp: Stamp) -> bytes:
    """The brief as a file, in the language and zone it was made in."""
    with translation.override(language), timezone.override(negotiation.time_zone):
        return brief_pdf(brief, stamp)


def stamp_of(negotiation: Negotiation, moment: Moment, now: datetime, *, watermark: str = "") -> Stamp:
    """What a file made now says of itself."""
    return Stamp(made_at=now, link=public_head(negotiation), known_at=moment.known_at, watermark=watermark)


def file_name(negotiation: Negotiation, brief: Brief, language: str, stamp: Stamp) -> str:
    """The name of the file: what, how marked, of which moment and as known when, in which language, and the
    beginning of its proof."""
    marking = str(brief.marking).replace("+", "-")
    parts = [f"{negotiation.slug}-brief", f"TLP-{marking}", clocks_in_name(brief.at, stamp.known_at), language]
    if stamp.link:
        parts.append(stamp.link[:8])
    return f"{'_'.join(parts)}.pdf"
