"""Every step people take on pages: a form, one entry, or a refusal that loses nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from negotiations.models import Claim, Dispute, Draft, Entry, Incident, MarkedItem, Note, Position, Source, User
from negotiations.pages.forms.steps import STEPS, steps_on
from negotiations.rules.codes import Marking
from negotiations.services.claim import make_claim
from negotiations.services.dispute import edit_dispute
from tests.factories import START, Talks

from .conftest import address

SignIn = Callable[[User], Client]
WRITE = "/n/two-shores/write"


def there(item: MarkedItem, step: str) -> str:
    return f"{WRITE}/{item.noun()}/{item.public_id}/{step}/"


def cited(shore: Talks, **facts: Any) -> dict[str, Any]:
    """What a browser sends for a step that rests on the negotiation's source."""
    return {
        "version": 0,
        "source": str(shore.source.public_id),
        "credibility": "2",
        "reason": "Said today.",
        "marking": "CLEAR",
        **facts,
    }


def claim_facts(shore: Talks, **more: Any) -> dict[str, Any]:
    facts = {
        "claimant": shore.north.public_id,
        "kind": "fulfilled",
        "said_at": "2026-01-05T10:00",
        "conditions": [shore.withdrawal.public_id],
        "text": "All posts are empty.",
        "text_language": "en",
    }
    return cited(shore, **facts | more)


def test_a_claim_is_recorded_with_its_own_moment(shore: Talks, signed_in: SignIn) -> None:
    response = signed_in(shore.cast.analyst).post(f"{WRITE}/claim/", claim_facts(shore))
    claim = Claim.objects.get(text="All posts are empty.")
    assert response.status_code == 303
    assert list(claim.conditions.all()) == [shore.withdrawal]
    assert Entry.objects.get(subject_id=claim.public_id).effective_at == claim.said_at


def test_the_same_form_sent_twice_is_saved_once(shore: Talks, signed_in: SignIn) -> None:
    client, facts = signed_in(shore.cast.analyst), claim_facts(shore, once="k" * 32)
    first, second = (client.post(f"{WRITE}/claim/", facts) for _ in range(2))
    assert first["Location"] == second["Location"]
    assert Claim.objects.filter(text="All posts are empty.").count() == 1


def test_an_update_sent_again_shows_what_it_saved(shore: Talks, signed_in: SignIn) -> None:
    client = signed_in(shore.cast.mediator)
    facts = cited(shore, version=shore.release.version, status="in_progress", once="k" * 32)
    responses = [client.post(address(shore.release, "updates"), facts) for _ in range(2)]
    assert [response.status_code for response in responses] == [303, 303]


def test_a_form_changed_and_sent_again_is_another_one(shore: Talks, signed_in: SignIn) -> None:
    client = signed_in(shore.cast.mediator)
    facts = cited(shore, version=shore.release.version, status="in_progress", once="k" * 32)
    client.post(address(shore.release, "updates"), facts)
    assert client.post(address(shore.release, "updates"), {**facts, "value": "3"}).status_code == 409


@pytest.mark.parametrize("missing", ["claimant", "text", "source"])
def test_a_claim_that_lacks_something_keeps_the_rest(shore: Talks, signed_in: SignIn, missing: str) -> None:
    response = signed_in(shore.cast.analyst).post(
        f"{WRITE}/claim/", claim_facts(shore, **{missing: "", "speaker": "An envoy"})
    )
    assert response.status_code == 422
    assert "An envoy" in response.content.decode()


def test_a_hidden_condition_is_no_choice(shore: Talks, signed_in: SignIn) -> None:
    hidden = shore.add_condition("Known to few", marking=Marking.AMBER)
    facts = claim_facts(shore, text_ar="") | {"conditions": [hidden.public_id]}
    assert signed_in(shore.cast.outsider).post(f"{WRITE}/claim/", facts).status_code == 403
    strange = claim_facts(shore) | {"conditions": ["00000000-0000-4000-8000-000000000000"]}
    assert signed_in(shore.cast.analyst).post(f"{WRITE}/claim/", strange).status_code == 422


def test_a_position_is_on_one_thing(shore: Talks, signed_in: SignIn) -> None:
    facts = {"actor": shore.north.public_id, "stance": "accepts", "stated_at": "2026-01-05T10:00", "summary": "Agreed."}
    about = {"dispute": shore.dispute.public_id, "channel": "public"}
    client = signed_in(shore.cast.analyst)
    both = {**about, "condition": shore.release.public_id}
    assert client.post(f"{WRITE}/position/", cited(shore, **facts, **both)).status_code == 422
    assert client.post(f"{WRITE}/position/", cited(shore, **facts, **about)).status_code == 303
    assert Position.objects.get(summary="Agreed.").dispute == shore.dispute


