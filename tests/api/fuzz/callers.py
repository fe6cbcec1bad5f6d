"""Who calls, and with what they prove it."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.middleware.csrf import _get_new_csrf_string

from negotiations.models import User
from negotiations.rules.codes import TokenScope
from negotiations.services.token import create_token
from tests.factories import Talks

ROLES = ("reader", "analyst", "mediator", "lead")


def callers(small: Talks) -> dict[str, dict[str, str]]:
    """By name, the headers of nobody and of every role: in a browser's session and with a token."""
    found: dict[str, dict[str, str]] = {"anybody": {}}
    for role in ROLES:
        person = getattr(small.cast, role)
        found[f"{role} in a session"] = session_of(person)
        _token, secret = create_token(person, name=role, scope=TokenScope.WRITE)
        found[f"{role} with a token"] = {"Authorization": f"Bearer {secret}"}
    return found


def session_of(person: User) -> dict[str, str]:
    """A signed-in browser, with what guards its session against other sites."""
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.save()
    guard = _get_new_csrf_string()
    cookies = f"{settings.SESSION_COOKIE_NAME}={session.session_key}; {settings.CSRF_COOKIE_NAME}={guard}"
    return {"Cookie": cookies, "X-CSRFToken": guard}
