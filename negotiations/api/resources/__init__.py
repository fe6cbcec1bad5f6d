"""Everything the interface reads, by noun; an item of any of them as a document."""

from __future__ import annotations

from django.http import HttpResponse
from rest_framework.request import Request

from negotiations.models import MarkedItem

from ..views.base import ApiView
from . import (
    assessment,
    claim,
    clause,
    condition,
    dispute,
    gate,
    incident,
    instrument,
    link,
    meeting,
    message,
    note,
    party,
    phase,
    position,
    proposal,
    proposalversion,
    response,
    source,
    thirdparty,
    window,
)
from .item import item_document_response
from .resource import Resource

MODULES = (
    instrument, clause, phase, condition, gate, link, dispute, party, thirdparty, position, claim, proposal,
    proposalversion, response, meeting, message, note, incident, source, assessment, window,
)  # fmt: skip
RESOURCES: dict[str, Resource] = {module.RESOURCE.noun: module.RESOURCE for module in MODULES}


def item_response(view: ApiView, request: Request, noun: str, item: MarkedItem, *, status: int = 200) -> HttpResponse:
    """The item as its caller sees it, with its ETag, and its address in `Location` where it is new (201).

    Of a read at the moment that `as_of` names, of a verb as it is now.
    """
    return item_document_response(view, request, RESOURCES[noun], item, status=status)
