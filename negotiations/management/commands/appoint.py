"""`appoint`: says who administers accounts; only the owner of the database may."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from negotiations.models import User
from negotiations.services.account import note_standing


class Command(BaseCommand):
    help = "Make somebody administrator, staff (who may open negotiations) or neither. Needs the owner's connection."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username")
        parser.add_argument("--as", dest="rank", choices=("administrator", "staff", "nobody"), required=True)

    def handle(self, *_args: Any, **options: Any) -> None:
        username, rank = options["username"], options["rank"]
        changed = User.objects.filter(username=username).update(
            is_staff=rank != "nobody", is_superuser=rank == "administrator"
        )
        if not changed:
            raise CommandError(f"There is no account {username!r}; make it first.")
        note_standing(User.objects.get(username=username))
        self.stdout.write(f"{username} is {rank} now.")
