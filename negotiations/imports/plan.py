"""The dry run: every row of a table read, compared with what is saved, and checked; all that is wrong is told."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from negotiations.models import MarkedItem
from negotiations.rules.coverage import is_covering

from .acting import Acts
from .checks import Checks
from .columns import check_columns
from .desk import Desk
from .faults import Faults
from .labels import in_zone
from .mappings import TableMapping
from .planned import CHANGED, CREATED, UNCHANGED, Acting, Plan, PlannedRow
from .problems import MOST, CellRefused
from .saved import Saved, changes
from .table import Row, Table


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
    read = [(row, planner.read(row)) for row in table.rows]
    planner.saved.find(values for _row, values in read)
    decided = [planner.decide(row, values) for row, values in read]
    problems = sorted([*table.problems, *planner.faults.problems], key=lambda problem: problem.line)
    return Plan(rows=[row for row in decided if row is not None], problems=problems[:MOST], zone=desk.zone)


class Planner:
    """Reads rows one after the other and remembers what they have in common."""

    def __init__(self, mapping: TableMapping, desk: Desk) -> None:
        self.mapping, self.desk, self.faults = mapping, desk, Faults(mapping)
        self.saved = Saved(mapping, desk, self.faults)
        self.acts = Acts(mapping, desk, self.faults)
        self.checks = Checks(mapping, desk, self.faults)

    def read(self, row: Row) -> dict[str, Any]:
        """The filled cells of a row as values, by the names of their columns."""
        values: dict[str, Any] = {}
        for header, cell in row.cells.items():
            column = self.mapping.column(header)
            if column is None or not cell:
                continue
            try:
                values[column.name] = column.read(cell, self.desk)
            except CellRefused as refused:
                self.faults.refuse(row.line, column.name, refused.wrong, refused.advice)
        return values

    def decide(self, row: Row, values: dict[str, Any]) -> PlannedRow | None:
        """What a row does; None where it cannot be done, and then it is said why."""
        line, item = row.line, self.saved.item_of(row.line, values)
        facts = self.facts(values)
        self.saved.check_ref(line, values, item)
        self.checks.check_facts(line, values, facts, item)
        acting = self.acts.of(line, values)
        if line in self.faults.lines:
            return None
        marking = str(item.marking if item is not None else values.get("marking", self.desk.marking))
        self.checks.check_reach(line, marking, facts, acting, is_new=item is None)
        differs = changes(facts, item)
        if item is not None:
            self.checks.check_change(line, values, item, differs)
        action = CREATED if item is None else CHANGED if differs else UNCHANGED
        if line in self.faults.lines or not self.checks.is_allowed(line, action):
            return None
        followed = self.followed(acting) if action != UNCHANGED else ""
        return PlannedRow(
            line=line,
            action=action,
            values=facts if item is None else {name: facts[name] for name, _old, _new in differs},
            acting=acting,
            marking=marking,
            ref=self.called(item, values),
            title=str(next((facts[name] for name in ("title", "text", "summary") if facts.get(name)), "")),
            item=item,
            changes=tuple((name, self.saved.named_before(name, old), facts[name]) for name, old, _new in differs),
            remark=" ".join(one for one in (row.remark, self.saved.remark(values, item), followed) if one),
        )

    def followed(self, acting: Acting) -> str:
        """That coverage, which has ended, would go on until the moment of this row; "" where it would not."""
        negotiation, now, zone = self.desk.negotiation, self.desk.now, self.desk.zone
        end = negotiation.coverage_end if negotiation is not None else None
        until = acting.effective_at or now
        if end is None or until <= end or not is_covering(self.mapping.made_by):
            return ""
        return _(
            "Coverage, which ended on %(end)s, would go on until %(until)s: say in effective_at when this was so."
        ) % {"end": in_zone(end, zone), "until": in_zone(until, zone)}

    def called(self, item: MarkedItem | None, values: dict[str, Any]) -> str:
        """The ref of the item that is there, or that a new one is to have; "" for one that is named once written."""
        if item is None:
            return str(values["ref"]) if self.saved.is_by_ref(values) else ""
        return str(getattr(item, "ref", ""))

    def facts(self, values: dict[str, Any]) -> dict[str, Any]:
        """The values that the verb takes, under its own names."""
        return {one.target: values[one.name] for one in self.mapping.columns if one.is_fact and one.name in values}
