"""`verify_record`: proves that the record is whole, or names the first thing that is wrong."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from negotiations.history.verify import faults
from negotiations.models import Entry


class Command(BaseCommand):
    help = "Check both chains of every stream, every payload, and every row against its entries."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--all", action="store_true", help="name everything that is wrong, not only the first")

    def handle(self, *_args: Any, **options: Any) -> None:
        found = 0
        for fault in faults():
            found += 1
            self.stderr.write(str(fault))
            if not options["all"]:
                break
        if found:
            raise CommandError("The record is not whole.")
        self.stdout.write(self.style.SUCCESS(f"The record is whole: {Entry.objects.count()} entries."))
