"""The small negotiation with a digest's window that begins once it stands."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from negotiations.digests.letter import SHEETS
from negotiations.digests.writing import FRAGMENTS
from tests.factories import talks as build

from .post import Desk


@pytest.fixture
def desk(db: None) -> Iterator[Desk]:
    forget()
    desk = Desk(build())
    desk.open()
    yield desk
    forget()


def forget() -> None:
    FRAGMENTS.clear()
    SHEETS.clear()
