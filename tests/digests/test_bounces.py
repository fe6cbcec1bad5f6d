"""A mail that comes back is believed where it returns our own Message-ID and speaks of the address it went to."""

from __future__ import annotations

import io
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import OperationalError
from pytest_django.fixtures import Settings

from negotiations.digests.bounces import MOST_BYTES, Heard, hear_bounce
from negotiations.digests.deliver import deliver_due
from negotiations.digests.letter import Letter
from negotiations.digests.mail import mail_for
from negotiations.management.commands import bounce
from negotiations.models import Delivery, Suppression
from negotiations.rules.codes import DeliveryState, SuppressionCause
from negotiations.services.delivery import lift_suppression, try_again
from negotiations.services.mail import tell
from tests.factories import Talks

from .world import DAY, NOON, subscribed, told_at

LATER = NOON + 2 * DAY
WHOLE = "Content-Type: message/rfc822\n\nFrom: desk@example.org\nMessage-ID: {id}\nSubject: Two shores\n\nBody"
HEAD = "Content-Type: text/rfc822-headers\n\nMessage-ID: {id}\nSubject: Two shores\n"
ENCODED = (
    "Content-Type: text/rfc822-headers\nContent-Transfer-Encoding: quoted-printable\n\nSubject: =3D\nMessage-ID:=20{id}"
)


@pytest.fixture
def sent(talks: Talks) -> Delivery:
    """A digest that the mail server took."""
    subscribed(talks, now=NOON)
    talks.set_status(talks.release, "in_progress")
    assert len(told_at(NOON + DAY)) == 1
    return Delivery.objects.get()


def notification(
    sent: Delivery, *, status: str = "5.1.1", action: str = "failed", returned: str = WHOLE, **other: str
) -> bytes:
    """As mail servers write it, about a delivery unless `id` or `address` say otherwise."""
    message_id, address = other.get("id", sent.message_id), other.get("address", sent.address)
    return (
        "From: MAILER-DAEMON@mx.example.org\nTo: bounces@example.org\nMIME-Version: 1.0\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\n\n'
        "--b\nContent-Type: text/plain\n\nYour mail could not be delivered.\n\n"
        "--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example.org\n\n"
        f"Final-Recipient: rfc822; {address}\nAction: {action}\nStatus: {status}\n"
        f"Diagnostic-Code: smtp; 550 {status} whatever\n\n--b\n{returned.format(id=message_id)}\n\n--b--\n"
    ).encode()


@pytest.mark.parametrize("returned", [WHOLE, HEAD, ENCODED], ids=["whole", "head", "encoded head"])
def test_an_address_that_failed_for_good_gets_no_digests_any_more(sent: Delivery, returned: str) -> None:
    assert hear_bounce(notification(sent, returned=returned), now=LATER) is Heard.SUPPRESSED
    sent.refresh_from_db()
    assert (sent.state, sent.trouble, sent.settled_at) == (DeliveryState.FAILED, "came_back 5.1.1", LATER)
    one = Suppression.objects.get()
    assert (one.address, one.cause) == (sent.address, SuppressionCause.BOUNCED)


@pytest.mark.parametrize("name", ["Original-Recipient", "original-recipient"])
def test_the_address_it_was_forwarded_from_counts_as_well(sent: Delivery, name: str) -> None:
    told = notification(sent, address="elsewhere@example.net").replace(
        b"Action:", f"{name}: RFC822;{sent.address.upper()}\nAction:".encode()
    )
    assert hear_bounce(told, now=LATER) is Heard.SUPPRESSED


@pytest.mark.parametrize("status", ["5.2.2", "5.3.4", "5.6.0", "5.7.1", "4.4.7"])
def test_what_is_no_fault_of_the_address_waits_for_a_person_alone(sent: Delivery, status: str) -> None:
    """A full mailbox, a policy, a server that gave up: it did not arrive, and the next one may."""
    assert hear_bounce(notification(sent, status=status), now=LATER) is Heard.CAME_BACK
    sent.refresh_from_db()
    assert (sent.state, sent.trouble) == (DeliveryState.FAILED, f"came_back {status}")
    assert not Suppression.objects.exists()


def test_what_was_lost_has_an_outcome_then(sent: Delivery) -> None:
    Delivery.objects.update(state=DeliveryState.UNKNOWN)
    assert hear_bounce(notification(sent), now=LATER) is Heard.SUPPRESSED
    assert Delivery.objects.get().state == DeliveryState.FAILED


def test_it_is_taken_in_once_so_that_a_lifted_address_stays_lifted(sent: Delivery) -> None:
    hear_bounce(notification(sent), now=LATER)
    lift_suppression(Suppression.objects.get(), now=LATER)
    assert hear_bounce(notification(sent), now=LATER) is Heard.KNOWN
    assert not Suppression.objects.filter(lifted_at__isnull=True).exists()


