"""From the bytes of a file to its table, by what the file is called and what it really is."""

from __future__ import annotations

from django.utils.translation import gettext as _

from .csv_table import read_csv
from .problems import FileRefused, Problem
from .table import Limits, Table
from .xlsx_table import read_xlsx

ZIP = b"PK\x03\x04"
TABLES = (".csv", ".tsv", ".txt", ".xlsx")


def read_table(data: bytes, name: str, limits: Limits) -> Table:
    """The table in a file. Raises FileRefused with every fault that keeps it from being read."""
    check_file(data, limits)
    ending = name.lower()[name.rfind(".") :] if "." in name else ""
    if ending not in TABLES:
        raise FileRefused([Problem(0, "", _("This is no table that can be read."), _("Bring a .csv or .xlsx file."))])
    if data.startswith(ZIP) != (ending == ".xlsx"):
        wrong = _("The file is not what its ending (%(ending)s) says.") % {"ending": ending}
        raise FileRefused([Problem(0, "", wrong, _("Save it as .xlsx, or as “CSV UTF-8”."))])
    return read_xlsx(data, limits) if ending == ".xlsx" else read_csv(data, limits)


def check_file(data: bytes, limits: Limits) -> None:
    """Raise FileRefused for an empty file, and for one above the limit."""
    if not data:
        raise FileRefused([Problem(0, "", _("This file is empty."), _("Choose the file that holds the table."))])
    if len(data) > limits.size:
        wrong = _("This file is larger than %(limit)s MB.") % {"limit": limits.size // 1024 // 1024}
        raise FileRefused([Problem(0, "", wrong, _("Divide the file and bring one part after the other."))])
