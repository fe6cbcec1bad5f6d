"""How a condition's counterpart fared before, for those who may see it, and how such provisions fared elsewhere."""

from __future__ import annotations

from datetime import timedelta

from negotiations.history.moment import Moment
from negotiations.rules.codes import ConditionCategory, ConditionStatus
from negotiations.rules.marking import ANYBODY
from negotiations.selectors.last_time import LastTime, base_rate_note, last_time
from negotiations.selectors.scene import scene_of
from negotiations.services.condition import edit_condition
from tests.factories import START, Talks, talks

from .conftest import AT


def shown(shore: Talks, *, as_of: bool = False) -> LastTime | None:
    moment = Moment(AT, AT if as_of else None)
    scene = scene_of(shore.negotiation, viewer=ANYBODY, moment=moment)
    row = next(row for row in scene.by_id(type(shore.release)).values() if row.ref == shore.release.ref)
    return last_time(scene, row)


def earlier(shore: Talks, **fields: object) -> Talks:
    """An earlier attempt whose release the present one resembles."""
    before = talks("earlier-shores", cast=shore.cast)
    counterpart = before.add_condition("Release then", **fields)
    before.set_status(counterpart, ConditionStatus.PARTLY_MET, at=START + timedelta(days=2))
    edit_condition(shore.release, act=shore.act(at=START), version=None, corresponds_to=counterpart)
    return before


def test_it_shows_how_the_counterpart_fared(shore: Talks) -> None:
    earlier(shore)
    found = shown(shore)
    assert found is not None
    assert (found.slug, found.line.status) == ("earlier-shores", ConditionStatus.PARTLY_MET)


def test_it_shows_it_at_a_past_moment_too(shore: Talks) -> None:
    earlier(shore)
    assert shown(shore, as_of=True) is not None


def test_without_a_counterpart_there_is_nothing(shore: Talks) -> None:
    assert shown(shore) is None


def test_a_base_rate_says_its_n_its_source_and_what_it_cannot_say() -> None:
    note = base_rate_note(ConditionCategory.WITHDRAWAL_REDEPLOYMENT)
    assert note is not None
    assert "14 accords" in note.sentences[0]
    assert "not a forecast" in note.caveat
    assert note.url.startswith("https://")


def test_a_category_without_a_base_rate_has_no_note() -> None:
    assert base_rate_note(ConditionCategory.OTHER) is None
