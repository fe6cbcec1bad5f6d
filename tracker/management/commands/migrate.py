"""`migrate`: Django's own, which waits only briefly for a table that others use, and tries again."""

from __future__ import annotations

import time
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.core.management.commands import migrate
from django.db import OperationalError, connections

from tracker.roles import is_restoring

# A migration that waits for a table has everybody who comes after it wait as well.
LOCK_TIMEOUT_MS = 4000
# What takes longer than this belongs into steps, or needs the site to be stopped.
STATEMENT_TIMEOUT_MS = 15 * 60 * 1000
TRIES, PAUSE_S = 6, 5.0
LOCK_NOT_AVAILABLE, QUERY_CANCELED = "55P03", "57014"


class Command(migrate.Command):
    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument(
            "--lock-timeout", type=int, default=LOCK_TIMEOUT_MS, help="milliseconds to wait for a table"
        )
        parser.add_argument(
            "--statement-timeout", type=int, default=STATEMENT_TIMEOUT_MS, help="milliseconds one statement may take"
        )
        parser.add_argument("--restoring", action="store_true", help="given by restore alone")
        parser.add_argument("--tries", type=int, default=TRIES, help="how often to try while others use a table")

    def handle(self, *args: Any, **options: Any) -> None:
        limits = (options.pop("lock_timeout"), options.pop("statement_timeout"))
        tries = options.pop("tries")
        connection = connections[options["database"]]
        with connection.cursor() as cursor:
            if not options.pop("restoring", False) and is_restoring(cursor):
                raise CommandError("A restore is not finished here.\n  What to do: run restore again.")
        try:
            for turn in range(1, tries + 1):
                with connection.cursor() as cursor:
                    cursor.execute("SELECT set_config('lock_timeout', %s, false)", [str(limits[0])])
                    cursor.execute("SELECT set_config('statement_timeout', %s, false)", [str(limits[1])])
                if self._is_done(turn, tries, *args, **options):
                    return
                time.sleep(PAUSE_S)
        finally:
            with connection.cursor() as cursor:
                cursor.execute("RESET lock_timeout")
                cursor.execute("RESET statement_timeout")

    def _is_done(self, turn: int, tries: int, *args: Any, **options: Any) -> bool:
        """Run it once; False where another try makes sense. What was migrated stays: each migration is whole."""
        try:
            super().handle(*args, **options)
        except OperationalError as error:
            code = getattr(error.__cause__, "pgcode", None)
            if code == QUERY_CANCELED:
                raise CommandError(
                    "A migration was stopped because one statement took too long; what it had begun is undone.\n"
                    "  What to do: stop web and workers, then run migrate again with a higher --statement-timeout."
                ) from error
            if code != LOCK_NOT_AVAILABLE:
                raise
            if turn == tries:
                raise CommandError(
                    f"Others use a table that a migration has to change, also at try {tries}; nothing is half done.\n"
                    "  What to do: run migrate again later, or stop web and workers first."
                ) from error
            self.stderr.write(f"Others use a table that a migration has to change; trying again ({turn} of {tries}).")
            return False
        return True
