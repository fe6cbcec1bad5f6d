"""The demonstration's mailbox: one's own mails, shown whole, and nothing of it anywhere else."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.mail import EmailMultiAlternatives
from django.test import Client

from negotiations.digests.mailbox import MailboxBackend
from negotiations.digests.mailbox_reading import mails_to
from negotiations.models import User
from tests.factories import Talks

SignIn = Callable[[User], Client]
BOX = "/mailbox/"


@pytest.fixture
def box(shore: Talks, settings: Any, tmp_path: Path) -> Talks:
    settings.DEMO, settings.DATA_DIR = True, tmp_path
    User.objects.filter(pk=shore.cast.lead.pk).update(email="lead@example.org")
    User.objects.filter(pk=shore.cast.analyst.pk).update(email="analyst@example.org")
    return shore


def write(to: str, subject: str = "Digest of today") -> str:
    """Put a mail there; returns its key."""
    mail = EmailMultiAlternatives(subject, "Two changes.", "tracker@localhost", [to], headers={"List-ID": "<x.y>"})
    mail.attach_alternative("<p style='color:#123'>Two changes.</p><script>alert(1)</script>", "text/html")
    MailboxBackend().send_messages([mail])
    return mails_to(to)[0].key


def test_one_reads_what_was_written_to_oneself(box: Talks, signed_in: SignIn) -> None:
    key, client = write("lead@example.org"), signed_in(box.cast.lead)
    assert "Digest of today" in client.get(BOX).content.decode()
    page = client.get(f"{BOX}{key}/").content.decode()
    assert "Two changes." in page
    assert "&lt;x.y&gt;" in page


def test_the_letter_has_a_policy_of_its_own_that_runs_nothing(box: Talks, signed_in: SignIn) -> None:
    letter = signed_in(box.cast.lead).get(f"{BOX}{write('lead@example.org')}/letter/")
    assert "style='color:#123'" in letter.content.decode()
    policy = letter.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; style-src 'unsafe-inline'; ")
    assert "script-src" not in policy
    assert "; sandbox " in policy
    assert "allow-scripts" not in policy
    assert letter.headers["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("step", ["", "letter/"])
def test_somebody_elses_mail_is_not_there(box: Talks, signed_in: SignIn, step: str) -> None:
    key, client = write("analyst@example.org", "For the analyst"), signed_in(box.cast.lead)
    assert client.get(f"{BOX}{key}/{step}").status_code == 404
    assert "For the analyst" not in client.get(BOX).content.decode()


def test_who_has_no_address_has_no_mail(box: Talks, signed_in: SignIn) -> None:
    write("lead@example.org")
    assert "No mail yet" in signed_in(box.cast.outsider).get(BOX).content.decode()


@pytest.mark.parametrize("page", ["", "x/", "x/letter/"])
def test_anywhere_but_in_the_demonstration_there_is_none(
    box: Talks, settings: Any, signed_in: SignIn, page: str
) -> None:
    settings.DEMO = False
    assert Client().get(BOX + page).status_code == 404
    assert signed_in(box.cast.lead).get(BOX + page).status_code == 404


def test_nobody_in_particular_is_asked_to_sign_in(box: Talks, client: Client) -> None:
    assert client.get(BOX).status_code == 302


def test_the_list_is_paged(box: Talks, signed_in: SignIn) -> None:
    for number in range(26):
        write("lead@example.org", f"Digest {number}")
    assert "Page 1 of 2" in signed_in(box.cast.lead).get(BOX).content.decode()
