"""Whether mail may carry TLP:AMBER content: the lead's decision, with a reason, told in the record."""

from __future__ import annotations

import pytest

from negotiations.models import Entry
from negotiations.rules.errors import RuleError
from negotiations.services.negotiation import edit_negotiation
from tests.factories import Talks

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("person", "reason"), [("mediator", "Agreed."), ("analyst", "Agreed."), ("lead", " ")])
def test_it_refuses_all_but_the_lead_who_says_why(talks: Talks, person: str, reason: str) -> None:
    act = talks.act(getattr(talks.cast, person), reason=reason)
    with pytest.raises(RuleError):
        edit_negotiation(talks.negotiation, act=act, version=None, mails_amber=True)
    talks.negotiation.refresh_from_db()
    assert not talks.negotiation.mails_amber


def test_the_record_tells_who_opened_it_and_why(talks: Talks) -> None:
    act = talks.act(talks.cast.lead, reason="All three offices agreed.")
    edit_negotiation(talks.negotiation, act=act, version=None, mails_amber=True)
    told = Entry.objects.filter(negotiation=talks.negotiation, verb="negotiation.edited").latest("seq")
    assert told.payload.changes == {"mails_amber": [False, True]}
    assert (told.actor, told.payload.reason) == (talks.cast.lead, "All three offices agreed.")


def test_an_edit_that_leaves_it_as_it_is_needs_no_lead(talks: Talks) -> None:
    edit_negotiation(talks.negotiation, act=talks.act(reason=""), version=None, mails_amber=False, title="Talks")
    talks.negotiation.refresh_from_db()
    assert talks.negotiation.title == "Talks"
