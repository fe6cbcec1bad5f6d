"""`restore`: a backup into an empty database; proves the record, obeys the ledger, and alerts nobody again."""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from negotiations.history.verify import faults
from negotiations.models import Entry, User
from negotiations.services.fence import withhold_open
from negotiations.services.ledger import Line, Redacted, Revoked, last_held, note, read, touch_ledger
from negotiations.services.redaction import obey
from negotiations.services.revocation import obey_held, obey_revoked
from negotiations.services.stored_copy import path_of, write_bytes
from tracker.backups.archive import COPIES, DUMP, Damaged, unpack
from tracker.backups.database import DatabaseFailure, clear_and_mark, is_marked, load, tables, unmark
from tracker.backups.facts import secret_mark, streams, unknown_migrations
from tracker.roles import grant_to_application

NO_LEDGER = (
    "What was redacted, taken back and narrowed after this backup is not known: no ledger of it was found.\n"
    "  What to do: give the file `redactions` of the old data folder with --redactions FILE, or, if nothing was\n"
    "  redacted or taken back since, say --no-redactions."
)


class Command(BaseCommand):
    help = "Restore a backup into an empty database and check it; until that is done nobody else gets in."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help="the backup; - reads standard input")
        parser.add_argument(
            "--redactions", metavar="FILE", help="the ledger of the old installation: what was redacted and taken back"
        )
        parser.add_argument(
            "--no-redactions", action="store_true", help="nothing was redacted or taken back after the backup"
        )
        parser.add_argument(
            "--into-empty", action="store_true", help="even if there are tables, when they hold nothing"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        with tempfile.TemporaryDirectory(dir=settings.DATA_DIR, prefix="restore-") as room:
            manifest = self._unpacked(options["file"], Path(room))
            self._check_target(may_clear=options["into_empty"])
            lines = [] if options["no_redactions"] else ledger_lines(options, manifest)
            try:
                clear_and_mark()
                load(Path(room) / DUMP)
            except DatabaseFailure as failed:
                raise CommandError(f"PostgreSQL did not take the backup: {failed}") from failed
            copies = restore_copies(Path(room))
        call_command("migrate", interactive=False, verbosity=0, restoring=True)
        check_record(manifest)
        redacted, revoked, narrowed = self._obey(lines)
        withheld = withhold_open(timezone.now())
        keep_demonstration(is_one=bool(manifest["demonstration"]))
        unmark()
        grant_to_application()
        self._tell(manifest, copies, withheld)
        self._tell_obeyed(redacted, revoked, narrowed)

    def _unpacked(self, name: str, room: Path) -> dict[str, Any]:
        source = Path(name).absolute()
        if name == "-":
            source = room / "given"
            with source.open("wb") as written:
                shutil.copyfileobj(sys.stdin.buffer, written)
        try:
            manifest = unpack(source, room)
        except Damaged as damaged:
            raise CommandError(
                f"This backup is damaged and nothing was changed. {damaged}\n  What to do: take another backup."
            ) from damaged
        if unknown := unknown_migrations(manifest):
            raise CommandError(
                f"This backup was made by a newer version ({unknown[-1]}).\n"
                f"  What to do: restore it with release {manifest['release']} or a later one."
            )
        return manifest

    def _check_target(self, *, may_clear: bool) -> None:
        """Refuse a database that holds anything; a restore that was cut off is begun anew."""
        found = tables()
        if not found or is_marked():
            return
        holding = [model for model in (Entry, User) if model._meta.db_table in found]
        if any(model._default_manager.exists() for model in holding):
            raise CommandError(
                "There is data here already, and a restore replaces nothing.\n"
                "  What to do: restore into a new data folder (DATA_DIR) or a new database (DATABASE_URL)."
            )
        if not may_clear or not holding:
            raise CommandError(
                "There are tables here already.\n  What to do: if nothing in them is needed, add --into-empty."
            )

    def _obey(self, lines: list[Line]) -> tuple[int, int, int]:
        """Redact, take back and narrow again what the ledger names, and take its lines over.

        Returns how many entries tell of redactions, how many rights were taken back, and how many seats and
        accounts were left with less.
        """
        known = set(read(touch_ledger()))
        note(line for line in lines if line not in known)
        redacted = sum(len(obey(line)) for line in lines if isinstance(line, Redacted))
        revoked = sum(obey_revoked(line) for line in lines if isinstance(line, Revoked))
        return redacted, revoked, sum(obey_held(line) for line in last_held(lines))

    def _tell_obeyed(self, redacted: int, revoked: int, narrowed: int) -> None:
        self.stdout.write(f"Redacted again: {redacted} entries. Taken back again: {revoked} tokens, links and seats.")
        self.stdout.write(f"Narrowed or closed again: {narrowed} seats and accounts.")

    def _tell(self, manifest: dict[str, Any], copies: int, withheld: int) -> None:
        say = self.stdout.write
        say(f"Restored the backup of {manifest['made_at']}: {Entry.objects.count()} entries, {copies} stored copies.")
        say(self.style.SUCCESS("The record is whole."))
        say(f"Alerts withheld: {withheld}; the next ones tell of what comes now.")
        say("Everybody signs in again.")
        if manifest["secret"] != secret_mark():
            say("SECRET_KEY is not that of the backup: give it back, or make new signing secrets for the webhooks.")


def ledger_lines(options: dict[str, Any], manifest: dict[str, Any]) -> list[Line]:
    """The lines of every ledger that can be found; raises CommandError where there is none, or one is damaged."""
    if options["redactions"]:
        files = [Path(options["redactions"])]
        if not files[0].is_file():
            raise CommandError(f"There is no ledger {files[0]}.")
    else:
        beside = [] if options["file"] == "-" else [Path(options["file"]).absolute().parent / "redactions"]
        files = [Path(settings.REDACTION_LEDGER), Path(manifest["ledger"]), *beside]
    found = {file.resolve() for file in files if file.is_file()}
    if not found:
        raise CommandError(NO_LEDGER)
    try:
        lines = {line: None for file in sorted(found) for line in read(file)}
    except ValueError as unreadable:
        raise CommandError(
            f"The ledger is damaged and nothing was changed: {unreadable}.\n  What to do: mend that line."
        ) from unreadable
    return sorted(lines, key=lambda line: line.at)


def restore_copies(room: Path) -> int:
    """Put the stored copies in their place; returns how many the backup held."""
    files = sorted((room / COPIES).glob("*")) if (room / COPIES).is_dir() else []
    for file in files:
        if not path_of(file.name).exists():
            write_bytes(file.name, file.read_bytes())
    return len(files)


def check_record(manifest: dict[str, Any]) -> None:
    """Raise CommandError unless the record is whole and ends where the backup says it does."""
    if streams() != manifest["streams"] or Entry.objects.count() != manifest["counts"]["entries"]:
        raise CommandError(
            "The restored record does not end where the backup says.\n  What to do: take another backup."
        )
    if fault := next(faults(), None):
        raise CommandError(f"The restored record is not whole: {fault}.\n  What to do: take another backup.")


def keep_demonstration(*, is_one: bool) -> None:
    """Say to the launcher whose data this is now: it loads nothing into it, and signs nobody in with one click."""
    is_embedded = str(settings.DATABASES["default"].get("HOST", "")).startswith("/")
    (settings.DATA_DIR / ("demo" if is_one and settings.LOCAL and is_embedded else "own-data")).touch()
