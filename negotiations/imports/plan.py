"""The dry run: every row of a table read, compared with what is saved, and checked; all that is wrong is told."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from negotiations.models import MarkedItem, Source
from negotiations.rules.codes import Marking
from negotiations.rules.errors import MarkingRefused
from negotiations.rules.marking import check_clearance, check_structure, check_within, rank
from negotiations.rules.permissions import may

from .desk import Desk
from .mappings import TableMapping
from .planned import CHANGED, CREATED, UNCHANGED, Acting, NewSource, Plan, PlannedRow, as_told
from .problems import MOST, CellRefused, FileRefused, Problem
from .table import Row, Table

CITE = ("quote", "quote_language", "locator", "credibility")
DESCRIBED = ("url", "kind", "published_at", "reliability", "attribution")


def plan(table: Table, mapping: TableMapping, desk: Desk) -> Plan:
    """What the table would do. A fixed number of queries, whatever its length.

    Raises FileRefused where the columns themselves are wrong, so that no row could be read.
    """
    check_columns(table, mapping)
    if mapping.translate is not None:
        # What is wrong in a column of theirs that nobody reads keeps nothing out.
        table.problems = [one for one in table.problems if not one.column or one.column in mapping.theirs]
        table = mapping.translate(table, desk)
    planner = Planner(mapping, desk)
    made = Plan(problems=list(table.problems))
    read = [planner.read(row) for row in table.rows]
    planner.find_saved(values for _row, values in read)
    for row, values in read:
        planned = planner.decide(row, values)
        if planned is not None:
            made.rows.append(planned)
    made.problems += planner.problems
    made.problems.sort(key=lambda problem: problem.line)
    del made.problems[MOST:]
    return made


def check_columns(table: Table, mapping: TableMapping) -> None:
    """Raise FileRefused for headers that are not known, named twice in other words, or missing."""
    problems: list[Problem] = []
    known = [column.name for column in mapping.columns]
    if mapping.translate is not None:
        missing = [name for name in mapping.theirs if name not in table.headers]
    else:
        found: dict[str, str] = {}
        for header in table.headers:
            column = mapping.column(header)
            if column is None:
                advice = _("Use one of: %(names)s.") % {"names": ", ".join(known)}
                problems.append(Problem(1, header, _("No column is called so."), advice))
            elif column.name in found:
                wrong = _("This means the same as the column %(name)s.") % {"name": found[column.name]}
                problems.append(Problem(1, header, wrong, _("Keep one of the two columns.")))
            else:
                found[column.name] = header
        missing = [
            one.name for one in mapping.columns if one.is_required and one.name not in found and "ref" not in found
        ]
    problems += [
        Problem(1, name, _("This column is missing."), _("Take the template and fill it in.")) for name in missing
    ]
    if problems:
        raise FileRefused(problems)


@dataclass
class Planner:
    """Reads rows one after the other and remembers what they have in common."""

    mapping: TableMapping
    desk: Desk
    problems: list[Problem] = field(default_factory=list)
    faulty: set[int] = field(default_factory=set)
    told: set[tuple[int, str]] = field(default_factory=set)
    saved: dict[tuple[Any, ...], MarkedItem] = field(default_factory=dict)
    by_ref: dict[str, MarkedItem] = field(default_factory=dict)
    seen: dict[tuple[Any, ...], int] = field(default_factory=dict)

    def refuse(self, line: int, column: str, wrong: str, advice: str = "") -> None:
        self.faulty.add(line)
        self.told.add((line, column))
        self.problems.append(Problem(line, self.mapping.header_of(column), wrong, advice))

    def read(self, row: Row) -> tuple[Row, dict[str, Any]]:
        """The filled cells of a row as values, by the names of their columns."""
        values: dict[str, Any] = {}
        for header, cell in row.cells.items():
            column = self.mapping.column(header)
            if column is None or not cell:
                continue
            try:
                values[column.name] = column.read(cell, self.desk)
            except CellRefused as refused:
                self.refuse(row.line, column.name, refused.wrong, refused.advice)
        return row, values

    def find_saved(self, read: Iterable[dict[str, Any]]) -> None:
        """Read what is saved under the refs and the keys of the rows, once for all of them."""
        if self.desk.negotiation is None:
            return
        model, first, values = self.mapping.model, self.mapping.key[0], list(read)
        singles = [one.name for one in model._meta.concrete_fields if one.many_to_one and one.name in self.targets()]
        rows = model._default_manager.visible_to(self.desk.viewer).filter(negotiation=self.desk.negotiation)
        rows = rows.select_related(*singles, "negotiation").order_by("pk")
        rows = rows.prefetch_related(*(one.name for one in model._meta.many_to_many))
        refs = {name for one in values if "ref" in one for name in (one["ref"], one["ref"].upper())}
        if refs:
            self.by_ref = {item.ref.casefold(): item for item in rows.filter(ref__in=refs)}
        wanted = {one[first] for one in values if first in one and "ref" not in one}
        for item in rows.filter(**{f"{first}__in": wanted}) if wanted else ():
            self.saved.setdefault(tuple(as_told(getattr(item, name)) for name in self.mapping.key), item)

    def targets(self) -> set[str]:
        return {one.target for one in self.mapping.columns if one.is_fact}

    def decide(self, row: Row, values: dict[str, Any]) -> PlannedRow | None:
        """What a row does; None where it cannot be done, and then it is said why."""
        line = row.line
        item = self.item_of(line, values)
        facts = self.facts(values)
        if item is None and "ref" in values and line not in self.faulty and not self.may_be_called(values["ref"]):
            self.refuse(line, "ref", *self.unknown_ref(values["ref"]))
        self.check_facts(line, values, facts, item)
        acting = self.acting(line, values)
        if line in self.faulty:
            return None
        marking = str(item.marking if item is not None else values.get("marking", self.desk.marking))
        self.check_reach(line, marking, facts, acting, is_new=item is None)
        changes = self.changes(facts, item)
        if item is not None:
            changes = [change for change in changes if change[1] != change[2]]
            self.check_change(line, values, item, changes)
        if line in self.faulty:
            return None
        action = CREATED if item is None else CHANGED if changes else UNCHANGED
        if not self.is_allowed(line, action):
            return None
        return PlannedRow(
            line=line,
            action=action,
            values=facts if item is None else {name: facts[name] for name, _old, _new in changes},
            acting=acting,
            marking=marking,
            ref=getattr(item, "ref", "") if item is not None else values.get("ref", ""),
            title=str(next((facts[name] for name in ("title", "text", "summary") if facts.get(name)), "")),
            item=item,
            changes=tuple((name, old, facts[name]) for name, old, _new in changes),
            remark=row.remark,
        )

    def facts(self, values: dict[str, Any]) -> dict[str, Any]:
        """The values that the verb takes, under its own names."""
        return {one.target: values[one.name] for one in self.mapping.columns if one.is_fact and one.name in values}

    def item_of(self, line: int, values: dict[str, Any]) -> MarkedItem | None:
        """The item a row is about: by its ref, else the one that is the same in what makes it one."""
        if "ref" in values:
            return self.by_ref.get(values["ref"].casefold())
        if any(name not in values for name in self.mapping.key):
            return None
        key = tuple(as_told(values[name]) for name in self.mapping.key)
        if key in self.seen:
            wrong = _("This is the same as line %(line)s.") % {"line": self.seen[key]}
            self.refuse(line, self.mapping.key[0], wrong, _("Remove one of the two lines."))
        self.seen.setdefault(key, line)
        return self.saved.get(key)

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

    def check_facts(self, line: int, values: dict[str, Any], facts: dict[str, Any], item: MarkedItem | None) -> None:
        """What is missing in a row, and what in it contradicts itself."""
        for column in self.mapping.columns:
            if (
                column.is_required
                and column.name not in values
                and item is None
                and (line, column.name) not in self.told
            ):
                self.refuse(line, column.name, _("This cell is empty."), _("Fill it in; it is needed for each row."))
        merged = {**({name: getattr(item, name) for name in self.columns_of(item)} if item else {}), **facts}
        for name, wrong, advice in self.mapping.contradictions(merged):
            if (line, name) not in self.told:
                self.refuse(line, name, _(wrong), _(advice))
        moment, known = self.dated(values), values.get("known_at")
        if moment is not None and known is not None and known < moment:
            self.refuse(line, "known_at", _("This was known before it was so."), _("Mend one of the two moments."))

    def columns_of(self, item: MarkedItem) -> list[str]:
        kept = {one.name for one in item._meta.concrete_fields}
        return [one.target for one in self.mapping.columns if one.is_fact and one.target in kept]

    def dated(self, values: dict[str, Any]) -> Any:
        return values.get(self.mapping.dated_by or "effective_at")

    def acting(self, line: int, values: dict[str, Any]) -> Acting:
        """What the row says of the act; a source is one that is there or a description of a new one."""
        source = values.get("source")
        described = {name.removeprefix("source_"): values[name] for name in values if name.startswith("source_")}
        if source is None and described:
            missing = [name for name in ("publisher", "title") if not described.get(name)]
            for name in missing:
                self.refuse(
                    line, f"source_{name}", _("This cell is empty."), _("A source has a publisher and a title.")
                )
            marking = str(values.get("marking", self.desk.marking))
            facts = tuple((name, described[name]) for name in DESCRIBED if name in described)
            if not missing:
                source = self.source_like(described["publisher"], described["title"], marking, facts)
        elif described:
            self.refuse(line, "source", _("A source is named and described."), _("Keep one of the two."))
        return Acting(
            effective_at=self.dated(values),
            known_at=values.get("known_at"),
            reason=values.get("reason", ""),
            no_source_reason=values.get("no_source_reason", ""),
            source=source,
            cite={name: values[name] for name in CITE if name in values},
        )

    def source_like(self, publisher: str, title: str, marking: str, facts: Any) -> Source | NewSource:
        """The source of this description that is there and wide enough, else a new one."""
        found = self.desk.names(Source).get(title.casefold())
        if (
            found is not None
            and found.publisher.casefold() == publisher.casefold()
            and rank(found.marking) <= rank(marking)
        ):
            return found  # type: ignore[no-any-return]
        return NewSource(publisher, title, marking, facts)

    def check_reach(self, line: int, marking: str, facts: dict[str, Any], acting: Acting, *, is_new: bool) -> None:
        """Who may see the item, compared with who brings it, what it belongs to and what it rests on."""
        if marking == Marking.RED and is_new:
            wrong = _("TLP:RED names its readers, which a table cannot.")
            self.refuse(line, "marking", wrong, _("Enter it by hand."))
            return
        try:
            seat = self.desk.viewer.seat_in(self.desk.negotiation.pk) if self.desk.negotiation else None
            organisation = self.desk.organisation.pk if self.desk.organisation else None
            if self.mapping.model.IS_STRUCTURE:
                check_structure(marking)
            if seat is not None and is_new:
                check_clearance(marking, seat, organisation)
            for whole in self.wholes(facts):
                check_within(
                    marking, whole.marking, part_organisation=organisation, whole_organisation=whole.organisation_id
                )
            if self.desk.negotiation is not None:
                check_within(marking, self.desk.negotiation.marking)
        except MarkingRefused as refused:
            self.refuse(line, "marking", refused.message, _("Choose another marking."))
        if not self.mapping.is_cited or not is_new or acting.no_source_reason:
            return
        if acting.source is None or rank(acting.source.marking) > rank(marking):
            wrong = _("This rests on no source that all its readers may see.")
            self.refuse(line, "source", wrong, _("Name a source, or fill in no_source_reason."))

    @staticmethod
    def wholes(facts: dict[str, Any]) -> list[MarkedItem]:
        flat = [one for value in facts.values() for one in (value if isinstance(value, list) else [value])]
        return [one for one in flat if isinstance(one, MarkedItem)]

    def changes(self, facts: dict[str, Any], item: MarkedItem | None) -> list[tuple[str, Any, Any]]:
        """Each field of a row: what is saved and what is given, as entries tell them."""
        found = []
        for name, value in facts.items():
            old = None if item is None else self.saved_value(item, name)
            found.append((name, old, as_told(value)))
        return found

    @staticmethod
    def saved_value(item: MarkedItem, name: str) -> Any:
        value = getattr(item, name)
        return as_told(list(value.all()) if item._meta.get_field(name).many_to_many else value)

    def check_change(self, line: int, values: dict[str, Any], item: MarkedItem, changes: list[Any]) -> None:
        """What keeps an item that is there from being changed by this row."""
        ref = getattr(item, "ref", "")
        if "version" in values and values["version"] != item.version:
            wrong = _("%(ref)s was changed since: version %(saved)s is saved.") % {"ref": ref, "saved": item.version}
            self.refuse(line, "version", wrong, _("Look at what changed, and put that number here."))
        if "marking" in values and values["marking"] != item.marking:
            wrong = _("Who may see %(ref)s is changed by a step of its own.") % {"ref": ref}
            self.refuse(line, "marking", wrong, _("Leave this cell empty."))
        if changes and "ref" not in values and not self.mapping.follows:
            wrong = _("%(ref)s is there already and says something else in %(fields)s.")
            told = wrong % {"ref": ref, "fields": ", ".join(name for name, _old, _new in changes)}
            self.refuse(line, self.mapping.key[0], told, _("Put its ref in the row to change it."))
        for name in sorted({name for name, _old, _new in changes} & self.mapping.fixed):
            wrong = _("This is not changed by a table.")
            self.refuse(line, name, wrong, _("Correct the entry that says it, or leave this cell empty."))

    def is_allowed(self, line: int, action: str) -> bool:
        """Whether the person's seat lets them do what the row does; it is said once."""
        verb = {CREATED: self.mapping.made_by, CHANGED: self.mapping.changed_by}.get(action)
        if verb is None or self.desk.negotiation is None:
            return True
        seat = self.desk.viewer.seat_in(self.desk.negotiation.pk)
        if may(seat.role if seat else None, verb):
            return True
        self.refuse(line, "", _("Your role in this negotiation does not allow this."), _("Ask its lead."))
        return False
