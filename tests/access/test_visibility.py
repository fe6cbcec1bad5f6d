"""The decision table in SQL says what the decision table in plain words says, for every kind of item."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest
from django.apps import apps
from django.db import transaction

from negotiations.access.viewer import viewer_for
from negotiations.models import (
    Actor,
    Clause,
    Entry,
    Gate,
    Link,
    MarkedItem,
    NamedReader,
    Negotiation,
    Organisation,
    User,
    Window,
)
from negotiations.rules.codes import Marking, Role
from negotiations.rules.marking import ANYBODY, Marked, Seat, Viewer, may_see
from negotiations.services.actor import register_actor
from tests.factories import Talks

pytestmark = pytest.mark.django_db
KINDS = [model for model in apps.get_app_config("negotiations").get_models() if issubclass(model, MarkedItem)]


def viewers(talks: Talks) -> Iterator[Viewer]:
    """Nobody, an outsider, and every combination of where, as what, how far cleared and for whom one sits."""
    person, stranger = talks.cast.analyst.pk, talks.cast.outsider.pk
    yield ANYBODY
    yield Viewer(user_id=stranger)
    offices = (talks.cast.harbour.pk, talks.cast.lakeside.pk, None)
    for role, clearance, office, user in product(Role, Marking, offices, (person, stranger)):
        yield Viewer(user_id=user, seats={talks.negotiation.pk: Seat(role, clearance, office)})
    yield Viewer(user_id=person, seats={talks.negotiation.pk + 999: Seat(Role.LEAD, Marking.RED, offices[0])})


def test_the_database_says_what_the_table_says(talks: Talks) -> None:
    """One item of each marking, of either organisation, naming one person or nobody."""
    items: list[tuple[Any, frozenset[int]]] = []
    for marking, office in product(Marking, (talks.cast.harbour, talks.cast.lakeside)):
        items += [(item_of(talks, marking, office, named), named) for named in named_sets(talks, marking)]
    for published in (True, False):
        Negotiation.objects.filter(pk=talks.negotiation.pk).update(published=published)
        for viewer in viewers(talks):
            seen = set(type(items[0][0]).objects.visible_to(viewer).values_list("pk", flat=True))
            for item, named in items:
                facts = Marked(item.marking, talks.negotiation.pk, published, item.organisation_id, named)
                assert (item.pk in seen) is may_see(viewer, facts), (viewer, facts)
    undo_by_hand(talks)


def named_sets(talks: Talks, marking: str) -> list[frozenset[int]]:
    return [frozenset({talks.cast.analyst.pk}), frozenset()] if marking == "RED" else [frozenset()]


def item_of(talks: Talks, marking: str, office: Organisation, named: frozenset[int]) -> Any:
    """An item as it would be saved, put in by hand: the guards have tests of their own."""
    ref = f"W-{Window.objects.count()}"
    item = Window.objects.create(
        negotiation=talks.negotiation, ref=ref, title="x", opens_at="2025-01-01T00:00Z", marking=marking,
        organisation=office,
    )  # fmt: skip
    NamedReader.objects.bulk_create(NamedReader(subject_id=item.public_id, user_id=pk) for pk in named)
    return item


def undo_by_hand(talks: Talks) -> None:
    """The test's own transaction ends with every guard asked; what was put in by hand must not be there."""
    transaction.set_rollback(True)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.noun())
def test_every_kind_of_item_is_reached_through_the_same_table(talks: Talks, kind: type[MarkedItem]) -> None:
    """No kind has a manager that forgets the table: the conditions of the query are the same for all."""
    viewer = viewer_for(talks.cast.analyst)
    where = str(kind.objects.visible_to(viewer).query).split(" WHERE ")[1].replace(kind._meta.db_table, "item")
    base = Gate.objects.visible_to(viewer).query
    assert where == str(base).split(" WHERE ")[1].replace(Gate._meta.db_table, "item")
    assert not kind.objects.visible_to(ANYBODY).exclude(marking="CLEAR").exists()


def test_actors_are_visible_through_a_visible_seat_only(talks: Talks) -> None:
    hidden = register_actor(act=talks.act(cites=()), kind="state", name="Quiet Isle", short="Q")
    assert hidden not in Actor.objects.visible_to(viewer_for(talks.cast.lead))
    assert talks.north in Actor.objects.visible_to(ANYBODY)


def test_an_entry_is_as_visible_as_its_item(talks: Talks) -> None:
    hidden = talks.open_dispute(marking="AMBER")
    told = Entry.objects.filter(subject_id=hidden.public_id)
    assert not Entry.objects.visible_to(viewer_for(talks.cast.reader)).filter(pk__in=told).exists()
    assert Entry.objects.visible_to(viewer_for(talks.cast.analyst)).filter(pk__in=told).count() == 1


def test_memberships_are_told_to_members_only(talks: Talks) -> None:
    assert not Entry.objects.visible_to(ANYBODY).filter(subject_type="membership").exists()
    assert not Entry.objects.visible_to(viewer_for(talks.cast.outsider)).filter(subject_type="membership").exists()


def test_an_account_that_is_switched_off_sees_what_anybody_sees(talks: Talks) -> None:
    User.objects.filter(pk=talks.cast.lead.pk).update(is_active=False)
    talks.cast.lead.refresh_from_db()
    assert viewer_for(talks.cast.lead) == ANYBODY


def test_an_administrator_sees_no_content_by_that(talks: Talks) -> None:
    admin = User.objects.create_superuser("admin")
    assert viewer_for(admin).seats == {}
    assert {Clause, Link} <= set(KINDS)
