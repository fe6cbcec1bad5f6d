"""Who calls: a program with a token, or the browser's session with its CSRF guard."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework.authentication import BaseAuthentication, SessionAuthentication
from rest_framework.exceptions import AuthenticationFailed, NotAuthenticated, PermissionDenied
from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request

from negotiations.access.second_factor import needs_second_factor
from negotiations.access.token import living_token
from negotiations.models import Token, User
from negotiations.rules.codes import TokenScope
from negotiations.services.token import note_use

SCHEME = "bearer"
CHALLENGE = 'Bearer realm="tracker"'


class BearerToken(BaseAuthentication):
    """A token in the header `Authorization`. It wins over a session and needs no CSRF guard.

    One that is none, has expired or was revoked is refused (401) even where anybody may read: a program
    that believes it is signed in must not go on with less than it thinks it sees.
    """

    def authenticate(self, request: Request) -> tuple[User, Token] | None:
        header = request.META.get("HTTP_AUTHORIZATION")
        if header is None:
            return None
        now = timezone.now()
        token = living_token(secret_in(header), now)
        if token is None:
            raise AuthenticationFailed(_("This token is unknown, expired or revoked."), "invalid_token")
        if token.last_used_on != now.date():
            note_use(token.pk, now.date())
        return token.user, token

    def authenticate_header(self, request: Request) -> str:
        return challenge(is_wrong="HTTP_AUTHORIZATION" in request.META)


class BrowserSession(SessionAuthentication):
    """The session a person signed in with; refused (403) while a seat asks for a second factor they have not."""

    def authenticate(self, request: Request) -> tuple[User, None] | None:
        found: tuple[User, None] | None = super().authenticate(request)
        if found and needs_second_factor(found[0]):
            raise PermissionDenied(_("Your role needs a second step at signing in. Set one up first."), "mfa_required")
        return found


def secret_in(header: str) -> str:
    """The secret of an `Authorization: Bearer` header, empty for any other."""
    scheme, _space, secret = header.partition(" ")
    return secret.strip() if scheme.lower() == SCHEME else ""


def challenge(*, is_wrong: bool) -> str:
    """What a 401 says of how to sign in (RFC 6750)."""
    return f'{CHALLENGE}, error="invalid_token"' if is_wrong else CHALLENGE


def token_id_of(request: Request) -> int | None:
    return request.auth.pk if isinstance(request.auth, Token) else None


def require_signed_in(request: Request) -> None:
    """Raise NotAuthenticated (401) for nobody in particular; ask after the object was found."""
    if not request.user.is_authenticated:
        raise NotAuthenticated


def require_session(request: Request) -> None:
    """Refuse a token (403) where only a person may act, and nobody in particular (401)."""
    if isinstance(request.auth, Token):
        raise PermissionDenied(_("Sign in as a person: a token does not do this."), "session_required")
    require_signed_in(request)


def require_scope(request: Request) -> None:
    """Refuse a token that only reads (403) whatever would change something, there or not."""
    token = request.auth
    if isinstance(token, Token) and token.scope != TokenScope.WRITE and request.method not in SAFE_METHODS:
        raise PermissionDenied(_("This token only reads."), "scope_missing")
