"""`bounce`: takes in one mail that came back, from a mail server's pipe."""

from __future__ import annotations

import os
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import InterfaceError, OperationalError
from django.utils import timezone

from negotiations.digests.bounces import MOST_BYTES, hear_bounce


class Command(BaseCommand):
    help = (
        "Read one mail that came back from standard input. Ends with 75 (try again later) where the database is away,"
        " so that the mail server keeps it; otherwise with 0 and a sentence, because nobody is to be answered."
    )
    requires_system_checks: list[str] = []

    def handle(self, *_args: Any, **_options: Any) -> None:
        try:
            heard = hear_bounce(sys.stdin.buffer.read(MOST_BYTES + 1), now=timezone.now())
        except (OperationalError, InterfaceError) as away:
            raise CommandError(f"Not taken: {type(away).__name__}.", returncode=os.EX_TEMPFAIL) from away
        self.stdout.write(heard.value)
