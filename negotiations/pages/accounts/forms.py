"""The framework's account forms in the tracker's words and look."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from allauth.account import forms as account
from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as second
from allauth.mfa.totp import forms as codes
from allauth.mfa.webauthn import forms as keys
from django import forms
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from negotiations.models import User
from negotiations.rules.attempts import CODE_USED
from negotiations.services.attempts import TooManyAttempts, count_attempt

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

PASSWORD, NEW, AGAIN = _("Password"), _("New password"), _("New password once more")
NAME = _("Your name or e-mail address")
HINT = _("At least 12 characters; a few words are good.")


class Dressed:
    """Puts the tracker's labels and class on the fields of a form that somebody else wrote."""

    LABELS: ClassVar[dict[str, StrPromise]] = {}
    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name, field in self.fields.items():
            field.label = self.LABELS.get(name, field.label)
            field.help_text = HINT if name == "password1" else ""
            field.widget.attrs.pop("placeholder", None)
            if not isinstance(field.widget, forms.CheckboxInput | forms.HiddenInput):
                field.widget.attrs["class"] = "inp"


class SignInForm(Dressed, account.LoginForm):  # type: ignore[misc]
    LABELS = {"login": NAME, "password": PASSWORD}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["login"].widget.attrs |= {
            "autocomplete": "username webauthn",
            "autocapitalize": "none",
            "maxlength": 254,
        }


class ResetForm(Dressed, account.ResetPasswordForm):  # type: ignore[misc]
    LABELS = {"email": _("E-mail address")}
    users: list[User]

    def save(self, request: HttpRequest, **options: Any) -> str:
        """For nobody as much work is done as for somebody; the adapter sends no mail to who was never saved."""
        self.users = self.users or [User(pk=0, language=get_language() or settings.LANGUAGE_CODE)]
        return str(super().save(request, **options))


class NewPasswordForm(Dressed, account.ResetPasswordKeyForm):  # type: ignore[misc]
    LABELS = {"password1": NEW, "password2": AGAIN}


class ChangePasswordForm(Dressed, account.ChangePasswordForm):  # type: ignore[misc]
    LABELS = {"oldpassword": _("Present password"), "password1": NEW, "password2": AGAIN}


class SetPasswordForm(Dressed, account.SetPasswordForm):  # type: ignore[misc]
    LABELS = {"password1": NEW, "password2": AGAIN}


class AddressForm(Dressed, account.AddEmailForm):  # type: ignore[misc]
    LABELS = {"email": _("New e-mail address")}


class ProofForm(Dressed, account.ReauthenticateForm):  # type: ignore[misc]
    LABELS = {"password": PASSWORD}


class OnceOnly:
    """Takes a code once, whoever read it over a shoulder; counted where no outage of a cache lets it through."""

    user: User
    cleaned_data: dict[str, Any]

    def clean_code(self) -> str:
        try:
            count_attempt(CODE_USED, f"{self.user.pk} {normalize_user_code(self.cleaned_data['code'])}")
        except TooManyAttempts:
            raise get_adapter().validation_error("incorrect_code") from None
        return str(super().clean_code())  # type: ignore[misc]  # of the form beside it


class CodeForm(Dressed, OnceOnly, second.AuthenticateForm):  # type: ignore[misc]
    LABELS = {"code": _("Code of the app, or a recovery code")}


class CodeProofForm(Dressed, OnceOnly, second.ReauthenticateForm):  # type: ignore[misc]
    LABELS = {"code": _("Code of the app, or a recovery code")}


class ActivateCodesForm(Dressed, codes.ActivateTOTPForm):  # type: ignore[misc]
    LABELS = {"code": _("Code that the app shows")}


class AddKeyForm(Dressed, keys.AddWebAuthnForm):  # type: ignore[misc]
    LABELS = {"name": _("Name of the key"), "passwordless": _("Sign in with this key alone")}


class RenameKeyForm(Dressed, keys.EditWebAuthnForm):  # type: ignore[misc]
    LABELS = {"name": _("Name of the key")}
