"""Where things are read and where verbs are called: an address that does both is one view."""

from __future__ import annotations

from collections import defaultdict

from django.urls import URLPattern, path

from negotiations.models import Negotiation

from .verbs import OPENING, VERBS
from .verbs.verb import Verb, plural_of
from .views.base import ApiView
from .views.membership import Memberships, OneMembership
from .views.negotiation import NegotiationDetail, NegotiationList
from .views.resource import ONE
from .views.resource import READS as RESOURCE_READS
from .views.verb import with_verbs

READS: dict[str, type[ApiView]] = {
    **RESOURCE_READS,
    "negotiations/": NegotiationList,
    ONE: NegotiationDetail,
    f"{ONE}memberships/": Memberships,
    "memberships/<uuid:public_id>/": OneMembership,
}


def route_of(verb: Verb) -> str:
    """The address a verb is called at."""
    if verb.makes is Negotiation:
        return "negotiations/"
    end = f"{verb.path}/" if verb.path else ""
    if verb.on is not Negotiation:
        return f"{plural_of(verb.on)}/<uuid:public_id>/{end}"
    return f"{ONE}{plural_of(verb.makes)}/" if verb.makes else f"{ONE}{end}"


def addresses() -> list[URLPattern]:
    """Every address that takes verbs, and those that only read."""
    routes: defaultdict[str, list[Verb]] = defaultdict(list)
    for verb in (OPENING, *VERBS):
        routes[route_of(verb)].append(verb)
    reads = {route: view for route, view in READS.items() if route not in routes}
    views = {route: with_verbs(READS.get(route, ApiView), verbs) for route, verbs in routes.items()}
    return [path(f"v1/{route}", view.as_view(), name=name_of(route)) for route, view in (reads | views).items()]


def name_of(route: str) -> str:
    """`negotiations`, `negotiation-claims`, `claim`, `claim-withdraw`: what reverses to the address."""
    words = [word for word in route.split("/") if word and "<" not in word]
    return "-".join(words) + ("-one" if route.endswith(">/") else "")
