"""A position that was taken back is nobody's any more; what stood before it stands again, and the past keeps it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from negotiations.history.moment import Moment
from negotiations.rules.marking import ANYBODY
from negotiations.selectors.phase_state import phase_state
from negotiations.selectors.position_matrix import position_matrix
from negotiations.selectors.scene import scene_of
from negotiations.services.position import state_position, withdraw_position
from tests.factories import Talks

from .conftest import AT

TAKEN_BACK = AT - timedelta(days=1)
BEFORE = TAKEN_BACK - timedelta(hours=1)


@pytest.fixture
def turned(shore: Talks) -> Talks:
    """The south stated another position, and took it back."""
    said: dict[str, Any] = {"stance": "accepts", "summary": "Agreed after all.", "dispute": shore.dispute}
    stated_at = TAKEN_BACK - timedelta(days=1)
    later = state_position(
        act=shore.act(at=stated_at), negotiation=shore.negotiation, actor=shore.south, stated_at=stated_at, **said
    )
    withdraw_position(later, act=shore.act(at=TAKEN_BACK), version=None)
    return shore


def stances(shore: Talks, moment: Moment) -> list[str]:
    """What the document and the matrix say of the south's stance; they agree."""
    document = phase_state(shore.negotiation, viewer=ANYBODY, moment=moment)
    assert document is not None
    told = [one["stance"] for dispute in document["disputes"] for one in dispute["positions"]]
    scene = scene_of(shore.negotiation, viewer=ANYBODY, moment=moment)
    cells = [cell for row in position_matrix(scene).rows for cell in row.cells if cell.position]
    assert [cell.stance for cell in cells] == told
    return told


def test_what_stood_before_stands_again(turned: Talks) -> None:
    assert stances(turned, Moment(AT)) == [turned.position.stance]


def test_earlier_moments_keep_it(turned: Talks) -> None:
    assert stances(turned, Moment(BEFORE, BEFORE)) == ["accepts"]
    assert stances(turned, Moment(AT, AT)) == [turned.position.stance]
