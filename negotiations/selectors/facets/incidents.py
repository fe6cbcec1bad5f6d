"""How the list of incidents can be narrowed."""

from __future__ import annotations

from django.utils.translation import gettext as _

from ..incidents import IncidentLine
from .base import Facet, Facets, flag, said
from .people import named


def incident_facets() -> Facets[IncidentLine]:
    return Facets(
        (
            Facet("standing", _("How far looked into"), lambda line: ((line.standing.value, line.standing.label),)),
            Facet("status", _("Status"), lambda line: ((line.status, line.status_label),)),
            Facet("type", _("Kind of event"), lambda line: ((line.type, line.type_label),)),
            Facet("severity", _("Severity"), lambda line: said((line.severity, line.severity_label))),
            Facet("alleged_by", _("Alleged by"), lambda line: said(named(line.alleged_by))),
            Facet("responsible", _("Said to be responsible"), lambda line: said(named(line.responsible))),
            Facet(
                "condition",
                _("Condition"),
                lambda line: tuple((one.ref, f"{one.ref} {one.title.here}") for one in line.conditions),
            ),
            flag("unlinked", _("Tied to no condition"), lambda line: not line.conditions),
        ),
        lambda line: f"{line.ref} {line.title.text} {line.title.ar} {line.place.text} {line.place.ar}",
    )
