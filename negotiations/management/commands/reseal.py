"""`reseal`: brings what is kept sealed under a new SECRET_KEY."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from negotiations.services.resealing import reseal_everything


class Command(BaseCommand):
    help = (
        "After SECRET_KEY was changed and the old one named in SECRET_KEY_FALLBACKS: bring the signing secrets of "
        "webhooks and the secrets of second steps under the new one. Safe to repeat. Links in old mails need the old "
        "key as long as they shall work."
    )

    def handle(self, *_args: Any, **_options: Any) -> None:
        found = reseal_everything()
        self.stdout.write(f"Under the present SECRET_KEY: {found.done}.")
        if found.shut:
            raise CommandError(f"{found.shut} open under no key; name the key they were made under and repeat.")
