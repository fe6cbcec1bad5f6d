"""A consumer that follows the record as its documentation says: from `latest` to `latest`."""

from __future__ import annotations

from typing import Any

from django.test import Client

RECORD = "/api/v1/negotiations/two-shores/record/"


class Follower:
    """Keeps every row it was ever given, in order."""

    def __init__(self, client: Client, *, limit: int = 100) -> None:
        self.client, self.limit = client, limit
        self.latest = ""
        self.rows: list[dict[str, Any]] = []

    def poll(self) -> int:
        """Ask once; returns how many rows came."""
        page = self.client.get(RECORD, {"after": self.latest, "limit": self.limit}).json()
        self.rows += page["results"]
        self.latest = page["latest"]
        return len(page["results"])

    def catch_up(self) -> list[dict[str, Any]]:
        """Ask until nothing more comes; returns what came."""
        had = len(self.rows)
        while self.poll():
            pass
        return self.rows[had:]

    @property
    def verbs(self) -> list[str]:
        return [row.get("verb", "tombstone") for row in self.rows]

    @property
    def ids(self) -> list[str]:
        return [row["id"] for row in self.rows]
