"""The help page holds every word of the domain, and the words lead to it."""

from __future__ import annotations

import pytest
from django.test import Client

from negotiations.rules.codes import ConditionStatus, Credibility, Likelihood, Marking, PhaseStatus, Reliability
from negotiations.rules.evidence import ACCEPTED_WORD
from negotiations.rules.status_words import what_it_takes
from tests.factories import Talks

from .conftest import address

FLAGS = ("blocked", "overdue", "due", "stale")


@pytest.fixture
def page(client: Client, db: None) -> str:
    return client.get("/help/statuses/").content.decode()


@pytest.mark.parametrize("code", [*ConditionStatus, *FLAGS, *Marking, *Likelihood])
def test_every_word_has_a_place_of_its_own(page: str, code: str) -> None:
    assert f'id="{code}"' in page


@pytest.mark.parametrize("code", PhaseStatus)
def test_every_status_of_a_phase_has_one_too(page: str, code: PhaseStatus) -> None:
    assert f'id="phase-{code}"' in page
    assert str(code.definition) in page


@pytest.mark.parametrize("code", [*Reliability, *Credibility])
def test_every_grade_is_explained(page: str, code: Reliability | Credibility) -> None:
    assert f'id="grade-{code}"' in page
    assert str(code.label) in page


@pytest.mark.parametrize("status", ACCEPTED_WORD)
def test_what_is_guarded_says_so(status: ConditionStatus) -> None:
    assert "B2 or better" in what_it_takes(status)


def test_a_status_that_takes_nothing_more_is_silent() -> None:
    assert what_it_takes(ConditionStatus.IN_PROGRESS) == ""


def test_the_status_of_a_condition_leads_to_its_meaning(shore: Talks, client: Client) -> None:
    page = client.get(address(shore.withdrawal)).content.decode()
    assert f'href="/help/statuses/#{shore.withdrawal.status}"' in page
