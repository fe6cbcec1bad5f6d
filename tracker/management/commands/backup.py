"""`backup`: everything that has to survive in one file, while the tracker runs."""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from negotiations.models import StoredCopy
from negotiations.services.ledger import touch_ledger
from negotiations.services.stored_copy import path_of
from tracker.backups.archive import COPIES, DUMP, Writer, writing
from tracker.backups.database import DatabaseFailure, dump, is_marked, snapshot
from tracker.backups.facts import facts


class Command(BaseCommand):
    help = "Write the database and the stored copies, as they are at one moment, into one file."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help="where to; - writes to standard output")
        parser.add_argument("--replace", action="store_true", help="even if the file exists")

    def handle(self, *_args: Any, **options: Any) -> None:
        target = Path(options["file"]).absolute()
        is_piped = options["file"] == "-"
        if not is_piped and target.exists() and not options["replace"]:
            raise CommandError(f"{target} exists.\n  What to do: name another file, or add --replace.")
        if is_marked():
            raise CommandError("A restore is not finished here.\n  What to do: run restore again first.")
        try:
            with tempfile.TemporaryDirectory(dir=settings.DATA_DIR, prefix="backup-") as room:
                written = Path(room) / "backup" if is_piped else target
                told, missing = self._write(written, Path(room))
                if is_piped:
                    with written.open("rb") as stream:
                        shutil.copyfileobj(stream, sys.stdout.buffer)
        except (DatabaseFailure, OSError) as failed:
            raise CommandError(f"No backup was made: {failed}") from failed
        self.stderr.write(f"Backed up {told['counts']['entries']} entries and {told['copies']} stored copies.")
        self.stderr.write(
            f"Keep it apart from {settings.REDACTION_LEDGER} and from SECRET_KEY, and keep those as well."
        )
        if missing:
            raise CommandError(
                f"{len(missing)} stored copies are missing or altered, {missing[0]} first; the rest is in the backup."
            )

    def _write(self, target: Path, room: Path) -> tuple[dict[str, Any], list[str]]:
        with writing(target) as archive:
            with snapshot() as moment:
                told = facts()
                digests = sorted(set(StoredCopy.objects.values_list("sha256", flat=True)))
                dump(room / DUMP, moment)
            archive.add(DUMP, room / DUMP)
            missing = [digest for digest in digests if not _add_copy(archive, digest)]
            told |= {"copies": len(digests) - len(missing), "ledger": str(touch_ledger().absolute())}
            archive.finish(told)
        return told, missing


def _add_copy(archive: Writer, digest: str) -> bool:
    """Add one stored copy; False where its bytes are missing, or not those of its digest any more."""
    file = path_of(digest)
    return file.is_file() and archive.add(f"{COPIES}/{digest}", file) == digest
