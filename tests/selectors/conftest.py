"""The small negotiation, and how one reader reckons with it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from negotiations.history.moment import Moment
from negotiations.models import Condition
from negotiations.rules.marking import ANYBODY, Viewer
from negotiations.selectors.blocking import blocking
from negotiations.selectors.blocking_lines import Blocking
from negotiations.selectors.reckoning import Reckoning, reckon
from negotiations.selectors.scene import scene_of
from negotiations.services.link import add_link
from tests.factories import START, Talks, talks

AT = START + timedelta(days=40)


@pytest.fixture
def shore(db: None) -> Talks:
    return talks()


def reckoning(shore: Talks, viewer: Viewer = ANYBODY, at: datetime = AT) -> Reckoning:
    return reckon(scene_of(shore.negotiation, viewer=viewer, moment=Moment(at)))


def blocked(shore: Talks, viewer: Viewer = ANYBODY, at: datetime = AT) -> Blocking:
    """What blocks the second phase, as one reader sees it."""
    found = reckoning(shore, viewer, at)
    return blocking(found, found.readiness(shore.second.pk))


@pytest.fixture
def tie(shore: Talks) -> Callable[..., None]:
    def make(condition: Condition, other: Condition, type: str = "requires", **fields: object) -> None:
        add_link(act=shore.act(at=START), condition=condition, other=other, type=type, **fields)

    return make
