"""Long texts are shown with their few marks, in their own language, and nothing in them runs."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.utils import translation

from negotiations.selectors.words import Words
from negotiations.services.assessment import assess
from negotiations.services.negotiation import edit_negotiation
from negotiations.services.note import write_note
from negotiations.templatetags.prose import prose
from tests.factories import START, Talks

ATTACK = "**Ask** <script>alert(1)</script> [x](javascript:alert(1)) <img src=x onerror=alert(1)>"


@pytest.fixture
def attacked(shore: Talks) -> Talks:
    """The same text at every outlet of long texts."""
    lead = shore.act(shore.cast.lead, at=START)
    edit_negotiation(shore.negotiation, act=lead, version=None, summary=ATTACK)
    write_note(act=shore.act(), subject=shore.dispute, text=ATTACK, author=shore.cast.mediator)
    write_note(act=shore.act(), subject=shore.withdrawal, text=ATTACK, author=shore.cast.mediator)
    assess(
        act=lead, negotiation=shore.negotiation, author=shore.cast.lead, question="Phase 2 by May",
        likelihood="unlikely", trend="unchanged", rationale=ATTACK, assessed_at=START,
    )  # fmt: skip
    return shore


@pytest.mark.parametrize("page", ["", "outlook/", "conditions/C1/", "disputes/D1/"])
def test_every_outlet_renders_and_disarms(attacked: Talks, client: Client, page: str) -> None:
    client.force_login(attacked.cast.mediator)
    html = client.get(f"/n/two-shores/{page}").content.decode()
    assert "<strong>Ask</strong>" in html
    assert not re.search(r"<script(?! src=)|<img|href=\"javascript", html)


def test_a_text_in_another_language_says_so() -> None:
    with translation.override("ar"):
        assert prose(Words("Ask.")) == '<div class="prose" lang="en" dir="ltr"><p>Ask.</p>\n</div>'
        assert prose(Words("Ask.", "اسأل.")) == '<div class="prose" dir="rtl"><p>اسأل.</p>\n</div>'


def test_a_bare_text_takes_its_direction_from_itself() -> None:
    assert prose("Ask.") == '<div class="prose" dir="auto"><p>Ask.</p>\n</div>'
    assert prose("") == prose(None) == ""
