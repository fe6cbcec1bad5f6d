"""Every verb by its address: it writes its entry and answers with the item; nobody does what their role may not."""

from __future__ import annotations

import pytest
from django.test import Client

from negotiations.models import Entry
from negotiations.rules.codes import Role
from negotiations.rules.permissions import may
from negotiations.rules.verbs import VERBS
from tests.factories import Talks

from .conftest import signed_in
from .verb_cases import CASES, Case, call

IDS = [case.name for case in CASES]
# Told by the product itself, by opening a negotiation, or while a second person is waited for.
ELSEWHERE = {
    "condition.due_soon", "condition.due_tomorrow", "phase.gate_met",
    "negotiation.created", "negotiation.coverage_moved", "condition.overdue", "condition.stale", "entry.redacted",
    "membership.agreed", "actor.registered", "actor.edited", "organisation.registered", "organisation.edited",
    "proposedfinding.made", "proposedfinding.confirmed", "proposedfinding.declined",
}  # fmt: skip
PEOPLE = {"reader": Role.READER, "analyst": Role.ANALYST, "mediator": Role.MEDIATOR, "lead": Role.LEAD}


@pytest.mark.parametrize("case", CASES, ids=IDS)
def test_it_writes_its_entry_and_answers_with_the_item(small: Talks, case: Case) -> None:
    target = case.on(small) if case.on else small.negotiation
    response = case.send(signed_in(small, case.who), small, target)
    assert response.status_code == (201 if case.verb.makes else 200), response.content
    entry = Entry.objects.filter(verb=case.name).latest("seq")
    assert (entry.actor, entry.request_id) == (getattr(small.cast, case.who), response.headers["X-Request-ID"])
    assert response.headers["ETag"].startswith('"v')
    if case.verb.makes:
        client = signed_in(small, case.who)
        assert client.get(response.headers["Location"]).headers["ETag"][:4] == response.headers["ETag"][:4]


def test_every_verb_that_a_person_may_do_has_a_case() -> None:
    assert {case.name for case in CASES} | ELSEWHERE == set(VERBS)


@pytest.mark.parametrize("case", CASES, ids=IDS)
def test_who_may_not_is_refused_and_nothing_is_written(small: Talks, case: Case) -> None:
    target = case.on(small) if case.on else small.negotiation
    before = Entry.objects.count()
    refused = [name for name, role in PEOPLE.items() if not any(may(role, verb) for verb in case.verb.names)]
    for name in [*refused, "outsider"]:
        response = case.send(signed_in(small, name), small, target)
        hidden = signed_in(small, name).get(f"/api/v1/negotiations/{small.negotiation.slug}/").status_code == 404
        assert response.status_code in ((404,) if hidden else (403, 404)), (name, response.content)
    assert case.send(Client(), small, target).status_code in (401, 404)
    assert Entry.objects.count() == before


@pytest.mark.parametrize("case", [case for case in CASES if case.verb.takes_version], ids=lambda case: case.name)
def test_a_change_says_of_what_version(small: Talks, case: Case) -> None:
    client, target = signed_in(small, case.who), case.on(small) if case.on else small.negotiation
    before = Entry.objects.count()
    assert call(client, case.verb, target, case.body(small)).status_code == 428
    response = call(client, case.verb, target, case.body(small), **{"if-match": '"v77"'})
    assert (response.status_code, response.json()["code"]) == (412, "version_conflict")
    assert response.json()["conflict"]["opened_version"] == 77
    assert Entry.objects.count() == before
