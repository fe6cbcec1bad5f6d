"""The record as JSON Lines: what the reader may see, in order, and nothing that tells of the rest."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from negotiations.access.viewer import viewer_for
from negotiations.exports.proof import public_head
from negotiations.models import Entry, Stream
from negotiations.rules.marking import ANYBODY
from negotiations.services.condition import edit_condition
from negotiations.services.marking import narrow_marking
from tests.factories import Talks

from .conftest import Make

pytestmark = pytest.mark.django_db


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_bytes().splitlines()]


def entries(path: Path) -> list[dict[str, Any]]:
    return [line for line in lines(path) if line.get("type") == "entry"]


def test_it_holds_every_visible_entry_once_and_in_order(talks: Talks, record_file: Make) -> None:
    talks.open_dispute(marking="AMBER")
    told = Entry.objects.visible_to(ANYBODY).filter(negotiation=talks.negotiation).order_by("seq")
    assert [line["id"] for line in entries(record_file(ANYBODY))] == [str(entry.public_id) for entry in told]


def test_the_header_says_what_it_is_and_how_it_is_marked(talks: Talks, record_file: Make) -> None:
    head = lines(record_file(ANYBODY))[0]
    assert (head["format"], head["version"], head["scope"]) == ("ceasefire-tracker-record", 1, "reader")
    assert (head["marking"], head["license"], head["moment"]) == ("CLEAR", "CC-BY-4.0", "2025-12-08T12:00:00+00:00")
    assert head["negotiation"]["slug"] == "two-shores"


def test_a_members_file_bears_the_highest_marking_and_no_licence(talks: Talks, record_file: Make) -> None:
    head = lines(record_file(viewer_for(talks.cast.lead)))[0]
    assert (head["marking"], head["license"]) == ("AMBER", None)


def test_the_public_chain_ends_as_the_stream_does(talks: Talks, record_file: Make) -> None:
    talks.open_dispute(marking="AMBER")
    end = lines(record_file(ANYBODY))[-1]
    stream = Stream.objects.get(negotiation=talks.negotiation)
    assert end["chains"] == {"public": stream.clear_hash} == {"public": public_head(talks.negotiation)}


def test_a_hidden_write_changes_no_byte(talks: Talks, record_file: Make) -> None:
    before = record_file(ANYBODY).read_bytes()
    talks.open_dispute(marking="AMBER")
    assert record_file(ANYBODY).read_bytes() == before


def test_what_was_narrowed_leaves_no_gap_in_the_chain(talks: Talks, record_file: Make) -> None:
    claim = str(talks.claim.public_id)
    narrow_marking(talks.claim, act=talks.act(), version=None, marking="AMBER")
    talks.set_status(talks.withdrawal, "in_progress")
    path = record_file(ANYBODY)
    assert claim not in path.read_text()
    assert lines(path)[-1]["chains"]["public"] == public_head(talks.negotiation)
    stream = Stream.objects.get(negotiation=talks.negotiation)
    assert public_head(talks.negotiation) != stream.clear_hash


def test_everybodys_file_has_the_same_public_chain(talks: Talks, record_file: Make) -> None:
    narrow_marking(talks.claim, act=talks.act(), version=None, marking="AMBER")
    viewers = (ANYBODY, viewer_for(talks.cast.lead), viewer_for(talks.cast.reader), None)
    assert len({lines(record_file(viewer))[-1]["chains"]["public"] for viewer in viewers}) == 1


def test_words_that_name_what_is_hidden_come_without_their_salt(talks: Talks, record_file: Make) -> None:
    edit_condition(talks.release, act=talks.act(), version=None, owner=talks.cast.analyst)
    line, members = (entries(record_file(who))[-1] for who in (ANYBODY, viewer_for(talks.cast.lead)))
    assert (line["changes"], line["salt"]) == ({"owner": [None, None]}, None)
    assert members["changes"] == {"owner": [None, str(talks.cast.analyst.public_id)]}
    assert members["salt"]


def test_actors_are_introduced_before_they_are_named(talks: Talks, record_file: Make) -> None:
    told = lines(record_file(ANYBODY))
    place = next(n for n, line in enumerate(told) if line.get("name") == "Southern Shore")
    first = next(n for n, line in enumerate(told) if str(talks.south.public_id) in str(line.get("changes")))
    assert place == first - 1
    assert len([line for line in told if line.get("type") == "actor"]) == 4


def test_no_person_is_named_in_any_file(talks: Talks, record_file: Make) -> None:
    talks.set_status(talks.withdrawal, "in_progress")
    for viewer in (ANYBODY, viewer_for(talks.cast.lead), None):
        path = record_file(viewer)
        assert entries(path)[-1]["by"] == "Harbour Office"
        assert not [name for name in ("Mediator", "Other mediator", "Analyst") if f'"{name}"' in path.read_text()]


def test_the_whole_file_holds_everything_and_its_own_chain(talks: Talks, record_file: Make) -> None:
    talks.open_dispute(marking="AMBER")
    path = record_file(None)
    assert len(entries(path)) == Entry.objects.filter(negotiation=talks.negotiation).count()
    assert all(line["salt"] for line in entries(path))
    stream = Stream.objects.get(negotiation=talks.negotiation)
    assert lines(path)[-1]["chains"]["whole"] == stream.head_hash
