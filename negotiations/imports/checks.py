"""What keeps a row from being done: cells that are missing or contradict each other, who may see it, who may do it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from negotiations.models import MarkedItem
from negotiations.rules.codes import Marking
from negotiations.rules.errors import MarkingRefused
from negotiations.rules.marking import check_clearance, check_structure, check_within, rank
from negotiations.rules.permissions import may

from .acting import dated
from .desk import Desk
from .faults import Faults
from .mappings import TableMapping
from .planned import CHANGED, CREATED, Acting


@dataclass
class Checks:
    """Looks at rows one after the other, and says of each all that is wrong with it."""

    mapping: TableMapping
    desk: Desk
    faults: Faults

    def check_facts(self, line: int, values: dict[str, Any], facts: dict[str, Any], item: MarkedItem | None) -> None:
        """What is missing in a row, and what in it contradicts itself."""
        needed = [one.name for one in self.mapping.columns if one.is_required and item is None]
        for name in needed:
            if name not in values and (line, name) not in self.faults.told:
                self.faults.refuse(line, name, _("This cell is empty."), _("Fill it in; it is needed for each row."))
        merged = {**({name: getattr(item, name) for name in self.columns_of(item)} if item else {}), **facts}
        for name, wrong, advice in self.mapping.contradictions(merged):
            if (line, name) not in self.faults.told:
                self.faults.refuse(line, name, _(wrong), _(advice))
        moment, known = dated(self.mapping, values), values.get("known_at")
        if moment is not None and known is not None and known < moment:
            wrong = _("This was known before it was so.")
            self.faults.refuse(line, "known_at", wrong, _("Mend one of the two moments."))

    def columns_of(self, item: MarkedItem) -> list[str]:
        kept = {one.name for one in item._meta.concrete_fields}
        return [one.target for one in self.mapping.columns if one.is_fact and one.target in kept]

    def check_reach(self, line: int, marking: str, facts: dict[str, Any], acting: Acting, *, is_new: bool) -> None:
        """Who may see the item, compared with who brings it, what it belongs to and what it rests on."""
        if marking == Marking.RED and is_new:
            wrong = _("TLP:RED names its readers, which a table cannot.")
            self.faults.refuse(line, "marking", wrong, _("Enter it by hand."))
            return
        try:
            self.check_marking(marking, facts, is_new=is_new)
        except MarkingRefused as refused:
            self.faults.refuse(line, "marking", refused.message, _("Choose another marking."))
        if not self.mapping.is_cited or not is_new or acting.no_source_reason:
            return
        if acting.source is None or rank(acting.source.marking) > rank(marking):
            wrong = _("This rests on no source that all its readers may see.")
            self.faults.refuse(line, "source", wrong, _("Name a source, or fill in no_source_reason."))

    def check_marking(self, marking: str, facts: dict[str, Any], *, is_new: bool) -> None:
        """Raise MarkingRefused for a marking that its author, its kind or its wholes do not allow."""
        negotiation = self.desk.negotiation
        seat = self.desk.viewer.seat_in(negotiation.pk) if negotiation else None
        organisation = self.desk.organisation.pk if self.desk.organisation else None
        if self.mapping.model.IS_STRUCTURE:
            check_structure(marking)
        if seat is not None and is_new:
            check_clearance(marking, seat, organisation)
        for whole in wholes(facts):
            check_within(
                marking, whole.marking, part_organisation=organisation, whole_organisation=whole.organisation_id
            )
        if negotiation is not None:
            check_within(marking, negotiation.marking)

    def check_change(self, line: int, values: dict[str, Any], item: MarkedItem, changes: list[Any]) -> None:
        """What keeps an item that is there from being changed by this row."""
        ref = getattr(item, "ref", "")
        if "version" in values and values["version"] != item.version:
            wrong = _("%(ref)s was changed since: version %(saved)s is saved.") % {"ref": ref, "saved": item.version}
            self.faults.refuse(line, "version", wrong, _("Look at what changed, and put that number here."))
        if "marking" in values and values["marking"] != item.marking:
            wrong = _("Who may see %(ref)s is changed by a step of its own.") % {"ref": ref}
            self.faults.refuse(line, "marking", wrong, _("Leave this cell empty."))
        if changes and values.get("ref", "").casefold() != ref.casefold() and not self.mapping.follows:
            wrong = _("%(ref)s is there already and says something else in %(fields)s.")
            told = wrong % {"ref": ref, "fields": ", ".join(name for name, _old, _new in changes)}
            self.faults.refuse(line, self.mapping.key[0], told, _("Put its ref in the row to change it."))
        for name in sorted({name for name, _old, _new in changes} & self.mapping.fixed):
            wrong = _("This is not changed by a table.")
            self.faults.refuse(line, name, wrong, _("Correct the entry that says it, or leave this cell empty."))

    def is_allowed(self, line: int, action: str) -> bool:
        """Whether the person's seat lets them do what the row does; it is said once."""
        verb = {CREATED: self.mapping.made_by, CHANGED: self.mapping.changed_by}.get(action)
        if verb is None or self.desk.negotiation is None:
            return True
        seat = self.desk.viewer.seat_in(self.desk.negotiation.pk)
        if may(seat.role if seat else None, verb):
            return True
        self.faults.refuse(line, "", _("Your role in this negotiation does not allow this."), _("Ask its lead."))
        return False


def wholes(facts: dict[str, Any]) -> list[MarkedItem]:
    flat = [one for value in facts.values() for one in (value if isinstance(value, list) else [value])]
    return [one for one in flat if isinstance(one, MarkedItem)]
