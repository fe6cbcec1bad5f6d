"""What addresses for somebody's own rows share, whoever they are."""

from __future__ import annotations

from typing import Any

from rest_framework.request import Request

from negotiations.models import User

from ..auth import require_session, require_signed_in
from .base import ApiView


class OwnView(ApiView):
    """An address for somebody's own rows, for them and their programs, whose answers no cache may keep."""

    def person(self, request: Request) -> User:
        """Who asks; 401 for nobody in particular."""
        require_signed_in(request)
        assert isinstance(request.user, User)  # noqa: S101  for the type checker: nobody else is signed in
        return request.user

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        done = super().finalize_response(request, response, *args, **kwargs)
        done["Cache-Control"] = "private, no-store"
        return done


class PersonalView(OwnView):
    """One for the person alone: a token does not do this."""

    def person(self, request: Request) -> User:
        require_session(request)
        return super().person(request)
