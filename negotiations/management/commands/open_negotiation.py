"""`open_negotiation`: opens a negotiation with its lead, on a site that has none yet."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from negotiations.models import Organisation, User
from negotiations.rules.codes import Marking, Role
from negotiations.services.act import Act
from negotiations.services.membership import grant_membership
from negotiations.services.negotiation import open_negotiation
from negotiations.services.organisation import register_organisation


class Command(BaseCommand):
    help = "Open a negotiation, unpublished, and seat its lead."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slug", help="its name in addresses, such as aceh-2005")
        parser.add_argument("--title", required=True)
        parser.add_argument("--lead", required=True, help="user name of the lead")
        parser.add_argument("--organisation", required=True, help="the lead's; registered if it is new")
        parser.add_argument("--time-zone", default="UTC", help="IANA name, such as Africa/Cairo")

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            lead = User.objects.get(username=options["lead"])
        except User.DoesNotExist:
            raise CommandError(f"There is no account {options['lead']!r}; make it first.") from None
        act = Act(actor=lead, reason="Opened by the operator.")
        name = options["organisation"]
        try:
            with transaction.atomic():
                organisation = Organisation.objects.filter(name=name).first()
                negotiation = open_negotiation(
                    act=act, slug=options["slug"], title=options["title"], time_zone=options["time_zone"]
                )
                grant_membership(
                    act=act,
                    negotiation=negotiation,
                    user=lead,
                    organisation=organisation or register_organisation(act=act, name=name),
                    role=Role.LEAD,
                    clearance=Marking.RED,
                )
        except ValidationError as refused:
            raise CommandError("; ".join(refused.messages)) from refused
        self.stdout.write(f"Opened: /n/{negotiation.slug}/ (its members alone see it until it is published)")
