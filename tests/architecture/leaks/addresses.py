"""Every address of the product, filled with what is seen, what is hidden and what is not there."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any
from uuid import UUID

from negotiations.api.resources import RESOURCES
from negotiations.models import (
    Delivery,
    Draft,
    Entry,
    ExportJob,
    ImportBatch,
    Invitation,
    Membership,
    ProposedFinding,
    SavedView,
    SharedBrief,
    StoredCopy,
    Subscription,
    Token,
    Webhook,
    WebhookDelivery,
)
from negotiations.pages.forms import marking
from negotiations.pages.forms.steps import STEPS

from .world import LookedAfter, World

NOWHERE = UUID("5f0c7d3e-0f2b-4d0e-9b1a-2c1f3a4b5c6d")
PARAMETER = re.compile(r"<(?:\w+:)?\w+>")
NOUNS = {one.plural: noun for noun, one in RESOURCES.items()}


@dataclass(frozen=True, slots=True)
class Filling:
    """What stands in one place of an address: what all see, what is hidden by its item, what names nothing."""

    seen: tuple[str, ...]
    hidden: tuple[tuple[str, Any], ...] = ()
    nothing: str = ""


@dataclass(frozen=True, slots=True)
class Address:
    """One address. With a `twin`, it names `item`, and where that is hidden both must answer alike."""

    route: str
    path: str
    item: Any = None
    twin: str = ""


def places(route: str) -> list[str]:
    """The places of a route that have to be filled, each with the word before it: `claims/<uuid:public_id>`."""
    segments = route.split("/")
    return ["/".join(segments[max(0, at - 1) : at + 1]) for at, one in enumerate(segments) if PARAMETER.search(one)]


def ids(items: Iterable[Any]) -> tuple[tuple[str, Any], ...]:
    return tuple((str(item.public_id), item) for item in items)


def of_noun(world: World, noun: str, name: str) -> Filling:
    """Items of a noun, by their id or by what people call them."""
    kind = RESOURCES[noun].kind
    by = "public_id" if name == "public_id" else RESOURCES[noun].named_by
    rows = kind._default_manager.filter(negotiation=world.small.negotiation)
    there = rows.filter(marking="CLEAR").exclude(pk__in=[item.pk for item in world.of_kind(kind)]).order_by("pk")
    hidden = tuple((str(getattr(item, by)), item) for item in world.of_kind(kind) if item in rows)
    nothing = str(NOWHERE) if name == "public_id" else "99" if by == "number" else f"{kind.REF_PREFIX}-ZZZ"
    return Filling(tuple(str(getattr(item, by)) for item in islice(there, 1)), hidden, nothing)


def own(kind: type[Any]) -> Callable[[World], Filling]:
    """Rows that belong to somebody; there is none that everybody sees."""
    return lambda world: Filling((), ids(world.of_kind(kind)), str(NOWHERE))


def looked_after(kind: type[Any]) -> Callable[[World], Filling]:
    """Rows that administrators decide about; for everybody else there are none."""
    return lambda world: Filling(
        (), tuple((key, LookedAfter(item)) for key, item in ids(world.of_kind(kind))), str(NOWHERE)
    )


def slug(world: World) -> Filling:
    return Filling(("two-shores",), (("quiet-shores", world.quiet.negotiation),), "no-such-talks")


def entry(world: World) -> Filling:
    told = Entry.objects.filter(negotiation=world.small.negotiation, subject_id=world.small.withdrawal.public_id)
    return Filling((str(told.earliest("seq").public_id),), ids(world.of_kind(Entry)), str(NOWHERE))


def nouns(_world: World) -> Filling:
    return Filling(tuple(sorted({noun for noun, name in STEPS if name == "new"})))


def steps_of_the_whole(_world: World) -> Filling:
    return Filling(tuple(sorted(name for noun, name in STEPS if noun == "negotiation")))


def fixed(*values: str) -> Callable[[World], Filling]:
    return lambda _world: Filling(values)


def one_account(world: World) -> Filling:
    return Filling((str(world.small.cast.outsider.pk),))


# How each place of an address is filled. What is under `<plural>/<...>` of the interface fills itself.
FILLED: dict[str, Callable[[World], Filling]] = {
    "negotiations/<slug:slug>": slug,
    "n/<slug:slug>": slug,
    "embed/<slug:slug>": slug,
    "record/<uuid:public_id>": entry,
    "entries/<uuid:public_id>": entry,
    "updates/<uuid:entry>": entry,
    "entry/<uuid:entry>": entry,
    "memberships/<uuid:public_id>": own(Membership),
    "people/<uuid:member>": own(Membership),
    "invitations/<uuid:invitation>": own(Invitation),
    # Whoever holds the secret of an offer reads it; nobody guesses one.
    "invitation/<str:secret>": fixed("x" * 43),
    # Whoever holds the link of a shared brief reads it; nobody guesses one.
    "b/<str:secret>": fixed("x" * 43),
    "share/<uuid:shared>": own(SharedBrief),
    "calendar/<str:secret>": fixed("x" * 43),
    "<str:secret>/<slug:slug>.ics": fixed("two-shores"),
    "exports/<uuid:key>": own(ExportJob),
    "exports/<uuid:public_id>": own(ExportJob),
    "proposed-findings/<uuid:public_id>": own(ProposedFinding),
    "tokens/<uuid:public_id>": own(Token),
    "tokens/<uuid:token>": own(Token),
    "webhooks/<uuid:public_id>": own(Webhook),
    "webhooks/<uuid:webhook>": own(Webhook),
    "deliveries/<uuid:delivery_id>": own(WebhookDelivery),
    "deliveries/<uuid:delivery>": own(WebhookDelivery),
    "copies/<uuid:key>": own(StoredCopy),
    "views/<uuid:key>": own(SavedView),
    "drafts/<uuid:draft>": own(Draft),
    "alerts/<uuid:alert>": own(Subscription),
    "inbox/<uuid:message>": own(Delivery),
    "alerts/<uuid:delivery>": looked_after(Delivery),
    "subscriptions/<uuid:public_id>": own(Subscription),
    "deliveries/<uuid:public_id>": own(Delivery),
    "addresses/<int:suppression>": fixed("1"),
    # The mailbox is there in the demonstration alone.
    "mailbox/<slug:mail>": fixed("x"),
    # Whoever holds a signed link ends what it came with; nobody guesses one.
    "unsubscribe/<str:token>": fixed("x" * 43),
    "new/<uuid:draft>": own(Draft),
    "import/<uuid:batch>": own(ImportBatch),
    "imports/<uuid:public_id>": own(ImportBatch),
    "template/<slug:kind>": fixed("claims", "conditions", "incidents", "positions", "sources"),
    "<uuid:draft>/<slug:name>": fixed("about", "check"),
    "write/<slug:noun>": nouns,
    "negotiation/<slug:name>": steps_of_the_whole,
    # Accounts: what the framework makes these of tells nothing of a negotiation.
    "keys/<int:pk>": fixed("1"),
    r"confirm-email/(?P<key>[-:\w]+)": fixed("x"),
    r"key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)": fixed("1-x"),
    # The administrator's site.
    "r/<path:content_type_id>": fixed("1"),
    "<path:content_type_id>/<path:object_id>": fixed("1"),
    "group/<path:object_id>": fixed("1"),
    "emailaddress/<path:object_id>": fixed("1"),
    "authenticator/<path:object_id>": fixed("1"),
    "usersession/<path:object_id>": fixed("1"),
    "user/<id>": one_account,
    "user/<path:object_id>": one_account,
    "admin/^(?P<app_label>auth|account|mfa|usersessions|negotiations)": fixed("negotiations"),
    "admin/(?P<url>.*)$": fixed("nowhere"),
}
# Places that are filled together, by their route.
TOGETHER: dict[str, Callable[[World], Iterator[tuple[str, str, Any]]]] = {}


def together(route: str) -> Callable[[Any], Any]:
    def listed(fill: Any) -> Any:
        TOGETHER[route] = fill
        return fill

    return listed


@together("n/<slug:slug>/write/<slug:noun>/of/<str:ref>/")
def menus(world: World) -> Iterator[tuple[str, str, Any]]:
    for noun in RESOURCES:
        if getattr(RESOURCES[noun].kind, "REF_PREFIX", ""):
            filling = of_noun(world, noun, "ref")
            base = f"n/two-shores/write/{noun}/of/"
            yield from ((f"{base}{ref}/", "", None) for ref in filling.seen)
            yield from ((f"{base}{ref}/", f"{base}{filling.nothing}/", item) for ref, item in filling.hidden)


@together("n/<slug:slug>/write/<slug:noun>/<uuid:item>/<slug:name>/")
def changes(world: World) -> Iterator[tuple[str, str, Any]]:
    names = [*STEPS, *((noun, step.name) for noun in RESOURCES for step in marking.STEPS)]
    for noun, name in dict.fromkeys(names):
        if noun in RESOURCES and name != "new":
            filling, base = of_noun(world, noun, "public_id"), f"n/two-shores/write/{noun}/"
            yield from ((f"{base}{key}/{name}/", "", None) for key in filling.seen)
            twin = f"{base}{filling.nothing}/{name}/"
            yield from ((f"{base}{key}/{name}/", twin, item) for key, item in filling.hidden)


def filling_of(world: World, place: str) -> Filling:
    """What stands in a place, found once."""
    if place not in world.known:
        world.known[place] = _filling_of(world, place)
    filling: Filling = world.known[place]
    return filling


def _filling_of(world: World, place: str) -> Filling:
    """What stands in a place. Raises LookupError with a sentence for whoever added the route."""
    if place in FILLED:
        return FILLED[place](world)
    plural, name = place.split("/")[0], place.rpartition(":")[2].rstrip(">")
    if plural in NOUNS and name in ("public_id", "ref"):
        return of_noun(world, NOUNS[plural], name)
    raise LookupError(
        f"Nothing says what stands for “{place}” in an address. Add to FILLED in {__name__} what a reader may see "
        "there, what is hidden, and what names nothing; hide an item of a new noun in planted.py."
    )


def addresses(world: World, route: str) -> Iterator[Address]:
    """The addresses of a route: all that is seen, and in each place everything hidden while the others are seen."""
    if route in TOGETHER:
        yield from addresses_together(world, route)
        return
    found = [(place.split("/")[-1], filling_of(world, place)) for place in places(route)]
    if all(filling.seen for _, filling in found):
        for values in _each(found):
            yield Address(route, filled(route, found, values))
    any_of = [one_of(filling) for _, filling in found]
    for at, (_name, filling) in enumerate(found):
        for value, item in filling.hidden:
            here = [*any_of[:at], value, *any_of[at + 1 :]]
            there = [*any_of[:at], filling.nothing, *any_of[at + 1 :]]
            yield Address(route, filled(route, found, here), item, filled(route, found, there))


def one_of(filling: Filling) -> str:
    """Something that may stand in a place while another place is asked about."""
    return next(iter([*filling.seen, *(value for value, _item in filling.hidden), filling.nothing]))


def addresses_together(world: World, route: str) -> Iterator[Address]:
    """The addresses of a route whose places depend on each other; in the hidden negotiation one stands for all."""
    for path, twin, item in TOGETHER[route](world):
        yield Address(route, f"/{path}", item, f"/{twin}" if twin else "")
    rest = route.replace("<slug:noun>", "claim").replace("<slug:name>", "edit").replace("<str:ref>", "K1")
    rest = rest.replace("<uuid:item>", str(NOWHERE))
    quiet, unknown = (f"/{rest}".replace("<slug:slug>", slug) for slug in ("quiet-shores", "no-such-talks"))
    yield Address(route, quiet, world.quiet.negotiation, unknown)


def _each(found: list[tuple[str, Filling]]) -> Iterator[list[str]]:
    """What is seen in each place; where there are several, one after the other."""
    first = [filling.seen[0] for _, filling in found]
    yield first
    for at, (_, filling) in enumerate(found):
        for value in filling.seen[1:]:
            yield [*first[:at], value, *first[at + 1 :]]


def filled(route: str, found: list[tuple[str, Filling]], values: list[str]) -> str:
    """The route with its places filled."""
    path = route
    for (name, _), value in zip(found, values, strict=True):
        path = path.replace(name, value, 1)
    return "/" + path.replace("^", "").replace("$", "")
