"""How the list of disputes can be narrowed."""

from __future__ import annotations

from django.utils.translation import gettext as _

from ..disputes import DisputeLine
from .base import Facet, Facets, flag


def dispute_facets() -> Facets[DisputeLine]:
    return Facets(
        (
            Facet("status", _("Status"), lambda line: ((line.status, line.status_label),)),
            Facet("category", _("Category"), lambda line: ((line.category, line.category_label),)),
            Facet("type", _("What it turns on"), lambda line: ((line.type, line.type_label),)),
            Facet("rung", _("Level"), lambda line: ((line.rung, line.rung_label),)),
            Facet("condition", _("Holds"), lambda line: tuple((ref, ref) for ref in line.holds), is_ordered=True),
            flag("open", _("Open only"), lambda line: line.is_open),
        ),
        lambda line: f"{line.ref} {line.title.text} {line.title.ar} {line.question.text} {line.question.ar}",
    )
