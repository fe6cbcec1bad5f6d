"""How the list of negotiations can be narrowed."""

from __future__ import annotations

from django.utils.translation import gettext as _

from negotiations.selectors.dashboard import DashboardLine

from .base import Facet, Facets, flag, said


def negotiation_facets() -> Facets[DashboardLine]:
    return Facets(
        (
            Facet("status", _("Status"), lambda line: said((line.status, line.status_label))),
            Facet("mediator", _("Mediator"), lambda line: [(one.short, one.name.here) for one in line.outsiders]),
            Facet("party", _("Party"), lambda line: [(one.short, one.name.here) for one in line.parties]),
            flag("held", _("Held up"), lambda line: line.held_by is not None),
            flag("stale", _("Stale only"), lambda line: line.fresh.level == "stale"),
        ),
        words=lambda line: " ".join([line.title.text, line.title.ar, line.verdict]),
    )
