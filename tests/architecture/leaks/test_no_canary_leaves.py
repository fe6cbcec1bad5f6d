"""No mail, webhook, inbox or log carries what its recipient may not read there, by whatever verb it was told."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from email import message_from_bytes
from typing import Any

import pytest
from django.core import mail
from django.db import transaction
from django.utils import timezone

from negotiations.digests.deliver import deliver_due
from negotiations.digests.windows import close_windows
from negotiations.models import Delivery, Entry, User
from negotiations.rules.codes import AlertChannel, Marking, Rhythm, Urgency
from negotiations.rules.verbs import VERBS
from negotiations.services.act import Act
from negotiations.services.negotiation import edit_negotiation
from negotiations.services.outbox import sweep
from negotiations.services.subscription import subscribe
from negotiations.services.webhook import add_webhook
from negotiations.webhooks.deliver import deliver_due as deliver_due_to_webhooks
from negotiations.webhooks.posting import Outcome, Parcel, Sender
from tracker.logs import logging_config

from .changed import NEVER_NARROW, change_statements, change_structure
from .conftest import settled
from .hidden import leads, plant_embargoed, plant_proposed, plant_quiet, plant_taken_away
from .planted import LATER, cited, plant_statements, plant_structure
from .words import MEMBERS, PLANTED, forbidden
from .world import World, bare

pytestmark = pytest.mark.django_db
TOLD = (*sorted(MEMBERS), "outsider", "elsewhere")
# Each message to a webhook is made by itself, so they stand for the others; the same in the second world.
HOOKED, ALLOWED = ("other_mediator", "outsider", "reader"), ("analyst", "other_mediator", "reader")
# What mail and webhooks may carry to whoever may read it: up to GREEN, and who works on the negotiation.
WIDE = {"kanariegreen", "kanarieperson", "kanarieneighbour"}
# Where the lead allows TLP:AMBER in mail; what bears a narrower word never goes.
AMBER = {"kanarieamber", "kanarieembargo", "kanarienarrowed", "kanarieproposed"}


@dataclass
class Left:
    """What left the house: by person what their mails, webhooks and inbox said; and every line that was logged."""

    mails: dict[str, str] = field(default_factory=dict)
    webhooks: dict[str, str] = field(default_factory=dict)
    inboxes: dict[str, str] = field(default_factory=dict)
    log: str = ""
    verbs: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Listening(Sender):
    """Takes every message, and keeps it with the address it went to."""

    got: list[tuple[str, str]] = field(default_factory=list)

    def post(self, parcel: Parcel) -> Outcome:
        self.got.append((parcel.url, parcel.body.decode()))
        return Outcome(status=204)


@contextmanager
def logged() -> Iterator[io.StringIO]:
    """Everything that production would log, and more: from DEBUG up."""
    formatter = dict(logging_config(level="DEBUG", is_readable=False)["formatters"]["structured"])
    handler = logging.StreamHandler(io.StringIO())
    handler.setFormatter(formatter.pop("()")(**formatter))
    root, ours = logging.getLogger(), ("negotiations", "tracker", "django.request", "celery")
    levels = {name: logging.getLogger(name).level for name in ours}
    root.addHandler(handler)
    try:
        for name in ours:
            logging.getLogger(name).setLevel(logging.DEBUG)
        yield handler.stream
    finally:
        root.removeHandler(handler)
        for name, level in levels.items():
            logging.getLogger(name).setLevel(level)


def ask_for_everything(world: World, people: Sequence[str]) -> None:
    """These people want to be told of everything in every way."""
    now = timezone.now()
    for who in people:
        person = world.people[who]
        assert person is not None
        User.objects.filter(pk=person.pk).update(email=f"{who}@reader.example")
        person.refresh_from_db()
        wishes = {"now": now, "least_urgency": Urgency.ROUTINE}
        subscribe(person, **wishes, channel=AlertChannel.EMAIL, rhythm=Rhythm.DAILY, tells_nothing=True)
        subscribe(person, **wishes, channel=AlertChannel.INBOX, rhythm=Rhythm.DAILY)
        if who in HOOKED:
            add_webhook(person, now=now, name="All", url=f"https://{who}.example/hook")


def tell_everything(world: World) -> None:
    """Something of every noun by every verb, at every marking from AMBER on, and GREEN to show that it is heard."""
    small, cast = world.small, world.small.cast
    mediator, other = (Act(actor=person, effective_at=LATER) for person in (cast.mediator, cast.other_mediator))
    planted: list[tuple[str, Act, dict[str, Any]]] = [
        ("kanariegreen", mediator, {"marking": Marking.GREEN}),
        ("kanarieamber", mediator, {"marking": Marking.AMBER}),
        ("kanarielakeside", other, {"marking": Marking.AMBER_STRICT, "organisation": cast.lakeside}),
        ("kanariered", other, {"marking": Marking.RED, "organisation": cast.lakeside}),
    ]
    for number, (word, act, marked) in enumerate(planted):
        after = replace(act, effective_at=None)
        if marked["marking"] in (Marking.GREEN, Marking.AMBER):
            structure = plant_structure(small, word, act, 40 + number, **marked)
            change_structure(small, word, cited(after, small.source, word), structure)
        statements = plant_statements(small, word, act, **marked)
        change_statements(small, word, cited(after, statements["source"], word), statements)
    plant_embargoed(world)
    plant_proposed(world)
    plant_taken_away(world)
    plant_quiet(world)


def send_everything() -> list[tuple[str, str]]:
    """Hand it on, close every window, send; returns what went to webhooks."""
    later, listening = timezone.now() + timedelta(days=2), Listening()
    while sweep():
        pass
    close_windows(later)
    while deliver_due(clock=lambda: later):
        pass
    deliver_due_to_webhooks(listening)
    return listening.got


def words_of(message: mail.EmailMessage) -> str:
    """Everything in a mail: each header, each part."""
    parsed = message_from_bytes(message.message().as_bytes())
    parts = [part.get_payload(decode=True) for part in parsed.walk() if not part.is_multipart()]
    heads = [f"{name}: {value}" for name, value in parsed.items() if name != "To"]
    return "\n".join([*heads, *(part.decode() for part in parts if isinstance(part, bytes))])


def inbox_of(world: World, who: str) -> str:
    """Every message of somebody's inbox, opened by them."""
    client = world.client(who)
    rows = Delivery.objects.filter(user=world.people[who], channel=AlertChannel.INBOX)
    pages = [client.get(f"/inbox/{key}/") for key in rows.values_list("public_id", flat=True)]
    return "\n".join(page.content.decode() for page in [client.get("/inbox/"), *pages])


