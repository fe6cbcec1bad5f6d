"""Codes of exports: what a file can be, and how far it is."""

from .base import Code
from .base import gettext_noop as _


class ExportFormat(Code):
    """The forms in which a record is taken away."""

    JSONL = "jsonl", _("JSON Lines"), _("Every entry with what proves it; can be checked and read in elsewhere.")
    CSV = "csv", _("CSV"), _("One row for each entry, for a spreadsheet or a program.")
    XLSX = "xlsx", _("Excel"), _("One row for each entry, with a sheet that says what the file is.")


class ExportState(Code):
    """How far a file is that a worker makes."""

    WAITING = "waiting", _("Waiting"), _("A worker takes it up as soon as one is free.")
    MAKING = "making", _("Being made"), _("A worker is writing it.")
    READY = "ready", _("Ready"), _("It can be fetched until it expires.")
    FAILED = "failed", _("Failed"), _("It could not be made; want it again.")
    EXPIRED = "expired", _("Expired"), _("Its time has passed and the file is gone.")
