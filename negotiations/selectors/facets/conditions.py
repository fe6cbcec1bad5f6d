"""How the list of conditions can be narrowed."""

from __future__ import annotations

from django.utils.translation import gettext as _

from ..conditions import ListedCondition
from .base import Facet, Facets, flag, said
from .people import named


def condition_facets() -> Facets[ListedCondition]:
    return Facets(
        (
            Facet("status", _("Status"), lambda one: ((one.line.status, one.line.status_label),)),
            Facet("category", _("Category"), lambda one: ((one.line.category, one.category_label),)),
            Facet("phase", _("Phase"), lambda one: ((str(one.phase), str(one.phase)),), is_ordered=True),
            Facet("obligor", _("Owed by"), lambda one: said(*map(named, one.obligors))),
            Facet("owner", _("Kept by"), lambda one: said((one.owner_name, one.owner))),
            flag("open", _("Open only"), lambda one: one.line.is_open),
            flag("overdue", _("Overdue"), lambda one: one.line.is_overdue),
            flag("blocked", _("Held"), lambda one: bool(one.line.held_by)),
            flag("stale", _("Stale"), lambda one: one.line.fresh.level in ("stale", "never")),
            flag("due", _("Due for a check"), lambda one: one.line.fresh.level == "due"),
            flag("retracted", _("Rests on a retracted source"), lambda one: bool(one.line.retracted)),
            flag("mine", _("Mine to check"), lambda one: one.is_mine),
        ),
        lambda one: f"{one.line.ref} {one.line.title.text} {one.line.title.ar} {one.text}",
    )
