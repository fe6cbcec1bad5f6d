"""Tokens: told once, kept as a digest, alive until they expire or are taken back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError

from negotiations.access.token import living_token, viewer_of_token
from negotiations.models import Token, User
from negotiations.rules.errors import RuleError
from negotiations.rules.token import LIVING_MAX, digest_of
from negotiations.services.token import create_token, note_use, revoke_token
from tests.cast import person
from tests.factories import Talks

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture
def owner() -> User:
    return person("owner")


def test_the_secret_is_kept_nowhere(owner: User) -> None:
    token, secret = create_token(owner, name="Newsroom")
    kept = [str(value) for value in Token.objects.values_list()[0]]
    assert secret.startswith("ctt_")
    assert token.digest == digest_of(secret)
    assert not any(secret[12:] in value for value in kept)
    assert secret.startswith(token.prefix)


@time_machine.travel(NOW, tick=False)
def test_it_lives_ninety_days_unless_asked(owner: User) -> None:
    token, secret = create_token(owner, name="Newsroom")
    assert token.expires_at == NOW + timedelta(days=90)
    assert living_token(secret, NOW + timedelta(days=89)) == token
    assert living_token(secret, token.expires_at) is None


@pytest.mark.parametrize("days", [0, -1, 366])
def test_it_refuses_a_lifetime_out_of_range(owner: User, days: int) -> None:
    with pytest.raises(RuleError, match="365") as refused:
        create_token(owner, name="Newsroom", days=days)
    assert refused.value.code == "token_lifetime"


@pytest.mark.parametrize(("name", "scope"), [("", "read"), ("Newsroom", "admin"), ("x" * 121, "read")])
def test_it_refuses_what_is_no_name_or_scope(owner: User, name: str, scope: str) -> None:
    with pytest.raises(ValidationError):
        create_token(owner, name=name, scope=scope)
    assert not Token.objects.exists()


def test_it_refuses_one_too_many(owner: User) -> None:
    for number in range(LIVING_MAX):
        token, _secret = create_token(owner, name=f"Program {number}")
    with pytest.raises(RuleError) as refused:
        create_token(owner, name="One more")
    assert refused.value.code == "too_many_tokens"
    revoke_token(token)
    create_token(owner, name="One more")


def test_a_revoked_token_is_dead_and_keeps_its_moment(owner: User) -> None:
    token, secret = create_token(owner, name="Newsroom")
    first = revoke_token(token).revoked_at
    assert revoke_token(token).revoked_at == first
    assert living_token(secret, datetime.now(tz=UTC)) is None


def test_a_closed_account_closes_its_tokens(owner: User) -> None:
    _token, secret = create_token(owner, name="Newsroom")
    User.objects.filter(pk=owner.pk).update(is_active=False)
    assert living_token(secret, datetime.now(tz=UTC)) is None


def test_it_reads_with_the_seats_its_owner_holds_now(talks: Talks) -> None:
    _token, secret = create_token(talks.cast.analyst, name="Notebook")
    viewer = viewer_of_token(secret, datetime.now(tz=UTC))
    assert viewer is not None
    assert viewer.user_id == talks.cast.analyst.pk
    assert viewer.seat_in(talks.negotiation.pk) is not None


@pytest.mark.parametrize("text", ["", "ctt_", "ctt_" + "a" * 43, "ctt_" + "\x00" * 43, "é" * 47])
def test_what_is_no_token_is_nobody(text: str) -> None:
    assert viewer_of_token(text, NOW) is None


def test_the_day_of_use_is_written_once(owner: User) -> None:
    token, _secret = create_token(owner, name="Newsroom")
    note_use(token.pk, NOW.date())
    note_use(token.pk, NOW.date())
    token.refresh_from_db()
    assert token.last_used_on == NOW.date()
