"""Tells the program's log who signed in and by what, who left, and that somebody failed to; never what was typed."""

from __future__ import annotations

from typing import Any

import structlog
from allauth.mfa.signals import authentication_failed, authenticator_added, authenticator_removed
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.http import HttpRequest

log = structlog.get_logger("tracker.accounts")


def connect() -> None:
    user_logged_in.connect(signed_in, dispatch_uid="log.signed_in")
    user_logged_out.connect(signed_out, dispatch_uid="log.signed_out")
    user_login_failed.connect(failed, dispatch_uid="log.failed")
    authentication_failed.connect(second_step_failed, dispatch_uid="log.second_step_failed")
    authenticator_added.connect(second_step_changed, dispatch_uid="log.second_step_added")
    authenticator_removed.connect(second_step_changed, dispatch_uid="log.second_step_removed")


def signed_in(request: HttpRequest, user: Any, **_more: Any) -> None:
    proofs = request.session.get("account_authentication_methods", [])
    log.info("signed_in", person=str(user.public_id), by=[proof.get("type") or proof.get("method") for proof in proofs])


def signed_out(user: Any, **_more: Any) -> None:
    if user is not None:
        log.info("signed_out", person=str(user.public_id))


def failed(**_more: Any) -> None:
    """The name that was tried may be a password in the wrong field."""
    log.warning("sign_in_failed")


def second_step_failed(user: Any, **_more: Any) -> None:
    log.warning("second_step_failed", person=str(user.public_id))


def second_step_changed(user: Any, authenticator: Any, signal: Any, **_more: Any) -> None:
    event = "second_step_added" if signal is authenticator_added else "second_step_removed"
    log.info(event, person=str(user.public_id), kind=authenticator.type)
