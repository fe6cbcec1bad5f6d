"""Who calls: the browser's session, with its CSRF guard."""

from __future__ import annotations

from rest_framework.authentication import SessionAuthentication
from rest_framework.exceptions import NotAuthenticated
from rest_framework.request import Request


class BrowserSession(SessionAuthentication):
    """The session a person signed in with; names its scheme, so that a missing log-in is a 401."""

    def authenticate_header(self, request: Request) -> str:  # noqa: ARG002  the signature is the framework's
        return 'Session realm="tracker"'


def require_signed_in(request: Request) -> None:
    """Raise NotAuthenticated (401) for nobody in particular; ask after the object was found."""
    if not request.user.is_authenticated:
        raise NotAuthenticated
