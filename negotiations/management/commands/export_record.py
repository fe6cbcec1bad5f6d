"""`export_record`: writes the whole record of a negotiation into a file that another tracker can read."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from negotiations.exports.jsonl import RecordFile
from negotiations.models import Negotiation


class Command(BaseCommand):
    help = (
        "Write the whole record of a negotiation as JSON Lines, whatever its marking: for the operator, "
        "to keep or to read in elsewhere. Readers take what they may see from the page of the record."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slug", help="the short name of the negotiation in its address")
        parser.add_argument("file", nargs="?", default="-", help="where to write; - is standard output")

    def handle(self, *_args: Any, **options: Any) -> None:
        negotiation = Negotiation.objects.filter(slug=options["slug"]).first()
        if negotiation is None:
            raise CommandError(f"There is no negotiation “{options['slug']}”.")
        made = RecordFile(negotiation, None, timezone.now())
        if options["file"] == "-":
            for piece in made.pieces():
                sys.stdout.buffer.write(piece)
            return
        with Path(options["file"]).open("xb") as file:
            file.writelines(made.pieces())
        self.stdout.write(self.style.SUCCESS(f"Written to {options['file']}, marked {made.marking.label}."))
