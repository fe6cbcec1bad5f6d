"""How the framework's account views behave here: closed to strangers, silent about who has an account."""

from __future__ import annotations

import base64
import hashlib
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest
from django.urls import reverse, translate_url
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from negotiations.models import User
from negotiations.services.mail import deliver

MISMATCH = _("This name and password do not belong together.")


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # the framework brings no types
    """Accounts are made by invitation; mail goes out in the person's language and in the background."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": _("This account is closed."),
        "duplicate_email": _("This is your address already."),
        "email_password_mismatch": MISMATCH,
        "username_password_mismatch": MISMATCH,
        "enter_current_password": _("This is not your present password."),
        "incorrect_password": _("This is not your password."),
        "incorrect_code": _("This code is not right, or it was used already."),
        "invalid_password_reset": _("This link is no longer good."),
        "rate_limited": _("Too many attempts. Try again later."),
        "too_many_login_attempts": _("Too many attempts. Try again later."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002
        return False

    def is_ajax(self, request: HttpRequest) -> bool:
        """Only the passkey script asks for data; forms are always answered with pages."""
        return request.method == "GET" and request.META.get("HTTP_ACCEPT") == "application/json"

    def format_email_subject(self, subject: str) -> str:
        return str(subject)

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        language = getattr(request.user, "language", settings.LANGUAGE_CODE)
        return str(translate_url(settings.LOGIN_REDIRECT_URL, language))

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:  # noqa: ARG002
        return reverse("me")

    def add_message(
        self, request: HttpRequest, level: int, message_template: str | None = None, *_more: Any, **options: Any
    ) -> None:
        """Say what a person has to know; that they signed in or out they see."""
        if said := _said().get(message_template or "") or options.get("message"):
            messages.add_message(request, level, str(said))

    def send_notification_mail(
        self, template_prefix: str, user: User, context: dict[str, Any] | None = None, email: str | None = None
    ) -> None:
        super().send_notification_mail(template_prefix, user, {"user": user} | (context or {}), email or user.email)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        person = context.get("user")
        language = person.language if isinstance(person, User) else translation.get_language()
        with translation.override(language):
            message = self.render_mail(template_prefix, email, {"email": email} | context)
        # Nobody of this address: the work was done so that the answer takes as long as for somebody.
        if not (isinstance(person, User) and person._state.adding):
            deliver(message)


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Keeps the secrets of one-time codes encrypted, and names keys in the tracker's words."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": AccountAdapter.error_messages["incorrect_code"],
        "cannot_delete_authenticator": _("This second step cannot be removed."),
        "cannot_generate_recovery_codes": _("Set up a second step first."),
    }

    def get_totp_issuer(self) -> str:
        return "Ceasefire Tracker"

    def generate_authenticator_name(self, user: User, type: Any) -> str:  # noqa: ARG002
        return gettext("Passkey")

    def encrypt(self, text: str) -> str:
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _cipher().decrypt(encrypted_text.encode()).decode()


def _cipher() -> MultiFernet:
    """The cipher of the present secret key; what an earlier one encrypted can still be read."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    digests = (hashlib.sha256(f"second factor {key}".encode()).digest() for key in keys)
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])


def _said() -> dict[str, str]:
    """What follows an act, by the framework's name for it; what is not here is not said."""
    return {
        "account/messages/email_confirmation_sent.txt": gettext("A mail with a link is on its way."),
        "account/messages/email_confirmed.txt": gettext("The address is confirmed."),
        "account/messages/email_confirmation_failed.txt": gettext("This link is no longer good."),
        "account/messages/password_changed.txt": gettext("The password is changed."),
        "account/messages/password_set.txt": gettext("The password is set."),
        "mfa/messages/totp_activated.txt": gettext("Codes of the app are asked for from now on."),
        "mfa/messages/totp_deactivated.txt": gettext("Codes of the app are no longer asked for."),
        "mfa/messages/webauthn_added.txt": gettext("The passkey is added."),
        "mfa/messages/webauthn_removed.txt": gettext("The passkey is removed."),
        "mfa/messages/recovery_codes_generated.txt": gettext("New recovery codes are made; the old ones are void."),
        "usersessions/messages/sessions_logged_out.txt": gettext("All other sessions are ended."),
    }
