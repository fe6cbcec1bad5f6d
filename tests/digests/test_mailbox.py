"""The demonstration's mails are files in a folder, whole and in order."""

from __future__ import annotations

import email
from pathlib import Path

import pytest
from django.core.mail import EmailMessage
from pytest_django.fixtures import Settings

from negotiations.digests import mailbox
from negotiations.digests.mailbox import MailboxBackend, mailbox_folder


@pytest.fixture(autouse=True)
def folder(settings: Settings, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path


def send(*subjects: str) -> None:
    messages = [EmailMessage(subject, "Text.", "a@example.org", ["b@example.org"]) for subject in subjects]
    assert MailboxBackend().send_messages(messages) == len(subjects)


def subjects() -> list[str]:
    files = sorted(mailbox_folder().glob("*.eml"))
    return [str(email.message_from_bytes(file.read_bytes())["Subject"]) for file in files]


def test_each_mail_is_a_file_in_the_order_of_sending() -> None:
    send("First", "Second")
    assert subjects() == ["First", "Second"]


def test_it_is_for_this_account_alone() -> None:
    send("First")
    assert mailbox_folder().stat().st_mode & 0o077 == 0


def test_old_ones_make_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mailbox, "KEPT", 2)
    send("First", "Second", "Third")
    assert subjects() == ["Second", "Third"]
