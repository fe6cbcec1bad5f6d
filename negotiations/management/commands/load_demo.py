"""`load_demo`: fill an empty database with the demonstration."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from negotiations.demo.load import is_empty, load


class Command(BaseCommand):
    help = "Load three real processes from public reporting; only into a database without any negotiation."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--if-empty", action="store_true", help="Exit quietly when there is a negotiation already.")

    def handle(self, **options: Any) -> None:
        if not is_empty():
            said = "There are negotiations here already: nothing loaded."
            if not options["if_empty"]:
                raise CommandError(said)
            self.stdout.write(said)
            return
        loaded = load()
        self.stdout.write(self.style.SUCCESS(f"Loaded: {', '.join(one.slug for one in loaded)}."))