def test_an_administrator_sends_it_again_when_the_address_works(sent: Delivery) -> None:
    hear_bounce(notification(sent), now=LATER)
    lift_suppression(Suppression.objects.get(), now=LATER)
    assert try_again(Delivery.objects.get(), now=LATER)
    deliver_due(clock=lambda: LATER)
    assert [one.extra_headers["Message-ID"] for one in mail.outbox] == [sent.message_id] * 2


def test_mail_about_an_account_goes_all_the_same(sent: Delivery) -> None:
    hear_bounce(notification(sent), now=LATER)
    tell(sent.user, "account/email/password_changed", request=None, ip="", timestamp=None, user_agent="")
    assert mail.outbox[-1].to == [sent.address]


def changed(data: Callable[[Delivery], bytes], heard: Heard) -> Any:
    return pytest.param(data, heard, id=heard.name.lower())


@pytest.mark.parametrize(
    ("data", "heard"),
    [
        changed(lambda sent: notification(sent, action="delayed", status="4.4.1"), Heard.DELAYED),
        changed(lambda sent: notification(sent, id="<somebody-elses@example.org>"), Heard.UNKNOWN),
        changed(lambda sent: notification(sent, address="victim@example.org"), Heard.NOT_THEIRS),
        changed(lambda sent: notification(sent) + b"x" * MOST_BYTES, Heard.TOO_LARGE),
        changed(lambda sent: b"Subject: I am away\n\nUntil Monday.", Heard.UNREADABLE),
    ],
)
def test_anything_else_changes_nothing_and_says_so(
    sent: Delivery, data: Callable[[Delivery], bytes], heard: Heard
) -> None:
    assert hear_bounce(data(sent), now=LATER) is heard
    assert (Delivery.objects.get().state, Suppression.objects.count()) == (DeliveryState.SENT, 0)


@pytest.mark.parametrize(
    "garbage",
    [
        b"",
        b"\x00\xff\xfe" * 99,
        b"Content-Type: multipart/report\n\nno parts",
        b"Content-Type: multipart/report; boundary=b\n\n--b\nContent-Type: message/delivery-status\n\n\n--b--",
        b"Content-Type: multipart/report; boundary=b\n\n--b\nContent-Type: message/delivery-status\n\n\xff\n\n--b--",
        b"".join(b"Content-Type: multipart/report; boundary=b%d\n\n--b%d\n" % (deep, deep) for deep in range(3000)),
    ],
)
def test_garbage_is_read_as_that(sent: Delivery, garbage: bytes) -> None:
    assert hear_bounce(garbage, now=LATER) is Heard.UNREADABLE
    assert Delivery.objects.get().state == DeliveryState.SENT


def test_what_is_forwarded_inside_a_mail_speaks_for_nobody(sent: Delivery) -> None:
    inside = b"Content-Type: multipart/mixed; boundary=c\n\n--c\n" + notification(sent) + b"\n--c--\n"
    assert hear_bounce(inside, now=LATER) is Heard.UNREADABLE


def test_the_log_names_nobody(sent: Delivery, caplog: pytest.LogCaptureFixture) -> None:
    hear_bounce(notification(sent), now=LATER)
    assert "mail.returned" in caplog.text
    assert sent.address not in caplog.text


def piped(monkeypatch: pytest.MonkeyPatch, data: bytes) -> str:
    monkeypatch.setattr(bounce.sys, "stdin", SimpleNamespace(buffer=io.BytesIO(data)))
    told = io.StringIO()
    call_command("bounce", stdout=told)
    return told.getvalue()


def test_a_mail_server_pipes_it_into_a_command(sent: Delivery, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "no digests any more" in piped(monkeypatch, notification(sent))
    assert "nothing changed" in piped(monkeypatch, b"x" * (2 * MOST_BYTES))


def test_the_server_keeps_what_could_not_be_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_: Any, **__: Any) -> None:
        raise OperationalError

    monkeypatch.setattr(bounce, "hear_bounce", away)
    with pytest.raises(CommandError) as refused:
        piped(monkeypatch, b"")
    assert refused.value.returncode == 75


def test_it_comes_back_to_where_the_settings_say(sent: Delivery, settings: Settings) -> None:
    letter = Letter("Two shores", "Moved.", "<p>Moved.</p>", "GREEN", ())
    settings.DEFAULT_FROM_EMAIL = "Desk <desk@example.org>"
    assert mail_for(sent, letter).envelope_sender == "desk@example.org"
    settings.BOUNCE_ADDRESS = "bounces@example.org"
    found = mail_for(sent, letter)
    assert (found.envelope_sender, found.sender) == ("bounces@example.org", "Desk <desk@example.org>")
