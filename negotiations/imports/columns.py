"""The headers of a table: each is known, none is named twice, and none that is needed is missing."""

from __future__ import annotations

from django.utils.translation import gettext as _

from .mappings import TableMapping
from .problems import FileRefused, Problem
from .table import Table


def check_columns(table: Table, mapping: TableMapping) -> None:
    """Raise FileRefused for headers that are not known, named twice in other words, or missing."""
    if mapping.translate is not None:
        problems: list[Problem] = []
        missing = [name for name in mapping.theirs if name not in table.headers]
    else:
        found, problems = own_columns(table, mapping)
        needed = [one.name for one in mapping.columns if one.is_required]
        missing = [name for name in needed if name not in found and "ref" not in found]
    advice = where_from(mapping)
    problems += [Problem(1, name, _("This column is missing."), advice) for name in missing]
    if problems:
        raise FileRefused(problems)


def where_from(mapping: TableMapping) -> str:
    """Where the columns come from: a table by somebody else has no template here."""
    if mapping.origin:
        return _(mapping.origin) % {"names": ", ".join(mapping.theirs)}
    return _("Take the template and fill it in.")


def own_columns(table: Table, mapping: TableMapping) -> tuple[dict[str, str], list[Problem]]:
    """The headers by the names of their columns, and what is wrong with the others."""
    problems: list[Problem] = []
    found: dict[str, str] = {}
    for header in table.headers:
        column = mapping.column(header)
        if column is None:
            problems.append(Problem(1, header, _("No column is called so."), instead(header, mapping)))
        elif column.name in found:
            wrong = _("This means the same as the column %(name)s.") % {"name": found[column.name]}
            problems.append(Problem(1, header, wrong, _("Keep one of the two columns.")))
        else:
            found[column.name] = header
    return found, problems


def instead(header: str, mapping: TableMapping) -> str:
    """What to do with a header that is unknown; what was taken away here is told apart."""
    if meant := mapping.meant.get(header):
        return _("What it says is brought in as: %(names)s.") % {"names": meant}
    if header in mapping.unwritten:
        return _("Leave this column out: no table changes what it says.")
    return _("Use one of: %(names)s.") % {"names": ", ".join(column.name for column in mapping.columns)}
