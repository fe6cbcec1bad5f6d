"""The small negotiation, and record files made of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from negotiations.exports.jsonl import RecordFile
from negotiations.rules.marking import Viewer
from tests.factories import Talks
from tests.factories import talks as build

NOW = datetime(2025, 12, 8, 12, tzinfo=UTC)
Make = Callable[[Viewer | None], Path]


@pytest.fixture
def talks() -> Talks:
    """Built anew for each test; the test says itself that it uses the database."""
    return build()


@pytest.fixture
def record_file(talks: Talks, tmp_path: Path) -> Make:
    """Makes the record file of the small negotiation for a viewer, whole for None."""

    def make(viewer: Viewer | None) -> Path:
        path = tmp_path / "record.jsonl"
        path.write_bytes(b"".join(RecordFile(talks.negotiation, viewer, NOW).pieces()))
        return path

    return make
