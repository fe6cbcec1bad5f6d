"""No file of any format holds what its taker may not see: opened, decompressed and read to the last part."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from negotiations.rules.codes import Marking
from negotiations.rules.errors import NotPermitted
from negotiations.rules.sharing import may_share
from negotiations.services.shared_brief import share_brief

from .asking import watch
from .files import BRIEFS, addresses, large_files, opened
from .words import PLANTED
from .world import PEOPLE, World

# By the level of a shared brief, the words that may be in it; at the levels that are not here none is shared.
MAY_HOLD: dict[str, set[str]] = {
    Marking.CLEAR: set(),
    Marking.GREEN: {"kanariegreen"},
    Marking.AMBER: {"kanariegreen", "kanarieamber", "kanarieembargo", "kanarienarrowed", "kanarieproposed"},
}


@pytest.fixture(autouse=True)
def _folder(settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path


@pytest.mark.parametrize("who", PEOPLE)
def test_no_file_holds_what_its_taker_may_not_see(world: World, who: str) -> None:
    client, secret, wrong = world.client(who), watch(world, who), []
    read: defaultdict[str, set[str]] = defaultdict(set)
    for path in [*addresses(), *large_files(world, who)]:
        if who == "token" and not path.startswith("/api/"):
            continue
        answer = opened(client, path)
        wrong += [f"{path}: {found}" for found in secret.found_in(answer, path)]
        wrong += [f"{path}: {answer.status}"] * (answer.status >= 500)
        read[answer.headers.get("Content-Type", "").partition(";")[0]] |= set(PLANTED.findall(answer.everything()))
    assert not wrong, "\n".join(sorted(wrong))
    if who == "lead":
        # A walk that reads nothing proves nothing.
        kinds = {kind for kind, words in read.items() if "kanarieamber" in words}
        assert kinds >= {"text/csv", "application/json", "application/x-ndjson", "application/pdf"}
        assert any("spreadsheet" in kind for kind in kinds)
        assert "kanariegreen" in read["text/calendar"]


@pytest.mark.parametrize("who", ["analyst", "mediator", "other_mediator", "lead"])
def test_a_brief_holds_nothing_red_whoever_makes_it(world: World, who: str) -> None:
    for path in BRIEFS:
        answer = opened(world.client(who), path)
        assert (answer.status, "kanariered" in answer.everything()) == (200, False)


@pytest.mark.parametrize("who", ["analyst", "mediator", "other_mediator", "lead"])
@pytest.mark.parametrize("level", Marking)
def test_a_shared_brief_holds_what_its_level_allows_and_never_anything_red(
    world: World, who: str, level: Marking
) -> None:
    person, now, here = world.people[who], timezone.now(), world.small.negotiation
    assert person is not None
    wished: dict[str, Any] = {"for_whom": "A guest", "level": level, "as_of": now, "now": now}
    if not may_share(world.viewer(who).seat_in(here.pk), level):
        with pytest.raises(NotPermitted):
            share_brief(person, negotiation=here, **wished)
        return
    _shared, secret = share_brief(person, negotiation=here, **wished)
    for path in (f"/b/{secret}/", f"/b/{secret}/brief.pdf"):
        answer = opened(Client(), path)
        assert answer.status == 200
        assert set(PLANTED.findall(answer.everything().lower())) <= MAY_HOLD[level]
