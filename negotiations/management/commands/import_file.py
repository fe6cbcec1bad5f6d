"""`import_file`: brings in a file that is too large for a page, by the same checks and verbs."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from negotiations.access.viewer import viewer_for
from negotiations.imports.batches import Brought, apply_batch, check_file
from negotiations.imports.mappings import MAPPINGS
from negotiations.imports.table import FOR_OPERATORS
from negotiations.models import ImportBatch, Membership, Negotiation, Organisation, User
from negotiations.rules.codes import ImportKind, Marking
from negotiations.rules.errors import RuleError

SHORT = {"ucdp": ImportKind.UCDP_GED, "osce": ImportKind.OSCE_SMM}
TOLD = 50


class Command(BaseCommand):
    help = "Check a file and write it, all or nothing; with --check it is only checked."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("kind", choices=sorted({*MAPPINGS, *SHORT, ImportKind.RECORD}))
        parser.add_argument("path", type=Path)
        parser.add_argument("--as", dest="person", required=True, help="user name of whoever brings it")
        parser.add_argument("--into", help="the negotiation's name in addresses; ucdp and record open one without it")
        parser.add_argument("--organisation", help="whose the negotiation is that it opens")
        parser.add_argument("--marking", choices=[one.value for one in Marking][:-1], default=Marking.CLEAR.value)
        parser.add_argument("--check", action="store_true", help="only say what it would do")

    def handle(self, *_args: Any, **options: Any) -> None:
        now = timezone.now()
        try:
            brought = self.brought(options)
            batch = check_file(brought, now=now)
            self.tell(batch)
            if batch.counts["problems"]:
                raise CommandError("Nothing was written.")
            if options["check"] or not batch.content:
                return
            batch = apply_batch(batch, now=now, limits=FOR_OPERATORS)
        except RuleError as refused:
            raise CommandError(refused.message) from None
        self.stdout.write(f"Written: /n/{batch.negotiation.slug if batch.negotiation else ''}/ as {batch.request_id}")

    def brought(self, options: dict[str, Any]) -> Brought:
        """The file, with whoever brings it and the seat they bring it from."""
        person = User.objects.filter(username=options["person"]).first()
        if person is None:
            raise CommandError(f"There is no account {options['person']!r}.")
        try:
            data = options["path"].read_bytes()
        except OSError as refused:
            raise CommandError(f"{options['path']} cannot be read: {refused.strerror}.") from None
        negotiation = None
        if options["into"]:
            negotiation = Negotiation.objects.visible_to(viewer_for(person)).filter(slug=options["into"]).first()
            if negotiation is None:
                raise CommandError(f"{person.username} sees no negotiation {options['into']!r}.")
        return Brought(
            user=person,
            kind=SHORT.get(options["kind"], options["kind"]),
            name=options["path"].name,
            data=data,
            negotiation=negotiation,
            organisation=self.organisation(person, negotiation, options["organisation"]),
            marking=options["marking"],
            limits=FOR_OPERATORS,
        )

    @staticmethod
    def organisation(person: User, negotiation: Negotiation | None, name: str | None) -> Organisation | None:
        if negotiation is not None:
            seat = Membership.objects.filter(user=person, negotiation=negotiation, ended_at=None).first()
            return seat.organisation if seat else None
        if not name:
            return None
        found = Organisation.objects.filter(name=name).first()
        if found is None:
            raise CommandError(f"There is no organisation {name!r}.")
        return found

    def tell(self, batch: ImportBatch) -> None:
        counts = ", ".join(f"{count} {name}" for name, count in batch.counts.items())
        self.stdout.write(f"{batch.name}: {counts}")
        for one in batch.report["problems"][:TOLD]:
            self.stdout.write(f"  line {one['line']} {one['column']}: {one['wrong']} {one['advice']}")