def test_a_dispute_is_opened_moved_and_resolved(shore: Talks, signed_in: SignIn) -> None:
    client = signed_in(shore.cast.mediator)
    facts = {
        "title": "Who opens first",
        "category": "border_management",
        "type": "sequencing",
        "opened_at": "2026-01-05T10:00",
    }
    assert client.post(f"{WRITE}/dispute/", cited(shore, **facts)).status_code == 303
    dispute = Dispute.objects.get(title="Who opens first")
    moved = cited(shore, version=dispute.version, rung="principals")
    assert client.post(there(dispute, "move"), moved).status_code == 303
    settled = cited(shore, version=dispute.version + 1, status="resolved", outcome="Both at once.")
    assert client.post(there(dispute, "status"), settled).status_code == 303
    dispute.refresh_from_db()
    assert (dispute.rung, dispute.status, dispute.outcome) == ("principals", "resolved", "Both at once.")


def test_a_lost_race_shows_all_three(shore: Talks, signed_in: SignIn) -> None:
    stale = {"version": shore.dispute.version, "title": "Where it runs", "category": "guarantees", "type": "text"}
    stale |= {"opened_at": "2025-10-10T12:00", "reason": "Said so."}
    edit_dispute(shore.dispute, act=shore.act(), version=None, title="Which line")
    response = signed_in(shore.cast.mediator).post(there(shore.dispute, "edit"), stale)
    lines = {line.label: line for line in response.context["conflict"].lines}
    assert response.status_code == 409
    assert (lines["Title"].opened, lines["Title"].saved, lines["Title"].yours) == (
        "Where the line runs",
        "Which line",
        "Where it runs",
    )


def test_a_finding_names_its_body(shore: Talks, signed_in: SignIn) -> None:
    client = signed_in(shore.cast.analyst)
    facts = {"type": "shooting", "title": "Shots at the bridge", "happened_at": "2026-01-05T10:00"}
    assert client.post(f"{WRITE}/incident/", cited(shore, **facts)).status_code == 303
    incident = Incident.objects.get()
    by_a_party = cited(shore, version=incident.version, status="inconclusive", found_by=shore.north.public_id)
    assert client.post(there(incident, "finding"), by_a_party).status_code == 422
    by_monitors = {**by_a_party, "found_by": shore.monitors.public_id}
    assert client.post(there(incident, "finding"), by_monitors).status_code == 303


def test_a_question_stays_open_until_it_is_answered(shore: Talks, signed_in: SignIn) -> None:
    client = signed_in(shore.cast.analyst)
    about = f"{WRITE}/note/?about=dispute:{shore.dispute.public_id}"
    facts = {"version": 0, "text": "Who drew the map?", "is_question": "on", "marking": "AMBER"}
    assert client.post(about, facts).status_code == 303
    note = Note.objects.get()
    answer = {"version": note.version, "text": "The mediator."}
    assert client.post(there(note, "answer"), answer).status_code == 303
    note.refresh_from_db()
    assert note.answered_at is not None


def test_widening_is_the_leads_and_says_what_it_does(shore: Talks, signed_in: SignIn) -> None:
    claim = make_claim(
        act=shore.act(),
        negotiation=shore.negotiation,
        claimant=shore.north,
        kind="fulfilled",
        text="Told in confidence.",
        said_at=START,
        marking=Marking.AMBER,
    )
    assert signed_in(shore.cast.analyst).get(there(claim, "widen")).status_code == 403
    client = signed_in(shore.cast.lead)
    assert "cannot be taken back" in " ".join(client.get(there(claim, "widen")).content.decode().split())
    facts = {"version": claim.version, "marking": "CLEAR", "reason": "Both agreed."}
    assert client.post(there(claim, "widen"), facts).status_code == 303
    claim.refresh_from_db()
    assert claim.marking == Marking.CLEAR


