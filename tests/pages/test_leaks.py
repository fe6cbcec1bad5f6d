"""A word that few may read, planted in everything hidden, appears on no page of the others."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from negotiations.models import Dispute
from negotiations.rules.codes import (
    ClaimKind,
    ConditionStatus,
    IncidentType,
    Likelihood,
    Marking,
    Reliability,
    Stance,
    Trend,
)
from negotiations.services.act import Cite
from negotiations.services.assessment import assess
from negotiations.services.claim import make_claim
from negotiations.services.condition import change_condition_status
from negotiations.services.incident import report_incident
from negotiations.services.instrument import add_clause, add_instrument
from negotiations.services.meeting import hold_meeting
from negotiations.services.message import carry_message
from negotiations.services.note import write_note
from negotiations.services.position import state_position
from negotiations.services.source import add_source
from negotiations.services.window import open_window
from tests.factories import START, Talks

WORD = "Zwielicht"
PAGES = (
    "/",
    "/n/two-shores/",
    "/n/two-shores/roadmap/",
    "/n/two-shores/completeness/",
    "/n/two-shores/conditions/",
    "/n/two-shores/conditions/C1/",
    "/n/two-shores/disputes/D1/",
    "/n/two-shores/record/",
    "/n/two-shores/calendar/",
    "/n/two-shores/calendar/?month=2025-10",
    "/n/two-shores/calendar/?format=csv",
    "/n/two-shores/changes/?since=2020-01-01",
    "/calendar/?month=2025-10",
    "/calendar/?format=csv",
    "/calendar/?month=2025-10&as_of=2025-12-01",
    "/?format=csv",
    *(f"/n/two-shores/{page}?format=csv" for page in ("", "roadmap/", "completeness/", "text/", "outlook/", "record/")),
    "/?format=csv&as_of=2025-12-01",
    "/sources/?as_of=2025-12-01",
    "/search/?q=condition",
    "/search/?q=count&kind=source",
    "/more/",
    "/n/two-shores/text/",
    "/n/two-shores/disputes/",
    "/n/two-shores/positions/",
    "/n/two-shores/messages/",
    "/n/two-shores/meetings/M1/",
    "/n/two-shores/incidents/",
    "/n/two-shores/incidents/I1/",
    "/n/two-shores/sources/",
    "/n/two-shores/sources/S1/",
    "/n/two-shores/outlook/",
    "/n/two-shores/corrections/",
    "/n/two-shores/diff/?from=2025-10-01&to=2025-12-01",
    "/n/two-shores/record/export.jsonl",
    "/n/two-shores/feed.atom",
    "/n/two-shores/calendar.ics",
    "/calendar.ics",
    "/n/two-shores/brief/",
)
# What a page adds up, what nothing was planted for, and what leaves the house only up to GREEN.
WITHOUT_THE_WORD = (
    *("roadmap/", "completeness/", "more/", "/calendar/", "/?format=csv", "/?format=csv&as_of=2025-12-01"),
    *("corrections/", "/brief/", "feed.atom", ".ics"),
)


@pytest.fixture
def planted(shore: Talks) -> Talks:
    """Everything a page can show, once more, with the word in it and marked for members alone."""
    hidden = shore.add_condition(f"{WORD} condition", text=f"{WORD} text", marking=Marking.AMBER)
    dispute = shore.open_dispute(f"{WORD} dispute", conditions=[hidden, shore.withdrawal], marking=Marking.AMBER)
    plant_positions(shore, dispute)
    plant_statements(shore)
    plant_source(shore)
    plant_texts(shore)
    plant_notes(shore)
    return shore


def plant_positions(shore: Talks, dispute: Dispute) -> None:
    for on in (dispute, shore.dispute):
        state_position(
            act=shore.act(at=START),
            negotiation=shore.negotiation,
            actor=shore.north,
            stance=Stance.ACCEPTS,
            summary=f"{WORD} position",
            stated_at=START,
            dispute=on,
            marking=Marking.AMBER,
        )


def plant_statements(shore: Talks) -> None:
    about: dict[str, Any] = {"act": shore.act(at=START), "negotiation": shore.negotiation, "marking": Marking.AMBER}
    ties = {"conditions": [shore.withdrawal]}
    make_claim(**about, **ties, claimant=shore.north, kind=ClaimKind.FULFILLED, text=f"{WORD} claim", said_at=START)
    report_incident(**about, **ties, type=IncidentType.SHOOTING, title=f"{WORD} incident", happened_at=START)
    open_window(**about, title=f"{WORD} window", opens_at=START)
    carry_message(
        **about,
        carrier=shore.egret,
        sender=shore.north,
        recipient=shore.south,
        subject=f"{WORD} message",
        carried_at=START,
        dispute=shore.dispute,
    )
    assess(
        **about,
        author=shore.cast.analyst,
        question=f"{WORD} question",
        likelihood=Likelihood.LIKELY,
        percent_low=55,
        percent_high=80,
        trend=Trend.UNCHANGED,
        rationale=f"{WORD} rationale",
        assessed_at=START,
    )


def plant_texts(shore: Talks) -> None:
    """A text for members, and a clause for members in a text for everybody."""
    about: dict[str, Any] = {"act": shore.act(at=START), "negotiation": shore.negotiation, "kind": "agreement"}
    hidden = add_instrument(**about, title=f"{WORD} annex", marking=Marking.AMBER)
    pact = add_instrument(**about, title="Pact")
    add_clause(act=shore.act(at=START), instrument=hidden, number="1", text=f"{WORD} clause")
    add_clause(act=shore.act(at=START), instrument=pact, number="1", text=f"{WORD} clause", marking=Marking.AMBER)


def plant_notes(shore: Talks) -> None:
    """Notes for members on items that everybody sees."""
    about: dict[str, Any] = {"act": shore.act(at=START), "negotiation": shore.negotiation}
    meeting = hold_meeting(**about, kind="round", title="First round", starts_at=START)
    incident = report_incident(
        **about, conditions=[shore.withdrawal], type=IncidentType.SHOOTING, title="Shots", happened_at=START
    )
    hold_meeting(**about, kind="round", title=f"{WORD} round", starts_at=START, marking=Marking.AMBER)
    for item in (meeting, incident, shore.source, shore.dispute, shore.withdrawal):
        write_note(act=shore.act(at=START), subject=item, text=f"{WORD} note", author=shore.cast.mediator)


def plant_source(shore: Talks) -> None:
    """A narrow source that supports a change everybody sees."""
    source = add_source(
        act=shore.act(at=START),
        negotiation=shore.negotiation,
        publisher=f"{WORD} Post",
        title=f"{WORD} count",
        reliability=Reliability.A,
        marking=Marking.AMBER,
    )
    cites = (Cite(source=shore.source, credibility="2"), Cite(source=source, credibility="1", quote=f"{WORD} quote"))
    act = shore.act(at=START + timedelta(days=1), cites=cites)
    change_condition_status(shore.withdrawal, act=act, version=None, status=ConditionStatus.IN_PROGRESS)


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("who", ["", "outsider", "reader"])
def test_nobody_else_reads_it(planted: Talks, client: Client, who: str, page: str) -> None:
    if who:
        client.force_login(getattr(planted.cast, who))
    for moment in ("", "?as_of=2025-10-12"):
        address = page + (moment.replace("?", "&") if "?" in page else moment)
        assert WORD not in b"".join(client.get(address)).decode()


@pytest.mark.parametrize("page", PAGES[1:])
def test_members_do_read_it(planted: Talks, client: Client, page: str) -> None:
    client.force_login(planted.cast.mediator)
    found = WORD in b"".join(client.get(page)).decode()
    assert found or page.endswith(WITHOUT_THE_WORD)
