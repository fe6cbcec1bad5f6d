"""What is sent follows the rights of the owner at the moment of sending, and never goes above what may be carried."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from negotiations.models import Entry, Membership, User, WebhookAttempt
from negotiations.rules.codes import DeliveryState
from negotiations.services.act import Cite
from negotiations.services.marking import narrow_marking
from negotiations.services.membership import end_membership
from negotiations.services.negotiation import edit_negotiation
from negotiations.services.webhook import add_webhook
from negotiations.webhooks.deliver import deliver_due
from tests.factories import Talks
from tests.services import facts
from tracker.logs import logging_config

from .conftest import Add, latest, run_at, tell, told
from .receiver import Receiver, receiving, status

pytestmark = pytest.mark.django_db
NOW = datetime.now(UTC)


def test_rights_are_those_at_the_moment_of_sending(talks: Talks, add: Add, there: Receiver) -> None:
    add(url=there.url)
    delivery = told(talks, marking="GREEN")
    seat = Membership.objects.get(user=talks.cast.reader)
    end_membership(seat, act=talks.act(talks.cast.lead), version=None)
    assert deliver_due() == 0
    delivery.refresh_from_db()
    assert (delivery.state, there.got, WebhookAttempt.objects.count()) == (DeliveryState.NOTHING, [], 0)


def test_a_closed_account_is_sent_nothing(talks: Talks, add: Add, there: Receiver) -> None:
    add(url=there.url)
    told(talks)
    User.objects.filter(pk=talks.cast.reader.pk).update(is_active=False)
    assert (deliver_due(), there.got) == (0, [])


def test_what_was_narrowed_meanwhile_is_not_sent(talks: Talks, add: Add, there: Receiver) -> None:
    add("lead", url=there.url)
    claim = facts.claim(talks)
    tell(latest(talks))
    narrow_marking(claim, act=talks.act(talks.cast.lead), version=None, marking="AMBER")
    tell(latest(talks))
    assert (deliver_due(), there.got) == (0, [])


def test_who_was_sent_something_is_told_to_forget_it(talks: Talks, add: Add, there: Receiver) -> None:
    add(url=there.url)
    claim = facts.claim(talks)
    tell(latest(talks))
    deliver_due()
    narrow_marking(claim, act=talks.act(talks.cast.lead), version=None, marking="AMBER")
    tell(latest(talks))
    assert deliver_due() == 1
    event = there.got[-1].event
    assert (event["type"], event["data"]["record"]["subject"]["id"]) == ("tombstone", str(claim.public_id))
    assert set(event["data"]["record"]) == {"type", "id", "subject", "inserted_at"}


def test_amber_is_in_no_payload_unless_the_lead_allows_it(talks: Talks, add: Add, there: Receiver) -> None:
    """Cited beside what everybody may read, too."""
    add("lead", url=there.url)
    source = facts.source(talks, publisher="kanarieamber", title="kanarieamber")
    facts.claim(talks, text="An open claim.")
    tell(latest(talks))
    before = latest(talks).seq
    cites = (*talks.act().cites, Cite(source=source, credibility="2", quote="kanarieamber"))
    facts.claim(talks, act=talks.act(cites=cites), text="Another open claim.")
    facts.claim(talks, text="kanarieamber", marking="AMBER")
    tell(*Entry.objects.filter(negotiation=talks.negotiation, seq__gt=before).order_by("seq"))
    assert deliver_due() == 2
    assert not [got for got in there.got if b"kanarieamber" in got.body]
    edit_negotiation(talks.negotiation, act=talks.act(talks.cast.lead), version=None, mails_amber=True)
    facts.claim(talks, text="kanarieamber", marking="AMBER")
    tell(latest(talks))
    assert deliver_due() == 1
    assert there.got[-1].event["data"]["marking"] == "AMBER"


@pytest.fixture
def said() -> Iterator[io.StringIO]:
    """Everything that production would log."""
    formatter = dict(logging_config(level="DEBUG", is_readable=False)["formatters"]["structured"])
    handler = logging.StreamHandler(io.StringIO())
    handler.setFormatter(formatter.pop("()")(**formatter))
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield handler.stream
    root.removeHandler(handler)
    root.setLevel(level)


def test_no_log_quotes_content_secret_or_address(talks: Talks, said: io.StringIO) -> None:
    with receiving(status(500), status(200)) as there:
        url = there.url + "&key=kanarieaddress"
        _webhook, secret = add_webhook(talks.cast.reader, now=NOW, name="kanariename", url=url)
        told(talks, text="kanarietext")
        run_at(datetime.now(UTC))
        run_at(datetime.now(UTC) + timedelta(minutes=1))
    lines = said.getvalue()
    assert lines.count("webhook.attempt") == 2
    assert "kanarie" not in lines
    assert secret.removeprefix("whsec_") not in lines