def test_a_correction_replaces_what_was_said(shore: Talks, signed_in: SignIn) -> None:
    entry = Entry.objects.get(subject_id=shore.claim.public_id)
    client, form = signed_in(shore.cast.lead), f"{WRITE}/entry/{entry.public_id}/correct/"
    page = client.get(form)
    assert page.status_code == 200
    said = page.context["form"]
    facts = {name: said[name].value() for name in said.FACTS if said[name].value() not in (None, "")}
    facts |= {
        "claimant": shore.south.public_id,
        "conditions": [shore.withdrawal.public_id],
        "said_at": "2025-10-10T12:00",
    }
    sent = cited(shore, **facts, effective_at="2025-10-10T12:00") | {"text": "Two posts remain."}
    response = client.post(form, sent)
    shore.claim.refresh_from_db()
    assert response.status_code == 303, response.context["form"].errors
    assert shore.claim.text == "Two posts remain."


@pytest.mark.parametrize("noun", sorted(noun for noun, name in STEPS if name == "new"))
def test_every_form_for_something_new_opens(shore: Talks, signed_in: SignIn, noun: str) -> None:
    about = f"?about=dispute:{shore.dispute.public_id}" if noun == "note" else ""
    assert signed_in(shore.cast.lead).get(f"{WRITE}/{noun}/{about}").status_code == 200


@pytest.mark.parametrize(
    "name", ["withdrawal", "dispute", "claim", "position", "first", "gate", "source", "northern", "mediator"]
)
def test_every_step_on_an_item_opens(shore: Talks, signed_in: SignIn, name: str) -> None:
    item, client = getattr(shore, name), signed_in(shore.cast.lead)
    for step in steps_on(item):
        assert client.get(there(item, step.name)).status_code == 200, step.name


def test_an_unknown_step_is_not_there(shore: Talks, signed_in: SignIn) -> None:
    client = signed_in(shore.cast.lead)
    assert client.get(f"{WRITE}/nothing/").status_code == 404
    assert client.get(there(shore.claim, "nothing")).status_code == 404


def sent_out(client: Client, shore: Talks) -> HttpResponse:
    """A form opened while signed in and sent after the session ended."""
    keep = client.get(f"{WRITE}/claim/").context["keep"]
    client.logout()
    facts = claim_facts(shore, once=keep.key, whose=keep.whose, page=f"{WRITE}/claim/", called="Record a claim")
    return client.post(f"{WRITE}/claim/", facts)  # type: ignore[return-value]


def test_what_was_typed_survives_the_end_of_the_session(shore: Talks, signed_in: SignIn) -> None:
    client = signed_in(shore.cast.analyst)
    response = sent_out(client, shore)
    draft = Draft.objects.get()
    assert response["Location"].startswith("/accounts/login/?next=")
    assert (draft.user, draft.title) == (shore.cast.analyst, "Record a claim")
    again = signed_in(shore.cast.analyst).get(f"/drafts/{draft.public_id}/", follow=True)
    assert again.status_code == 200
    assert "All posts are empty." in again.content.decode()


def test_what_was_typed_is_nobody_elses(shore: Talks, signed_in: SignIn) -> None:
    sent_out(signed_in(shore.cast.analyst), shore)
    client, draft = signed_in(shore.cast.mediator), Draft.objects.get()
    assert client.get(f"/drafts/{draft.public_id}/").status_code == 404
    assert "All posts are empty." not in client.get(f"{WRITE}/claim/?draft={draft.public_id}").content.decode()
    assert client.post(f"/drafts/{draft.public_id}/discard/").status_code == 404


def test_a_forged_owner_keeps_nothing(shore: Talks, client: Client) -> None:
    client.post(f"{WRITE}/claim/", claim_facts(shore, whose="1:forged"))
    assert not Draft.objects.exists()


def test_a_form_is_kept_as_a_draft_and_done_with_once_saved(shore: Talks, signed_in: SignIn) -> None:
    client = signed_in(shore.cast.analyst)
    client.post(f"{WRITE}/claim/", claim_facts(shore, park="1", text="Half a thought"))
    draft = Draft.objects.get()
    page = client.get(f"/drafts/{draft.public_id}/", follow=True)
    assert "Half a thought" in page.content.decode()
    assert client.post(f"{WRITE}/claim/", claim_facts(shore, draft=str(draft.public_id))).status_code == 303
    assert not Draft.objects.exists()


def test_a_source_is_retracted_once(shore: Talks, signed_in: SignIn) -> None:
    client = signed_in(shore.cast.analyst)
    assert client.post(there(shore.source, "retract"), cited(shore, version=shore.source.version)).status_code == 303
    assert Source.objects.get().retracted_at is not None
    assert client.get(there(shore.source, "retract")).status_code == 404
