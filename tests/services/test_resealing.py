"""After a change of SECRET_KEY everything goes on, and once it is resealed the old key may be forgotten."""

from __future__ import annotations

import io
from datetime import UTC, datetime

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.mfa.utils import decrypt
from django.core import signing
from django.core.management import CommandError, call_command
from pytest_django.fixtures import Settings

from negotiations.digests import addresses
from negotiations.digests.addresses import subscription_of, unsubscribe_token
from negotiations.models import Webhook
from negotiations.rules.codes import AlertChannel
from negotiations.services.sealing import SealBroken
from negotiations.services.subscription import subscribe
from negotiations.services.webhook import add_webhook, rotate_secret, secrets_of
from tests.factories import Talks

pytestmark = pytest.mark.django_db
NOW = datetime.now(UTC)
NEW = "a new key of the site, as long and as random as it has to be"


@pytest.fixture
def webhook(talks: Talks) -> Webhook:
    return add_webhook(talks.cast.reader, now=NOW, name="Map", url="https://hooks.example.org/in")[0]


def renew_key(settings: Settings, *, forgetting: bool = False) -> None:
    """Give the site another key, with the one before on its way out or gone."""
    before = [] if forgetting else [settings.SECRET_KEY]
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = NEW, before


def reseal() -> str:
    told = io.StringIO()
    call_command("reseal", stdout=told)
    return told.getvalue()


def test_webhooks_are_signed_as_before_while_the_old_key_is_known(webhook: Webhook, settings: Settings) -> None:
    secrets = secrets_of(webhook, at=NOW)
    renew_key(settings)
    assert secrets_of(webhook, at=NOW) == secrets


def test_once_resealed_they_need_the_old_key_no_more(webhook: Webhook, settings: Settings) -> None:
    rotate_secret(webhook, now=NOW)
    webhook.refresh_from_db()
    secrets = secrets_of(webhook, at=NOW)
    renew_key(settings)
    assert "1." in reseal()
    renew_key(settings, forgetting=True)
    webhook.refresh_from_db()
    assert (secrets_of(webhook, at=NOW), len(secrets)) == (secrets, 2)


def test_resealing_again_changes_nothing(webhook: Webhook, settings: Settings) -> None:
    renew_key(settings)
    reseal()
    before = Webhook.objects.get().secret
    reseal()
    assert Webhook.objects.get().secret == before


def test_what_opens_under_no_key_is_told_of_and_left_as_it_is(webhook: Webhook, settings: Settings) -> None:
    renew_key(settings, forgetting=True)
    with pytest.raises(CommandError, match="1 open under no key"):
        reseal()
    assert Webhook.objects.get().secret == webhook.secret
    with pytest.raises(SealBroken):
        secrets_of(webhook, at=NOW)


def test_a_second_step_needs_the_old_key_no_more(talks: Talks, settings: Settings) -> None:
    secret = generate_totp_secret()
    kept = TOTP.activate(talks.cast.lead, secret).instance
    renew_key(settings)
    reseal()
    renew_key(settings, forgetting=True)
    kept.refresh_from_db()
    assert decrypt(kept.data["secret"]) == secret


def test_a_link_in_an_old_mail_still_ends_its_alert(
    talks: Talks, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    wish = subscribe(talks.cast.reader, now=NOW, negotiation=talks.negotiation, channel=AlertChannel.INBOX)
    token = unsubscribe_token(wish)
    renew_key(settings)
    # As after a restart, which a change of settings is.
    monkeypatch.setattr(addresses, "SIGNER", signing.Signer(salt="unsubscribe", sep="."))
    assert subscription_of(token) == wish
    assert unsubscribe_token(wish) != token
