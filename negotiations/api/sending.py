"""`Idempotency-Key`: a request that is sent again is answered again, byte for byte."""

from __future__ import annotations

from collections.abc import Callable

from django.core.exceptions import RequestDataTooBig
from django.http import HttpResponse
from django.http.request import RawPostDataException
from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework.request import Request

from negotiations.models import User
from negotiations.services.sent_once import Answer, digest_of, is_key, may_be_told_again, once

from .errors import Problem
from .parsing import too_large

# What of an answer is kept besides its body; everything else is made anew for each request.
KEPT = ("Content-Type", "ETag", "Location")
REPLAYED = "Idempotent-Replayed"


def answer_once(
    request: Request,
    person: User,
    do: Callable[[], HttpResponse],
    *,
    sent: bytes | None = None,
    is_secret: bool = False,
) -> HttpResponse:
    """Do it, or give the answer that was kept under the caller's key; without a key it is done each time.

    `sent` is what was sent where the body was read already; `is_secret` for an answer that tells a
    secret: it is kept sealed.
    """
    key = sent_key(request)
    if key is None:
        return do()
    digest = digest_of(request.method or "", request.get_full_path(), body_of(request) if sent is None else sent)
    answer = once(person, key, digest, lambda: as_answer(do()), now=timezone.now(), is_secret=is_secret)
    if answer.kept_at is not None and not may_be_told_again(person, answer.kept_at):
        # Done already; what was answered may hold what its caller has lost since.
        answer = Answer(status=204, is_replayed=True)
    response = HttpResponse(answer.body, status=answer.status, headers=dict(answer.headers))
    if answer.is_replayed:
        response[REPLAYED] = "true"
    return response


def sent_key(request: Request) -> str | None:
    """The key, with or without the quotes that the header's draft standard puts around it; 400 for what is none."""
    header = request.META.get("HTTP_IDEMPOTENCY_KEY")
    if header is None:
        return None
    key: str = header[1:-1] if len(header) > 1 and header[0] == header[-1] == '"' else header
    if not is_key(key):
        raise Problem(
            400,
            "invalid_idempotency_key",
            _("An Idempotency-Key is 1 to 255 printable ASCII characters without a space."),
        )
    return key


def body_of(request: Request) -> bytes:
    """The bytes that were sent, which the parser must find again afterwards."""
    try:
        return bytes(request._request.body)
    except RequestDataTooBig:
        raise too_large() from None
    except RawPostDataException:
        # A form, read as such by the guard of the session: no verb takes one, and the parser will say so.
        return b""


def as_answer(response: HttpResponse) -> Answer:
    kept = {name: response[name] for name in KEPT if name in response}
    return Answer(status=response.status_code, headers=kept, body=response.content)