def undone(*, allow_amber: bool) -> Left:
    """What leaves the house of a world of its own, which is gone afterwards."""
    with transaction.atomic():
        left = leaving(allow_amber=allow_amber)
        transaction.set_rollback(True)
    return left


def leaving(*, allow_amber: bool) -> Left:
    """Build the world, tell everything, and keep what left the house."""
    world, left = bare(), Left()
    if allow_amber:
        edit_negotiation(world.small.negotiation, act=leads(world), version=None, mails_amber=True)
    people = ALLOWED if allow_amber else TOLD
    ask_for_everything(world, people)
    mail.outbox.clear()
    with logged() as lines:
        tell_everything(world)
        settled(world)
        went = send_everything()
        for who in people:
            left.inboxes[who] = inbox_of(world, who)
    for who in people:
        mine = [message for message in mail.outbox if message.to == [f"{who}@reader.example"]]
        left.mails[who] = "\n".join(words_of(message) for message in mine)
        left.webhooks[who] = "\n".join(body for url, body in went if url == f"https://{who}.example/hook")
    left.log = lines.getvalue()
    narrow = [Marking.AMBER, Marking.AMBER_STRICT, Marking.RED]
    left.verbs = set(Entry.objects.filter(marking__in=narrow).values_list("verb", flat=True))
    return left


@pytest.fixture(scope="module")
def left(apart: None) -> Left:
    return undone(allow_amber=False)


@pytest.fixture(scope="module")
def left_with_amber(apart: None) -> Left:
    return undone(allow_amber=True)


def found(text: str) -> set[str]:
    return set(PLANTED.findall(text))


def test_every_verb_that_can_carry_content_was_told(left: Left) -> None:
    """A new verb is told here, or said to be never narrow."""
    assert set(VERBS) - left.verbs == NEVER_NARROW


@pytest.mark.parametrize("who", TOLD)
def test_mails_carry_what_their_recipient_may_read_and_nothing_above_green(left: Left, who: str) -> None:
    assert "TLP:" in left.mails[who]
    assert found(left.mails[who]) <= WIDE - forbidden(who)


@pytest.mark.parametrize("who", HOOKED)
def test_webhooks_carry_what_their_owner_may_read_and_nothing_above_green(left: Left, who: str) -> None:
    assert json.loads(left.webhooks[who].splitlines()[0])["type"]
    assert found(left.webhooks[who]) <= WIDE - forbidden(who)


@pytest.mark.parametrize("who", TOLD)
def test_an_inbox_shows_what_its_owner_may_read(left: Left, who: str) -> None:
    assert found(left.inboxes[who]) & forbidden(who) == set()


def test_who_may_read_it_is_told(left: Left) -> None:
    """Otherwise all of this would be true of silence."""
    assert "kanariegreen" in left.mails["reader"]
    assert "kanariegreen" in left.webhooks["reader"]
    assert {"kanarieamber", "kanarielakeside", "kanariered"} <= found(left.inboxes["other_mediator"])


def test_the_log_carries_nothing(left: Left) -> None:
    assert "webhook.attempt" in left.log
    assert found(left.log) == set()


@pytest.mark.parametrize("who", ALLOWED)
def test_where_the_lead_allows_amber_nothing_narrower_goes_with_it(left_with_amber: Left, who: str) -> None:
    for text in (left_with_amber.mails[who], left_with_amber.webhooks[who]):
        assert found(text) <= (WIDE | AMBER) - forbidden(who)


def test_where_the_lead_allows_amber_it_goes_to_who_may_read_it(left_with_amber: Left) -> None:
    assert "kanarieamber" in left_with_amber.mails["analyst"]
    assert "kanarieamber" in left_with_amber.webhooks["other_mediator"]
    assert found(left_with_amber.log) == set()
