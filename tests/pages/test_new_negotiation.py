"""Opening a negotiation in one sitting, from a pasted text or a common shape."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from negotiations.models import Clause, Condition, Draft, Gate, Negotiation, Party, Phase, User
from tests.factories import Talks

SignIn = Callable[[User], Client]
TEXT = "1. Hostilities halt.\n2. Forces withdraw within 30 days.\n3. They meet again."


def rows(prefix: str, *filled: dict[str, Any]) -> dict[str, Any]:
    sent = {f"{prefix}-{place}-{name}": value for place, row in enumerate(filled) for name, value in row.items()}
    return {f"{prefix}-TOTAL_FORMS": len(filled), f"{prefix}-INITIAL_FORMS": 0, **sent}


def about(shore: Talks) -> dict[str, Any]:
    return {"title": "Two valleys", "time_zone": "UTC", "organisation": shore.cast.harbour.public_id}


def seats(shore: Talks) -> dict[str, Any]:
    known = {"role": "party", "actor": shore.north.public_id}
    new = {"role": "party", "name": "Eastern Valley", "short": "EV", "kind": "armed_group"}
    return rows("seat", known, new, {"role": "mediator", "actor": shore.egret.public_id}, {})


def sitting(client: Client, shore: Talks, text: dict[str, Any]) -> str:
    """The first three steps; returns the address of the draft."""
    first = client.post("/new/", about(shore))
    place = first["Location"].removesuffix("seats/")
    assert client.post(f"{place}seats/", seats(shore))["Location"] == f"{place}text/"
    assert client.post(f"{place}text/", text)["Location"] == f"{place}clauses/"
    return place


def pasted(**more: Any) -> dict[str, Any]:
    return {"start": "paste", "text": TEXT, "title": "The accord", "kind": "agreement", "language": "en", **more}


def test_a_pasted_text_becomes_clauses_conditions_and_a_gate(shore: Talks, signed_in: SignIn) -> None:
    client = signed_in(shore.cast.lead)
    place = sitting(client, shore, pasted(phases="Halt\nWithdrawal"))
    halt = {"is_obligation": "on", "title": "Halt", "category": "ceasefire_regime", "phase": 1, "obligors": [0, 1]}
    leave = {"is_obligation": "on", "ref": "2.1", "title": "Leave", "category": "withdrawal_redeployment", "phase": 1}
    leave |= {"obligors": [1], "beneficiary": 0, "due_days": 30, "opens": 2}
    assert client.post(f"{place}clauses/", rows("clause", halt, leave, {}))["Location"] == f"{place}check/"
    opened = client.post(f"{place}check/")
    made = Negotiation.objects.get(title="Two valleys")
    assert opened["Location"] == f"/n/{made.slug}/completeness/"
    assert not made.published
    assert Clause.objects.filter(negotiation=made).count() == 3
    assert Condition.objects.get(negotiation=made, ref="2.1").obligors.get().actor.name == "Eastern Valley"
    assert Gate.objects.get(negotiation=made).phase.title == "Withdrawal"
    assert Party.objects.filter(negotiation=made).count() == 2
    assert not Draft.objects.exists()
    assert client.get(opened["Location"]).status_code == 200


def test_the_last_step_sent_twice_leads_to_what_it_opened(shore: Talks, signed_in: SignIn) -> None:
    client = signed_in(shore.cast.lead)
    place = sitting(client, shore, {"start": "exchange", "kind": "agreement", "language": "en"})
    form = client.get(f"{place}clauses/").context["formset"]
    sent = [{name: row[name].value() for name in row.fields if row[name].value() not in (None, [])} for row in form]
    client.post(f"{place}clauses/", rows("clause", *sent))
    first, second = (client.post(f"{place}check/", {"once": "k" * 32}) for _ in range(2))
    assert (second.status_code, second["Location"]) == (303, first["Location"])
    assert Negotiation.objects.filter(title="Two valleys").count() == 1


def test_a_draft_of_nobody_is_no_negotiation(shore: Talks, signed_in: SignIn) -> None:
    place = "/new/00000000-0000-4000-8000-000000000000/check/"
    assert signed_in(shore.cast.lead).post(place, {"once": "k" * 32}).status_code == 404


def test_a_common_shape_brings_its_phases_as_proposed_wording(shore: Talks, signed_in: SignIn) -> None:
    client = signed_in(shore.cast.lead)
    place = sitting(client, shore, {"start": "exchange", "kind": "agreement", "language": "en"})
    form = client.get(f"{place}clauses/").context["formset"]
    sent = [{name: row[name].value() for name in row.fields if row[name].value() not in (None, [])} for row in form]
    client.post(f"{place}clauses/", rows("clause", *sent))
    client.post(f"{place}check/")
    made = Negotiation.objects.get(title="Two valleys")
    assert Phase.objects.filter(negotiation=made).count() == 2
    assert {row.agreement_state for row in Condition.objects.filter(negotiation=made)} == {"proposed"}


def test_a_step_with_a_mistake_is_kept_all_the_same(shore: Talks, signed_in: SignIn) -> None:
    client = signed_in(shore.cast.lead)
    response = client.post("/new/", {**about(shore), "time_zone": "Moon/Crater", "summary": "Half a thought"})
    assert response.status_code == 422
    page = client.get(f"/drafts/{Draft.objects.get().public_id}/", follow=True)
    assert "Half a thought" in page.content.decode()


def test_nothing_opens_before_every_step_is_done(shore: Talks, signed_in: SignIn) -> None:
    client = signed_in(shore.cast.lead)
    place = client.post("/new/", about(shore))["Location"].removesuffix("seats/")
    assert client.post(f"{place}check/")["Location"] == f"{place}seats/"
    assert not Negotiation.objects.filter(title="Two valleys").exists()


@pytest.mark.parametrize("name", ["analyst", "mediator", "reader", "outsider"])
def test_only_who_leads_opens_another_one(shore: Talks, signed_in: SignIn, name: str) -> None:
    assert signed_in(getattr(shore.cast, name)).get("/new/").status_code == 403


def test_a_draft_is_its_authors_alone(shore: Talks, signed_in: SignIn) -> None:
    place = signed_in(shore.cast.lead).post("/new/", about(shore))["Location"]
    assert signed_in(shore.cast.mediator).get(place).status_code == 403
