"""What a caller asks of a list: the moment, the filters, the members; refused in words where it cannot be read."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.utils.translation import gettext as _
from rest_framework.request import Request

from negotiations.models import Negotiation
from negotiations.selectors.filters.item import ItemFilter

from ..errors import Problem
from ..fields import MOMENT, SPARSE, asked_members, check_parameters
from ..pagination import PAGING
from ..views.base import ApiView
from .listing import Listing
from .reading import Reading, reading_at
from .resource import Resource

LIST = SPARSE | MOMENT | {"format"}
FILES = ("csv", "xlsx")
FORMATS = ("json", *FILES)


def file_form(request: Request) -> str | None:
    """The format in which the caller takes the whole list along, None for a page of it."""
    form: str | None = request.query_params.get("format")
    return form if form in FILES else None


def asked_listing(view: ApiView, request: Request, resource: Resource, negotiation: Negotiation) -> Listing:
    """The list as it was asked for; Http404 where the negotiation was not there yet at that moment."""
    check_choice(request, "format", FORMATS)
    check_choice(request, "count", ("exact",))
    check_parameters(request, LIST | (frozenset() if file_form(request) else PAGING) | set(resource.filter_names))
    moment = view.moment_of(request, negotiation)
    reading = reading_at(view.viewer, negotiation, moment, resource.nouns)
    if reading.head is None:
        raise Http404
    members = asked_members(request, resource.members)
    return Listing(resource, reading, narrowed(request, resource, reading), members)


def narrowed(request: Request, resource: Resource, reading: Reading) -> ItemFilter:
    """The filters over what the reader may see; wrong ones are named."""
    found = resource.filters(
        request.query_params,
        reading.visible(resource.kind),
        viewer=reading.viewer,
        negotiation=reading.negotiation,
    )
    check_filters(found)
    return found


def check_filters(found: Any) -> None:
    """Refuse filters that cannot be read, by name."""
    if not found.is_valid():
        errors = {name: " ".join(str(text) for text in texts) for name, texts in found.errors.items()}
        raise Problem(400, "invalid_filter", _("Some filters cannot be read."), errors=errors)


def check_choice(request: Request, name: str, choices: tuple[str, ...]) -> None:
    """Refuse a value that is none of these."""
    if request.query_params.get(name, choices[0]) not in choices:
        message = _("Choose from: %(names)s.") % {"names": ", ".join(choices)}
        raise Problem(400, f"invalid_{name}", message, errors={name: message})
