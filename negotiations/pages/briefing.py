"""A brief as it is asked for in an address: at which level, in which language, of which moment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import get_language

from negotiations.access.doors import find_negotiation
from negotiations.access.viewer import viewer_for
from negotiations.exports.brief.content import Brief
from negotiations.exports.brief.levels import at_level, levels_for
from negotiations.exports.brief.making import file_name, make_brief, make_pdf, stamp_of
from negotiations.exports.stamp import LICENSES
from negotiations.history.moment import Moment
from negotiations.models import Negotiation
from negotiations.pages.asked_moment import asked_moment, chosen
from negotiations.rules.codes import Marking
from negotiations.rules.marking import Viewer
from negotiations.selectors.scene import Scene
from negotiations.selectors.track import Track, track_of

PDF = "application/pdf"


@dataclass(frozen=True, slots=True)
class Asked:
    """A brief as one reader asked for it; `reader` is who it is made for, at its level."""

    negotiation: Negotiation
    viewer: Viewer
    reader: Viewer
    level: Marking
    levels: tuple[Marking, ...]
    language: str
    moment: Moment
    now: datetime
    as_of_text: str
    known_text: str

    @property
    def query(self) -> str:
        """What asks for the same brief, without its language."""
        asked = {"level": self.level.value, "as_of": self.as_of_text, "known_at": self.known_text}
        return urlencode({name: value for name, value in asked.items() if value})

    def track(self) -> Track | None:
        """The ways through the past as whoever it is made for may go them; None for the latest moment."""
        if not self.moment.is_past:
            return None
        return track_of(Scene(self.negotiation, self.reader, self.moment), now=self.now)

    def brief(self) -> Brief:
        return make_brief(self.negotiation, self.reader, self.moment, language=self.language)


def asked_brief(request: HttpRequest, slug: str) -> Asked:
    """What the address asks for: 404 for hidden and unknown alike, 400 for what cannot be asked."""
    viewer, now = viewer_for(request.user), timezone.now()
    negotiation = find_negotiation(viewer, slug)
    levels = levels_for(viewer, negotiation)
    level = chosen(request.GET.get("level") or levels[-1].value, [one.value for one in levels])
    language = chosen(request.GET.get("lang") or get_language() or "en", list(dict(settings.LANGUAGES)))
    reader = at_level(viewer, negotiation, Marking(level))
    as_of, known = request.GET.get("as_of", "").strip(), request.GET.get("known_at", "").strip()
    moment = asked_moment(request, negotiation, reader, now)
    return Asked(negotiation, viewer, reader, Marking(level), levels, language, moment, now, as_of, known)


def pdf_response(
    negotiation: Negotiation, brief: Brief, moment: Moment, *, language: str, now: datetime, watermark: str = ""
) -> HttpResponse:
    """The brief as a file to save, with what it says of itself in its headers too."""
    stamp = stamp_of(negotiation, moment, now, watermark=watermark)
    body = make_pdf(brief, negotiation, language=language, stamp=stamp)
    response = HttpResponse(body, content_type=PDF)
    name = file_name(negotiation, brief, language, stamp)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Content-Language"] = language
    response["TLP"] = brief.marking.english
    response["As-Of"] = brief.at.isoformat()
    if moment.known_at is not None:
        response["Known-At"] = moment.known_at.isoformat()
    response["Record-Link"] = stamp.link
    if brief.marking == Marking.CLEAR:
        response["Link"] = f'<{LICENSES}{settings.DATA_LICENSE}>; rel="license"'
    response["Cache-Control"] = "private, no-store"
    return response
