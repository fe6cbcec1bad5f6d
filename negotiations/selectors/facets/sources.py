"""How the list of sources can be narrowed."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from django.utils.translation import gettext as _

from negotiations.rules.codes import Marking

from ..all_sources import FoundSource
from ..sources import SourceRow
from .base import Answer, Facet, Facets, flag


def source_facets() -> Facets[SourceRow]:
    return Facets(
        (
            Facet("kind", _("Kind of source"), lambda row: ((row.kind, row.kind_label),)),
            Facet(
                "reliability",
                _("Reliability"),
                lambda row: ((row.reliability, f"{row.reliability} {row.reliability_label}"),),
            ),
            Facet("publisher", _("Publisher"), lambda row: ((row.publisher, row.publisher),)),
            Facet("language", _("Language"), lambda row: ((row.language, row.language),)),
            Facet("marking", _("Sharing"), lambda row: ((row.marking, Marking(row.marking).english),)),
            flag("retracted", _("Retracted"), lambda row: row.retracted_at is not None),
            flag("reprint", _("Shares an origin"), lambda row: bool(row.same_origin)),
            flag("unused", _("Supports nothing yet"), lambda row: not row.cited),
        ),
        lambda row: f"{row.ref} {row.title.text} {row.title.ar} {row.publisher} {row.attribution} {row.url}",
    )


def all_source_facets() -> Facets[FoundSource]:
    """The same ways over all negotiations, and by negotiation."""
    within = source_facets()
    return Facets(
        (
            Facet("negotiation", _("Negotiation"), lambda one: ((one.slug, one.negotiation.here),)),
            *(Facet(one.name, one.label, _of_row(one), one.is_flag) for one in within.facets),
        ),
        lambda one: f"{within.words(one.row)} {one.negotiation.text} {one.negotiation.ar}",
    )


def _of_row(facet: Facet[SourceRow]) -> Callable[[FoundSource], Iterable[Answer]]:
    return lambda one: facet.answers(one.row)
