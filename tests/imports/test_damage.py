"""A file with any of a hundred kinds of damage brings nothing in, and says why; what is hidden looks unknown."""

from __future__ import annotations

import pytest

from negotiations.models import Entry
from negotiations.rules.codes import Marking
from negotiations.services.source import add_source
from tests.factories import Talks
from tests.factories import talks as build

from .bringing import CLAIM, CONDITION, POSITION, as_csv, check, told
from .damage import Damage, every

pytestmark = pytest.mark.django_db
DAMAGES = list(every())


def test_there_are_a_hundred_kinds_and_more() -> None:
    assert len({damage.what for damage in DAMAGES}) == len(DAMAGES) >= 100


def test_each_brings_nothing_and_says_why(talks: Talks) -> None:
    before, missed = Entry.objects.count(), []
    for damage in DAMAGES:
        batch = check(talks, damage.kind, damage.data, damage.name, marking="CLEAR")
        if not is_said(damage, batch.report["problems"]) or bytes(batch.content) or batch.counts["created"] > 2000:
            missed.append((damage.what, told(batch)[:3]))
    assert missed == []
    assert Entry.objects.count() == before


def is_said(damage: Damage, problems: list[dict[str, str]]) -> bool:
    return any(
        damage.says in f"{one['wrong']} {one['advice']}"
        and one["line"] == damage.line
        and damage.column in ("", one["column"])
        for one in problems
    )


def test_all_that_is_wrong_is_said_at_once(talks: Talks) -> None:
    rows = [{**CLAIM, "kind": "x", "value_best": "y"}, {**CLAIM, "said_at": "z"}, {**CLAIM, "text": "Five."}]
    assert [line.partition(":")[0] for line in told(check(talks, "claims", as_csv(*rows)))] == [
        "2 kind",
        "2 value_best",
        "3 said_at",
    ]


def test_a_name_that_is_like_none_is_told_everybody_by_name_and_where_to_enter_one(talks: Talks) -> None:
    (said,) = told(check(talks, "claims", as_csv({**CLAIM, "claimant": "Qqqq"})))
    names = "Egret Island, Northern Shore, River Monitors, Southern Shore"
    where = "Enter it first under “Seat a party” or “Seat a third party”."
    assert said == f"2 claimant: “Qqqq” is not known here. Use one of: {names}. {where}"
    (said,) = told(check(talks, "conditions", as_csv({**CONDITION, "phase": "9"})))
    assert said == "2 phase: “9” is not known here. Use one of: 1, 2."


@pytest.mark.parametrize("marking", [Marking.AMBER_STRICT, Marking.RED])
def test_a_hidden_source_looks_like_one_that_is_not_there(talks: Talks, marking: Marking) -> None:
    hidden = add_source(
        act=talks.act(), negotiation=talks.negotiation, publisher="Quiet Desk", title="Kept in confidence",
        marking=marking, organisation=talks.cast.harbour,
    )  # fmt: skip
    named, unknown = (told(check(talks, "claims", as_csv({**CLAIM, "source": ref}))) for ref in (hidden.ref, "S-ZZZ"))
    assert [line.replace(hidden.ref, "S-ZZZ") for line in named] == unknown
    described = {**CLAIM, "source": "", "source_publisher": "Quiet Desk", "source_title": "Kept in confidence"}
    assert check(talks, "claims", as_csv(described)).counts["sources"] == 1


def test_a_hidden_dispute_looks_like_one_that_is_not_there(talks: Talks) -> None:
    hidden = talks.open_dispute("Kept quiet", marking=Marking.AMBER)
    user = talks.cast.reader
    named, unknown = (
        told(check(talks, "positions", as_csv({**POSITION, "dispute": ref}), user=user))
        for ref in (hidden.ref, "D-ZZZ")
    )
    assert [line.replace(hidden.ref, "D-ZZZ") for line in named] == unknown
    assert "Kept quiet" not in str(named)


def test_what_belongs_to_another_negotiation_is_unknown(talks: Talks) -> None:
    other = build("far-shores", cast=talks.cast)
    other.add_condition("Far bridge")
    problems = told(check(talks, "claims", as_csv({**CLAIM, "conditions": "Far bridge"})))
    assert problems[0].startswith("2 conditions: “Far bridge” is not known here.")
