"""What every page shares: who looks, which moment is meant, and the frame around the content."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from negotiations.access.doors import find_negotiation
from negotiations.access.viewer import viewer_for
from negotiations.models import Negotiation
from negotiations.pages.asked_moment import asked_moment
from negotiations.pages.present import refuse_files, refuse_other_moments
from negotiations.pages.reading import note_page
from negotiations.rules.marking import Viewer, sees_people
from negotiations.rules.permissions import may
from negotiations.selectors.head import Head, head_of
from negotiations.selectors.inbox import unread_count
from negotiations.selectors.scene import Scene, scene_of
from negotiations.selectors.shaken import shaken_of
from negotiations.selectors.sidebar import following, views_of
from negotiations.selectors.track import track_of


@dataclass(frozen=True, slots=True)
class Crumb:
    """A step of the way to this page; the last one has no address."""

    label: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class Visit:
    """A negotiation as one reader opened it, at the moment they asked about."""

    request: HttpRequest
    viewer: Viewer
    negotiation: Negotiation
    scene: Scene
    head: Head

    def crumbs(self, *steps: Crumb) -> list[Crumb]:
        home = Crumb(_("Negotiations"), reverse("dashboard") + self.head.query)
        name = self.head.title.here
        if not steps:
            return [home, Crumb(name)]
        return [home, Crumb(name, reverse("overview", args=[self.head.slug]) + self.head.query), *steps]


@contextmanager
def visit(request: HttpRequest, slug: str, *, tells_of_now: bool = False) -> Iterator[Visit]:
    """Open a negotiation: 404 for hidden and unknown alike, 400 for a moment that cannot be asked about.

    `tells_of_now` is for pages that tell of nothing but the present; they can be asked about no other moment.
    Inside the block moments are written in the negotiation's time zone.
    """
    viewer = viewer_for(request.user)
    negotiation = find_negotiation(viewer, slug)
    asked, known = request.GET.get("as_of", "").strip(), request.GET.get("known_at", "").strip()
    if tells_of_now:
        refuse_other_moments(request)
    now = timezone.now()
    moment = asked_moment(request, negotiation, viewer, now)
    with timezone.override(negotiation.time_zone):
        scene = scene_of(negotiation, viewer=viewer, moment=moment)
        track = track_of(scene, now=now) if moment.is_past else None
        head = head_of(scene.negotiation, moment, as_of_text=asked, known_text=known, track=track)
        head = replace(head, has_moments=not tells_of_now, retracted=shaken_of(scene).get(negotiation.public_id, ()))
        seat = viewer.seat_in(negotiation.pk)
        # Read by templates: whether links to forms make sense here.
        request.may_write = not moment.is_past and may(seat.role if seat else None, "note.written")  # type: ignore[attr-defined]
        request.sees_people = sees_people(seat)  # type: ignore[attr-defined]
        yield Visit(request, viewer, negotiation, scene, head)
        note_page(request, viewer, scene, request.resolver_match.kwargs if request.resolver_match else {})


def show(
    request: HttpRequest, template: str, context: dict[str, Any], *, viewer: Viewer, status: int = 200
) -> HttpResponse:
    """Render a page in its frame; what a signed-in reader sees is not kept by the browser.

    Raises BadRequest where a file is asked for: what gives one has answered before.
    """
    refuse_files(request)
    response = render(request, template, frame_of(request, viewer) | context, status=status)
    if viewer.is_signed_in:
        response["Cache-Control"] = "private, no-store"
    return response


def frame_of(request: HttpRequest, viewer: Viewer) -> dict[str, Any]:
    """What the frame around every page shows."""
    return {
        "following": following(viewer),
        "views": views_of(viewer),
        "initials": initials_of(str(request.user)),
        "unread": unread_count(viewer),
    }


def initials_of(name: str) -> str:
    return "".join(word[0] for word in name.split()[:2]).upper()
