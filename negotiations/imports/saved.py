"""What is saved already under the refs and the keys of a table's rows, and in what it differs from them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import DateTimeField
from django.utils.translation import gettext as _

from negotiations.models import MarkedItem
from negotiations.rules.codes import Marking

from .desk import Desk
from .faults import Faults
from .mappings import TableMapping
from .planned import as_told
from .problems import CellRefused


@dataclass
class Saved:
    """The items that rows are about, read once for all of them."""

    mapping: TableMapping
    desk: Desk
    faults: Faults
    by_key: dict[tuple[Any, ...], MarkedItem] = field(default_factory=dict)
    by_ref: dict[str, MarkedItem] = field(default_factory=dict)
    seen: dict[Any, int] = field(default_factory=dict)
    gone: set[UUID] = field(default_factory=set)

    def find(self, read: Iterable[dict[str, Any]]) -> None:
        """Read what is saved under the refs and the keys of the rows, once for all of them."""
        if self.desk.negotiation is None:
            return
        model, first, values = self.mapping.model, self.mapping.key[0], list(read)
        targets = {one.target for one in self.mapping.columns if one.is_fact}
        singles = [one.name for one in model._meta.concrete_fields if one.many_to_one and one.name in targets]
        rows = model._default_manager.visible_to(self.desk.viewer).filter(negotiation=self.desk.negotiation)
        rows = rows.select_related(*singles, "negotiation").order_by("pk")
        rows = rows.prefetch_related(*(one.name for one in model._meta.many_to_many))
        refs = {name for one in values if "ref" in one for name in (one["ref"], one["ref"].upper())}
        named = list(rows.filter(ref__in=refs)) if refs else []
        self.by_ref = {item.ref.casefold(): item for item in named}
        wanted = {one[first] for one in values if first in one and not self.is_by_ref(one)}
        same = list(rows.filter(**{f"{first}__in": wanted})) if wanted else []
        self.gone = self.desk.undone([*named, *same])
        for item in (one for one in same if one.public_id not in self.gone):
            self.by_key.setdefault(tuple(as_told(getattr(item, name)) for name in self.mapping.key), item)

    def item_of(self, line: int, values: dict[str, Any]) -> MarkedItem | None:
        """The item a row is about: by its ref, else the one that is the same in what makes it one."""
        if "ref" in values:
            ref = values["ref"].casefold()
            if first := self.met_on(line, ref):
                wrong = _("%(ref)s stands on line %(line)s already.") % {"ref": values["ref"], "line": first}
                self.faults.refuse(line, "ref", wrong, _("Remove one of the two lines."))
            if self.is_by_ref(values):
                return self.by_ref.get(ref)
        if any(name not in values for name in self.mapping.key):
            return None
        key = tuple(as_told(values[name]) for name in self.mapping.key)
        item = self.by_key.get(key)
        # A line above may have named the same item by its ref.
        if first := self.met_on(line, key) or (self.met_on(line, item.ref.casefold()) if item is not None else 0):  # type: ignore[attr-defined]
            wrong = _("This is the same as line %(line)s.") % {"line": first}
            self.faults.refuse(line, self.mapping.key[0], wrong, _("Remove one of the two lines."))
        return item

    def is_by_ref(self, values: dict[str, Any]) -> bool:
        """Whether the ref of a row is that of its item, now or once it is written."""
        return "ref" in values and not self.is_named_anew(values)

    def is_named_anew(self, values: dict[str, Any]) -> bool:
        """Whether a row gives a ref that a new item would not keep: above TLP:CLEAR names are drawn by lot."""
        ref, marking = values.get("ref", ""), values.get("marking", self.desk.marking)
        return self.may_be_called(ref) and ref.casefold() not in self.by_ref and marking != Marking.CLEAR

    def remark(self, values: dict[str, Any], item: MarkedItem | None) -> str:
        """What is said of a ref that names nothing and is not kept."""
        if "ref" not in values or self.is_by_ref(values):
            return ""
        if item is None:
            told = _("%(ref)s is not kept: what not everybody may see gets a name of its own when it is written.")
            return told % {"ref": values["ref"]}
        told = _("%(ref)s names nothing here; by its title and phase this is %(item)s.")
        return told % {"ref": values["ref"], "item": getattr(item, "ref", "")}

    def met_on(self, line: int, name: Any) -> int:
        """The line above that names the same item, 0 for none: two changes of one item would meet."""
        first = self.seen.setdefault(name, line)
        return first if first != line else 0

    def named_before(self, name: str, told: Any) -> Any:
        """What is saved in a field, with rows instead of their ids; of what the person may not see only that it is."""
        column: Any = self.mapping.model._meta.get_field(name)
        if isinstance(column, DateTimeField):
            return column.to_python(told)
        kind = column.related_model
        if kind is None or told is None:
            return told
        found = self.desk.names(kind)
        rows = [found.get(key) or "…" for key in (told if isinstance(told, list) else [told])]
        return rows if isinstance(told, list) else rows[0]

    def check_ref(self, line: int, values: dict[str, Any], item: MarkedItem | None) -> None:
        """Refuse a ref that names nothing, where a new item may not take it, and one whose item was taken back."""
        if item is not None and "ref" in values and item.public_id in self.gone:
            wrong = _("%(ref)s came with an import that was taken back; nothing follows it.") % {"ref": values["ref"]}
            self.faults.refuse(line, "ref", wrong, _("Use another ref, or leave it empty for a new one."))
        if item is None and "ref" in values and line not in self.faults.lines and not self.may_be_called(values["ref"]):
            self.faults.refuse(line, "ref", *self.unknown_ref(values["ref"]))

    def may_be_called(self, ref: str) -> bool:
        """Whether a new item may take the ref: only conditions are named by their text, and never by chance."""
        named = self.mapping.made_by == "condition.added"
        return named and not (ref.upper().startswith("C-") and len(ref) == 5)  # C-7KQ is drawn by lot

    def unknown_ref(self, ref: str) -> tuple[str, str]:
        try:
            self.desk.find(self.mapping.model, ref)
        except CellRefused as refused:
            return refused.wrong, f"{refused.advice} {_('Leave it empty for a new one.')}"
        return _("Use its ref."), ""


def changes(facts: dict[str, Any], item: MarkedItem | None) -> list[tuple[str, Any, Any]]:
    """Each field of a row that differs: what is saved and what is given, as entries tell them; of a new item all."""
    found = [(name, saved_value(item, name) if item else None, as_told(value)) for name, value in facts.items()]
    return found if item is None else [change for change in found if change[1] != change[2]]


def saved_value(item: MarkedItem, name: str) -> Any:
    value = getattr(item, name)
    return as_told(list(value.all()) if item._meta.get_field(name).many_to_many else value)
