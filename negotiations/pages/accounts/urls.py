"""Where accounts, settings, people and the access log are."""

from __future__ import annotations

from allauth.account import views as account
from allauth.mfa.base import views as second
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as codes
from allauth.mfa.webauthn import views as keys
from allauth.usersessions import views as sessions
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import LogoutView
from django.urls import path, re_path
from django.utils.translation import gettext_lazy as _

from negotiations.pages.views import access_log, invitation, me, people, tokens
from negotiations.pages.views.account import SignInView, sign_in_as
from negotiations.rules.attempts import (
    LINK_ADDRESS,
    LOG_IN,
    LOG_IN_ADDRESS,
    PROOF,
    RESET,
    RESET_ADDRESS,
    SECOND_STEP,
    SECOND_STEP_ADDRESS,
)

from .framed import framed
from .limited import account_and_address, address, limited, mailbox, pending, person
from .sign_in_log import connect

# Whoever signs in came by one of these addresses; earlier, the framework's signals cannot be imported.
connect()

sign_in = framed(_("Sign in"))(
    limited((LOG_IN, account_and_address), (LOG_IN_ADDRESS, address), forgives=True)(SignInView.as_view())
)
sign_out = LogoutView.as_view()
reset = limited((RESET, mailbox), (RESET_ADDRESS, address))(account.password_reset)
second_step = limited((SECOND_STEP, pending), (SECOND_STEP_ADDRESS, address), forgives=True)(second.authenticate)
proof = limited((PROOF, person), forgives=True)
mine = {"is_mine": True}

urlpatterns = [
    # Under two names: the tracker's own, and the one the framework looks for.
    path("accounts/login/", sign_in, name="login"),
    path("accounts/login/", sign_in, name="account_login"),
    path("accounts/logout/", sign_out, name="logout"),
    path("accounts/logout/", sign_out, name="account_logout"),
    path("accounts/demonstration/", sign_in_as, name="demo-sign-in"),
    path("accounts/signup/", framed(_("Accounts are made by invitation"))(account.signup), name="account_signup"),
    path("accounts/inactive/", framed(_("Closed account"))(account.account_inactive), name="account_inactive"),
    path(
        "accounts/reauthenticate/",
        framed(_("Confirm that it is you"))(proof(account.reauthenticate)),
        name="account_reauthenticate",
    ),
    path(
        "accounts/email/",
        framed(_("E-mail address"), **mine)(proof(login_required(account.email))),
        name="account_email",
    ),
    path(
        "accounts/confirm-email/",
        framed(_("Confirm the address"))(account.email_verification_sent),
        name="account_email_verification_sent",
    ),
    re_path(
        r"^accounts/confirm-email/(?P<key>[-:\w]+)/$",
        framed(_("Confirm the address"))(limited((LINK_ADDRESS, address))(account.confirm_email)),
        name="account_confirm_email",
    ),
    path(
        "accounts/password/change/",
        framed(_("Change the password"), **mine)(proof(account.password_change)),
        name="account_change_password",
    ),
    path(
        "accounts/password/set/",
        framed(_("Set a password"), **mine)(account.password_set),
        name="account_set_password",
    ),
    path("accounts/password/reset/", framed(_("Reset the password"))(reset), name="account_reset_password"),
    path(
        "accounts/password/reset/done/",
        framed(_("Reset the password"))(account.password_reset_done),
        name="account_reset_password_done",
    ),
    re_path(
        r"^accounts/password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        framed(_("Choose a new password"))(limited((LINK_ADDRESS, address))(account.password_reset_from_key)),
        name="account_reset_password_from_key",
    ),
    path(
        "accounts/password/reset/key/done/",
        framed(_("Reset the password"))(account.password_reset_from_key_done),
        name="account_reset_password_from_key_done",
    ),
    path("accounts/2fa/", framed(_("Second step"), **mine)(second.index), name="mfa_index"),
    path("accounts/2fa/authenticate/", framed(_("Second step"))(second_step), name="mfa_authenticate"),
    path(
        "accounts/2fa/reauthenticate/",
        framed(_("Confirm that it is you"))(proof(second.reauthenticate)),
        name="mfa_reauthenticate",
    ),
    path(
        "accounts/2fa/totp/activate/",
        framed(_("Codes of an app"), **mine)(login_required(proof(codes.activate_totp))),
        name="mfa_activate_totp",
    ),
    path(
        "accounts/2fa/totp/deactivate/",
        framed(_("Codes of an app"), **mine)(codes.deactivate_totp),
        name="mfa_deactivate_totp",
    ),
    path(
        "accounts/2fa/recovery-codes/",
        framed(_("Recovery codes"), **mine)(recovery.view_recovery_codes),
        name="mfa_view_recovery_codes",
    ),
    path(
        "accounts/2fa/recovery-codes/generate/",
        framed(_("Recovery codes"), **mine)(login_required(recovery.generate_recovery_codes)),
        name="mfa_generate_recovery_codes",
    ),
    path("accounts/2fa/keys/", framed(_("Passkeys"), **mine)(keys.list_webauthn), name="mfa_list_webauthn"),
    path(
        "accounts/2fa/keys/add/",
        framed(_("Add a passkey"), **mine)(login_required(keys.add_webauthn)),
        name="mfa_add_webauthn",
    ),
    path(
        "accounts/2fa/keys/reauthenticate/",
        framed(_("Confirm that it is you"))(proof(keys.reauthenticate_webauthn)),
        name="mfa_reauthenticate_webauthn",
    ),
    path(
        "accounts/2fa/keys/<int:pk>/remove/",
        framed(_("Remove a passkey"), **mine)(login_required(keys.remove_webauthn)),
        name="mfa_remove_webauthn",
    ),
    path(
        "accounts/2fa/keys/<int:pk>/edit/",
        framed(_("Rename a passkey"), **mine)(login_required(keys.edit_webauthn)),
        name="mfa_edit_webauthn",
    ),
    path(
        "accounts/2fa/keys/login/",
        framed(_("Sign in"))(limited((LOG_IN_ADDRESS, address))(keys.login_webauthn)),
        name="mfa_login_webauthn",
    ),
    path("accounts/sessions/", framed(_("Sessions"), **mine)(sessions.list_usersessions), name="usersessions_list"),
    path("invitation/<str:secret>/", invitation.invitation_page, name="invitation"),
    path("me/", me.settings_page, name="me"),
    path("me/tokens/", tokens.tokens_page, name="tokens"),
    path("me/tokens/<uuid:token>/revoke/", tokens.revoke_page, name="revoke-token"),
    path("n/<slug:slug>/people/", people.people_page, name="people"),
    path("n/<slug:slug>/people/invite/", people.invite_page, name="invite"),
    path(
        "n/<slug:slug>/people/invitations/<uuid:invitation>/withdraw/", people.withdraw_page, name="withdraw-invitation"
    ),
    path("n/<slug:slug>/people/<uuid:member>/", people.member_page, name="member"),
    path("n/<slug:slug>/access/", access_log.access_log_page, name="access-log"),
]
