"""A digest is a proper mail: a plain part first, list headers, one click to unsubscribe, nothing that tracks."""

from __future__ import annotations

import email
from dataclasses import replace
from email import policy
from email.message import EmailMessage
from typing import cast

import pytest
from pytest_django.fixtures import Settings

from negotiations.digests.letter import Letter
from negotiations.digests.mail import Mail, mail_for, message_id
from negotiations.digests.windows import close_windows
from negotiations.models import Delivery
from tests.factories import Talks

from .world import DAY, NOON, subscribed

LETTER = Letter("TLP:GREEN  Two\nshores", "Moved.\n\n.hidden dot\n" + "x" * 3000, "<p>Moved – “met”</p>", "GREEN", (1,))
ARABIC = replace(LETTER, subject="TLP:GREEN الشاطئان", text="تغيّرت الحالة.\n" * 40, html="<p dir=rtl>تغيّرت</p>")


@pytest.fixture
def delivery(talks: Talks) -> Delivery:
    subscribed(talks, now=NOON)
    talks.set_status(talks.release, "in_progress")
    close_windows(NOON + DAY)
    return Delivery.objects.get()


def parsed(mail: Mail) -> EmailMessage:
    return cast("EmailMessage", email.message_from_bytes(mail.as_bytes(), policy=policy.default))


@pytest.mark.parametrize("letter", [LETTER, ARABIC], ids=["latin", "arabic"])
def test_it_says_in_bytes_what_the_letter_says(delivery: Delivery, letter: Letter) -> None:
    found = parsed(mail_for(delivery, letter))
    plain, html = found.iter_parts()
    assert (found["Subject"], found["To"]) == (" ".join(letter.subject.split()), delivery.user.email)
    assert (plain.get_content_type(), html.get_content_type()) == ("text/plain", "text/html")
    assert plain.get_content().replace("\r\n", "\n").strip() == letter.text.strip()
    assert html.get_content().replace("\r\n", "\n").strip() == letter.html
    assert found.defects == []


@pytest.mark.parametrize("letter", [LETTER, ARABIC], ids=["latin", "arabic"])
def test_no_line_is_longer_than_mail_allows_and_all_of_it_is_ascii(delivery: Delivery, letter: Letter) -> None:
    data = mail_for(delivery, letter).as_bytes()
    assert max(len(line) for line in data.split(b"\r\n")) <= 998
    assert data.isascii()
    assert b"\n" not in data.replace(b"\r\n", b"")


def test_a_domain_in_any_letters_is_written_as_servers_take_it(delivery: Delivery) -> None:
    delivery.user.email = "reader@bücher.example"
    mail = mail_for(delivery, LETTER)
    assert mail.recipient == "reader@xn--bcher-kva.example"
    assert parsed(mail)["To"] == str(mail.as_message().message()["To"]) == mail.recipient


def test_a_name_that_servers_do_not_take_is_found_before_the_mail_leaves(delivery: Delivery) -> None:
    delivery.user.email = "läser@example.org"
    with pytest.raises(ValueError, match="ascii"):
        mail_for(delivery, LETTER)


def test_both_forms_carry_the_same(delivery: Delivery) -> None:
    mail = mail_for(delivery, LETTER)
    message = mail.as_message().message()
    found = parsed(mail)
    for name in ("From", "To", "Subject", "Message-ID", "List-Unsubscribe", "List-Unsubscribe-Post", "List-Id"):
        assert str(found[name]) == str(message[name])


def test_it_can_be_unsubscribed_by_one_click(delivery: Delivery) -> None:
    found = parsed(mail_for(delivery, LETTER))
    assert found["List-Unsubscribe"].startswith("<http://127.0.0.1:8000/unsubscribe/")
    assert found["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert found["Auto-Submitted"] == "auto-generated"


def test_it_names_a_mail_address_only_where_somebody_reads_it(delivery: Delivery, settings: Settings) -> None:
    assert "mailto:" not in parsed(mail_for(delivery, LETTER))["List-Unsubscribe"]
    settings.UNSUBSCRIBE_ADDRESS = "leave@example.org"
    assert parsed(mail_for(delivery, LETTER))["List-Unsubscribe"].endswith(", <mailto:leave@example.org>")


def test_its_id_stays_the_same(delivery: Delivery) -> None:
    assert message_id(delivery) == message_id(Delivery.objects.get(pk=delivery.pk))


def test_a_subject_cannot_bring_headers_of_its_own(delivery: Delivery) -> None:
    found = parsed(mail_for(delivery, replace(LETTER, subject="One\r\nBcc: somebody@example.org")))
    assert found["Bcc"] is None
