"""Handing a desk over, and several conditions checked at once."""

from __future__ import annotations

from collections.abc import Callable

from django.test import Client

from negotiations.models import Condition, User
from negotiations.rules.codes import Marking
from negotiations.services.note import write_note
from tests.factories import Talks

SignIn = Callable[[User], Client]
HANDOVER, STILL_TRUE = "/n/two-shores/handover/", "/n/two-shores/still-true/"


def chosen(*conditions: Condition) -> list[str]:
    for condition in conditions:
        condition.refresh_from_db()
    return [f"{condition.public_id}:{condition.version}" for condition in conditions]


def test_several_conditions_get_another_owner(shore: Talks, signed_in: SignIn) -> None:
    facts = {
        "chosen": chosen(shore.withdrawal, shore.release),
        "owner": shore.cast.analyst.public_id,
        "reason": "Leave.",
    }
    assert signed_in(shore.cast.mediator).post(HANDOVER, facts).status_code == 303
    assert set(Condition.objects.values_list("owner", flat=True)) == {shore.cast.analyst.pk}


def test_an_owner_is_a_member(shore: Talks, signed_in: SignIn) -> None:
    facts = {"chosen": chosen(shore.release), "owner": shore.cast.outsider.public_id, "reason": "Leave."}
    assert signed_in(shore.cast.mediator).post(HANDOVER, facts).status_code == 422


def test_all_or_none_are_handed_over(shore: Talks, signed_in: SignIn) -> None:
    stale = chosen(shore.withdrawal, shore.release)
    shore.set_status(shore.release, "in_progress")
    facts = {"chosen": stale, "owner": shore.cast.analyst.public_id, "reason": "Leave."}
    assert signed_in(shore.cast.mediator).post(HANDOVER, facts).status_code == 422
    assert set(Condition.objects.values_list("owner", flat=True)) == {None}


def test_the_page_tells_questions_and_what_is_due(shore: Talks, signed_in: SignIn) -> None:
    write_note(
        act=shore.act(), subject=shore.dispute, text="Who drew the map?", author=shore.cast.mediator, is_question=True
    )
    page = signed_in(shore.cast.analyst).get(HANDOVER).context["page"]
    assert [one.text for one in page.questions] == ["Who drew the map?"]
    assert shore.withdrawal.ref in [line.ref for line in page.stale]


def test_a_span_that_is_none_is_refused(shore: Talks, signed_in: SignIn) -> None:
    assert signed_in(shore.cast.analyst).get(HANDOVER, {"since": "rubbish"}).status_code == 400


def test_it_hides_what_its_reader_may_not_see(shore: Talks, signed_in: SignIn) -> None:
    narrow = {"marking": Marking.AMBER_STRICT, "organisation": shore.cast.harbour}
    act = shore.act()
    write_note(act=act, subject=shore.dispute, text="A secret", author=shore.cast.mediator, is_question=True, **narrow)
    assert "A secret" not in signed_in(shore.cast.analyst).get(HANDOVER).content.decode()


def test_several_are_still_true_at_once(shore: Talks, signed_in: SignIn) -> None:
    facts = {"chosen": chosen(shore.withdrawal, shore.release), "where": "Daily sheet"}
    assert signed_in(shore.cast.analyst).post(STILL_TRUE, facts).status_code == 303
    assert set(Condition.objects.values_list("checked_where", flat=True)) == {"Daily sheet"}


def test_several_with_nothing_chosen_keep_where_one_looked(shore: Talks, signed_in: SignIn) -> None:
    response = signed_in(shore.cast.analyst).post(STILL_TRUE, {"where": "Daily sheet"})
    assert response.status_code == 422
    assert 'value="Daily sheet"' in response.content.decode()


def test_what_is_linked_from_a_refusal_leads_to_the_list(shore: Talks, signed_in: SignIn) -> None:
    response = signed_in(shore.cast.analyst).get(STILL_TRUE, {"as_of": "2025-10-20"})
    assert (response.status_code, response["Location"]) == (302, "/n/two-shores/conditions/?as_of=2025-10-20")


def test_a_mistake_keeps_the_choice(shore: Talks, signed_in: SignIn) -> None:
    client, kept = signed_in(shore.cast.mediator), chosen(shore.release)
    for address in (HANDOVER, STILL_TRUE):
        page = client.post(address, {"chosen": kept}).content.decode()
        assert f'value="{kept[0]}" checked' in page


def test_readers_hand_nothing_over(shore: Talks, signed_in: SignIn) -> None:
    client = signed_in(shore.cast.reader)
    assert client.get(HANDOVER).status_code == 403
    assert client.post(STILL_TRUE, {"chosen": chosen(shore.release), "where": "x"}).status_code == 403


def test_a_page_learns_how_much_is_new(shore: Talks, signed_in: SignIn) -> None:
    client = signed_in(shore.cast.analyst)
    place = client.get("/n/two-shores/since/").json()["latest"]
    shore.set_status(shore.release, "in_progress")
    assert client.get("/n/two-shores/since/", {"after": place}).json()["changes"] == 1
