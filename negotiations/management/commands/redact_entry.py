"""`redact_entry`: destroys the words of an entry, by the lead and a second person."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from negotiations.models import Entry, User
from negotiations.rules.codes import RedactionGround
from negotiations.rules.errors import RuleError
from negotiations.services.act import Act
from negotiations.services.redaction import redact_entry


class Command(BaseCommand):
    help = "Destroy the words of an entry for good; the record says that it was done, by whom and why."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("entry", help="the entry's id, as the record shows it")
        parser.add_argument("--lead", required=True, help="user name of the lead")
        parser.add_argument("--second", required=True, help="user name of the second person who agrees")
        parser.add_argument("--ground", required=True, choices=[ground.value for ground in RedactionGround])
        parser.add_argument("--reason", required=True, help="why, without repeating the words")
        parser.add_argument("--field", action="append", help="only this text of the item (may be repeated)")

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            told = redact_entry(
                Entry.objects.select_related("negotiation", "payload").get(public_id=options["entry"]),
                act=Act(actor=User.objects.get(username=options["lead"]), reason=options["reason"]),
                second=User.objects.get(username=options["second"]),
                ground=options["ground"],
                fields=options["field"],
            )
        except (Entry.DoesNotExist, User.DoesNotExist, ValidationError, RuleError) as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write(f"Redacted; {len(told)} entries tell of it.")
