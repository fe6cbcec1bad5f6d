"""One try to hand a message over: in time, to a checked address, without following anybody anywhere."""

from __future__ import annotations

import ssl
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from negotiations.rules.networks import networks
from negotiations.webhooks.posting import Outcome, Parcel, Sender

from . import certificates
from .receiver import (
    Answer,
    Receiver,
    broken_off,
    dripping_body,
    dripping_headers,
    endless,
    nothing,
    receiving,
    silence,
    status,
)

HERE = networks(["127.0.0.0/8"])


def parcel(url: str) -> Parcel:
    return Parcel(url, {"webhook-id": "one", "Content-Type": "application/json"}, b'{"type":"test"}')


def outcome_of(*answers: Answer, patience_s: float = 5) -> tuple[Outcome, Receiver]:
    with receiving(*answers) as there:
        return Sender(allowed=HERE, patience_s=patience_s).post(parcel(there.url)), there


def test_it_hands_over_what_it_was_given() -> None:
    outcome, there = outcome_of(status(200, body=b"thanks"))
    assert (outcome.status, outcome.trouble) == (200, "")
    (got,) = there.got
    assert (got.target, got.body, got.headers["webhook-id"]) == ("/hook?from=tracker", b'{"type":"test"}', "one")
    assert got.headers["host"] == f"127.0.0.1:{there.port}"


@pytest.mark.parametrize(
    ("code", "trouble"),
    [(204, ""), (299, ""), (400, "status"), (404, "status"), (410, "gone"), (500, "status"), (503, "status")],
)
def test_only_2xx_is_taken(code: int, trouble: str) -> None:
    outcome, _there = outcome_of(status(code))
    assert (outcome.status, outcome.trouble) == (code, trouble)


@pytest.mark.parametrize("code", [301, 302, 303, 307, 308])
def test_it_follows_no_redirect(code: int) -> None:
    with receiving(status(200)) as other:
        outcome, there = outcome_of(status(code, f"Location: {other.url}"))
        assert (outcome.trouble, len(there.got), other.got) == ("redirect", 1, [])


@pytest.mark.parametrize(
    ("answer", "trouble"),
    [
        (silence, "timeout"),
        (dripping_headers, "timeout"),
        (dripping_body, "timeout"),
        (nothing, "unreachable"),
        (broken_off, "unreachable"),
    ],
)
def test_what_is_not_answered_whole_and_in_time_was_not_taken(answer: Answer, trouble: str) -> None:
    outcome, there = outcome_of(answer, patience_s=0.5)
    assert (outcome.trouble, len(there.got)) == (trouble, 1)


def test_an_endless_answer_is_left_unread() -> None:
    outcome, _there = outcome_of(endless)
    assert (outcome.status, outcome.trouble) == (200, "")


def test_a_port_where_nobody_listens_is_unreachable() -> None:
    with receiving() as gone:
        url = gone.url
    assert Sender(allowed=HERE).post(parcel(url)).trouble == "unreachable"


@pytest.mark.parametrize(
    ("text", "seconds"), [("120", 120), ("0", 0), ("soon", None), ("-5", None), ("٣", None), ("9" * 40, None)]
)
def test_it_reads_how_long_it_is_asked_to_wait(text: str, seconds: int | None) -> None:
    outcome, _there = outcome_of(status(503, "Retry-After: " + text.encode().decode("latin-1")))
    assert outcome.retry_after == (None if seconds is None else timedelta(seconds=seconds))


def test_a_date_to_wait_for_that_has_passed_is_no_wait() -> None:
    outcome, _there = outcome_of(status(429, "Retry-After: Wed, 21 Oct 2015 07:28:00 GMT"))
    assert outcome.retry_after == timedelta()


@pytest.mark.parametrize("address", ["127.0.0.1", "10.1.2.3", "169.254.169.254", "::1", "::ffff:127.0.0.1", "fe80::1"])
def test_it_connects_to_no_private_address(address: str) -> None:
    with receiving() as there:
        sender = Sender(resolve=lambda _host, _port: [address])
        outcome = sender.post(parcel(f"http://hooks.example.org:{there.port}/"))
        assert (outcome.trouble, there.got) == ("address", [])


def test_a_literal_address_is_checked_like_a_name() -> None:
    with receiving() as there:
        assert (Sender().post(parcel(there.url)).trouble, there.got) == ("address", [])


def test_it_connects_to_the_very_address_that_it_checked() -> None:
    """A name that leads to somewhere else the second time it is asked: it is asked once."""
    asked = []

    def turncoat(host: str, _port: int) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"] if len(asked) == 1 else ["127.0.0.2"]

    with receiving(status(200)) as there:
        outcome = Sender(allowed=HERE, resolve=turncoat).post(parcel(f"http://hooks.example.org:{there.port}/"))
    assert (outcome.status, asked) == (200, ["hooks.example.org"])


def test_of_several_addresses_only_the_allowed_ones_are_tried() -> None:
    with receiving(status(200)) as there:
        sender = Sender(allowed=HERE, resolve=lambda _host, _port: ["10.0.0.1", "127.0.0.3", "127.0.0.1"])
        outcome = sender.post(parcel(f"http://hooks.example.org:{there.port}/"))
    assert (outcome.status, there.got[0].headers["host"]) == (200, f"hooks.example.org:{there.port}")


@pytest.mark.parametrize("host", ["a..b", "x" * 300])
def test_what_is_no_name_leads_nowhere(host: str) -> None:
    assert Sender().post(parcel(f"http://{host}/")).trouble == "unresolved"


@pytest.fixture(scope="module")
def trusted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return certificates.issue(tmp_path_factory.mktemp("certificates"), "hooks.example.org")


@pytest.fixture
def over_tls(trusted: Path) -> Callable[[str], Outcome]:
    """Post to a name over TLS, to a receiver that proves to be hooks.example.org."""

    def post(host: str, *, authority: Path | None = trusted) -> Outcome:
        mine = ssl.create_default_context(cafile=str(authority / "ca.pem") if authority else None)
        with receiving(status(200), context=certificates.server(trusted)) as there:
            sender = Sender(allowed=HERE, resolve=lambda _host, _port: ["127.0.0.1"], context=mine)
            return sender.post(parcel(f"https://{host}:{there.port}/"))

    return post


def test_a_certificate_is_checked_against_the_name(over_tls: Callable[..., Outcome]) -> None:
    assert over_tls("hooks.example.org").status == 200
    assert over_tls("other.example.org").trouble == "certificate"
    assert over_tls("127.0.0.1").trouble == "certificate"


def test_an_unknown_authority_proves_nothing(over_tls: Callable[..., Outcome]) -> None:
    assert over_tls("hooks.example.org", authority=None).trouble == "certificate"
