"""What a manifest says of the database, read again after a restore to see that all came back."""

from __future__ import annotations

import hashlib
import hmac
import tomllib
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone

from negotiations.models import Entry, Stream, User


def facts() -> dict[str, Any]:
    """Version, migrations, ends of both chains of each stream, and counts; by one snapshot of the caller's."""
    project = tomllib.loads((settings.BASE_DIR / "pyproject.toml").read_text())["project"]
    return {
        "made_at": timezone.now().isoformat(timespec="seconds"),
        "release": project["version"],
        "migrations": sorted(f"{app}.{name}" for app, name in MigrationLoader(connection).applied_migrations),
        "streams": streams(),
        "counts": counts(),
        "demonstration": settings.DEMO,
        "secret": secret_mark(),
    }


def streams() -> list[list[Any]]:
    """The end of every stream: its negotiation (None: the registry), its last number and both heads."""
    rows = Stream.objects.order_by("pk")
    return [
        [str(row[0]) if row[0] else None, *row[1:]]
        for row in rows.values_list("negotiation__public_id", "head", "head_hash", "clear_hash")
    ]


def counts() -> dict[str, int]:
    return {"entries": Entry.objects.count(), "people": User.objects.count()}


def secret_mark() -> str:
    """Tells whether two installations share SECRET_KEY, and nothing of what it is."""
    return hmac.new(settings.SECRET_KEY.encode(), b"which secret", hashlib.sha256).hexdigest()[:16]


def unknown_migrations(manifest: dict[str, Any]) -> list[str]:
    """Migrations of our own apps in a backup that this version does not have: it is older than the backup."""
    known = {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations}
    ours = {config.label for config in apps.get_app_configs()}
    return [name for name in manifest["migrations"] if name not in known and name.partition(".")[0] in ours]
