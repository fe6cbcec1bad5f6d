"""Documents kept as bytes: answered from one look-up in the database and one round-trip to Redis.

What is kept hangs on the ends of the record's chains, on how far its reader sees, and on the address and
language asked for. Anything unusual goes the long way, which is never wrong and only slower.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache, wraps
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import orjson
from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation

from negotiations.rules.token import digest_of, is_secret
from negotiations.selectors.standing import Standing, standing_of
from negotiations.services.access_log import Shown, note_reading
from negotiations.services.token import note_use

from .auth import secret_in
from .documents import MEDIA_TYPE, is_held
from .headers import dress, language_of
from .limits import Bucket, Taken, bucket_of, declare, fill, taken_by
from .shelf import shelf

View = Callable[..., HttpResponse]
KEPT_S, KEPT_PAST_S = 900, 60
ASKING = ("as_of", "known_at")
SHAPING = frozenset({*ASKING, "lang"})


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked, by whom, as far as a kept answer can hang on it."""

    slug: str
    digest: str | None
    language: str
    held: str
    now: datetime
    about: str
    asks_moment: bool

    def key(self, standing: Standing) -> str:
        parts = (build(), self.about, self.language, standing.key)
        return "kept:" + hashlib.sha256("\n".join(parts).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Kept:
    """A document's tag: its ETag, the narrowest marking in it, and the moment from which it is no longer true."""

    etag: str
    marking: str
    until: float

    def pack(self) -> bytes:
        return orjson.dumps([self.etag, self.marking, self.until])


def kept(view: View) -> View:
    """The view, answered from what is kept where that is sure to be the same."""

    @wraps(view)
    def answer(request: HttpRequest, **named: Any) -> HttpResponse:
        question = question_of(request, named["slug"])
        standing = _standing(question) if question else None
        if question is None or standing is None or not standing.is_shared:
            return view(request, **named)
        bucket = bucket_of(request, token_id=standing.caller.token_id if standing.caller else None)
        tag, body, taken = look_up(question, standing, bucket)
        request.limit_taken = taken  # type: ignore[attr-defined]  # counted here, not again the long way
        if taken.is_over or tag is None:
            return _the_long_way(view, request, named, question, standing)
        if body is None and not is_held(question.held, tag.etag):
            return _the_long_way(view, request, named, question, standing)
        note(question, standing, tag)
        return response_of(request, question, standing, tag, body, taken)

    return answer


def question_of(request: HttpRequest, slug: str) -> Question | None:
    """None for what is never kept: other methods, sessions, parameters that shape nothing."""
    if (
        request.method != "GET"
        or settings.SESSION_COOKIE_NAME in request.COOKIES
        or not SHAPING.issuperset(request.GET)
    ):
        return None
    digest = None
    if (header := request.META.get("HTTP_AUTHORIZATION")) is not None:
        secret = secret_in(header)
        if not is_secret(secret):
            return None
        digest = digest_of(secret)
    language = language_of(request)
    if language is None:
        return None
    origin = f"{request.scheme}://{request.get_host()}"
    return Question(
        slug=slug,
        digest=digest,
        language=language,
        held=request.META.get("HTTP_IF_NONE_MATCH", ""),
        now=timezone.now(),
        about=f"{origin}{request.path}?{urlencode([(name, request.GET.get(name, '')) for name in ASKING])}",
        asks_moment=any(request.GET.get(name) for name in ASKING),
    )


def _standing(question: Question) -> Standing | None:
    try:
        return standing_of(question.slug, digest=question.digest, now=question.now)
    except DatabaseError:
        # Said in the interface's own form by the long way.
        return None


def look_up(question: Question, standing: Standing, bucket: Bucket) -> tuple[Kept | None, bytes | None, Taken]:
    """The tag and, unless the caller may have it, the body; and the request counted, all in one round-trip."""
    key, now = question.key(standing), time.time()
    names = [f"{key}:tag"] if question.held else [f"{key}:tag", f"{key}:body"]

    def commands(pipeline: Any) -> None:
        fill(pipeline, bucket, now)
        pipeline.mget(names)

    found = shelf().ask(commands)
    taken = taken_by(bucket, now, found)
    packed, body = (*found[2], None)[:2] if found else (None, None)
    tag = Kept(*orjson.loads(packed)) if packed else None
    if tag is not None and tag.until <= question.now.timestamp():
        return None, None, taken
    return tag, body, taken


def _the_long_way(
    view: View, request: HttpRequest, named: dict[str, Any], question: Question, standing: Standing
) -> HttpResponse:
    """Make the document, keep it, and only then ask whether the caller has it: a 304 leaves nothing to keep."""
    request.META.pop("HTTP_IF_NONE_MATCH", None)
    response = view(request, **named)
    if response.status_code != 200:
        return response
    _keep(question, standing, response)
    if is_held(question.held, response.headers["ETag"]):
        response.status_code = 304
        response.content = b""
    return response


def _keep(question: Question, standing: Standing, response: HttpResponse) -> None:
    """Keep what was made, unless a word was written or a right changed meanwhile."""
    document = orjson.loads(response.content)
    seconds = _seconds_true(document, question, standing)
    if seconds <= 0 or not _is_still(question, standing):
        return
    tag = Kept(response.headers["ETag"], document["marking"], question.now.timestamp() + seconds)
    key = question.key(standing)

    def commands(pipeline: Any) -> None:
        pipeline.set(f"{key}:tag", tag.pack(), ex=seconds)
        pipeline.set(f"{key}:body", response.content, ex=seconds)

    shelf().ask(commands, together=True)


def _is_still(question: Question, standing: Standing) -> bool:
    after = _standing(question)
    return after is not None and (after.key, after.is_shared) == (standing.key, standing.is_shared)


def _seconds_true(document: dict[str, Any], question: Question, standing: Standing) -> int:
    """For how long the document may be kept; 0 where the mere clock could make the same question another one."""
    if document["is_past"]:
        return KEPT_PAST_S
    if document["coverage_has_ended"]:
        return KEPT_S
    if question.asks_moment:
        # Today's date becomes the end of that day at midnight.
        return 0
    most = timedelta(seconds=KEPT_S)
    if standing.coverage_end is not None:
        most = min(most, standing.coverage_end - question.now)
    if document["valid_until"] is not None:
        most = min(most, datetime.fromisoformat(document["valid_until"]) - question.now)
    return int(most.total_seconds())


def note(question: Question, standing: Standing, tag: Kept) -> None:
    """What a reading leaves behind, kept or not: the day a token was used, and who read what is marked AMBER."""
    caller = standing.caller
    if caller is None:
        return
    today = question.now.date()
    if caller.last_used_on != today:
        note_use(caller.token_id, today)
    shown = Shown("negotiation", standing.public_id, tag.marking)
    note_reading(caller.viewer, standing.negotiation_id, [shown], now=question.now)


def response_of(
    request: HttpRequest, question: Question, standing: Standing, tag: Kept, body: bytes | None, taken: Taken
) -> HttpResponse:
    headers = {"ETag": tag.etag}
    if body is None or is_held(question.held, tag.etag):
        response = HttpResponse(status=304, content_type=MEDIA_TYPE, headers=headers)
    else:
        response = HttpResponse(body, content_type=MEDIA_TYPE, headers=headers)
    translation.activate(question.language)
    dress(response, is_anybody=standing.caller is None, method=str(request.method))
    declare(response, taken)
    return response


@cache
def build() -> str:
    """The program that makes the documents: what another one kept is not this one's answer."""
    root = Path(settings.BASE_DIR)
    digest = hashlib.sha256(settings.DATA_LICENSE.encode())
    for path in sorted([*(root / "negotiations").rglob("*.py"), *(root / "locale").rglob("*.mo")]):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
