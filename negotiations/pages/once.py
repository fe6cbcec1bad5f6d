"""A form sent twice is saved once: its key, whose it is, and the draft it came from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from negotiations.models import User
from negotiations.models.sent_once import new_key
from negotiations.services.sent_once import Answer, digest_of, is_key, once

SALT = "negotiations.form"
# What says nothing of what was typed: a token that changes with each page, and which button was pressed.
UNTYPED = frozenset({"csrfmiddlewaretoken", "once", "whose", "draft"})
FORM_AGE = 14 * 24 * 3600


@dataclass(frozen=True, slots=True)
class Keep:
    """What a form carries besides its fields: the key it is saved under, whose it is, and its draft."""

    key: str
    whose: str
    draft: str = ""


def keep_for(request: HttpRequest) -> Keep:
    """The key that was sent, so that trying again is the same form; else a new one."""
    sent = request.POST.get("once", "")
    draft = request.POST.get("draft") or request.GET.get("draft", "")
    return Keep(sent if is_key(sent) and len(sent) <= 64 else new_key(), whose(request), draft)


def whose(request: HttpRequest) -> str:
    """Whose form it is, signed: it is parked for them alone if their session ends while they type."""
    return signing.dumps(request.user.pk, salt=SALT) if request.user.is_authenticated else ""


def owner_of(request: HttpRequest) -> User | None:
    """The person a form was made for; None if that cannot be told."""
    try:
        pk = signing.loads(request.POST.get("whose", ""), salt=SALT, max_age=FORM_AGE)
    except signing.BadSignature:
        return None
    return User.objects.filter(pk=pk, is_active=True).first()


def saved_once(request: HttpRequest, user: User, do: Callable[[], str]) -> tuple[str, bool]:
    """Do what the form says, or find that it was done: the address to go to, and whether it was done before.

    A form that was changed and sent again is another one: what was typed is part of the key.
    """
    sent = request.POST.get("once", "")
    if not is_key(sent) or len(sent) > 64:
        return do(), False
    digest = digest_of("POST", request.path, typed(request))
    answer = once(
        user,
        f"form-{sent}-{digest}",
        digest,
        lambda: Answer(status=303, headers={"Location": do()}),
        now=timezone.now(),
    )
    return answer.headers["Location"], answer.is_replayed


def told_once(request: HttpRequest, user: User, do: Callable[[], str]) -> str:
    """As `saved_once`, where `do` tells a secret: it is kept sealed for a day and told again to the same form.

    Empty where what was kept cannot be opened any more.
    """
    sent = request.POST.get("once", "")
    if not is_key(sent) or len(sent) > 64:
        return do()
    digest = digest_of("POST", request.path, typed(request))
    answer = once(
        user,
        f"form-{sent}-{digest}",
        digest,
        lambda: Answer(status=201, body=do().encode()),
        now=timezone.now(),
        is_secret=True,
    )
    return answer.body.decode()


def typed(request: HttpRequest) -> bytes:
    """What was typed and chosen, in one order whatever the browser's."""
    fields = {name: values for name, values in request.POST.lists() if name not in UNTYPED}
    every = [(name, file) for name, files in request.FILES.lists() for file in files]
    files = sorted((name, file.name or "", file.size or 0) for name, file in every)
    return repr((sorted(fields.items()), files)).encode()


def see_other(address: str) -> HttpResponse:
    """Go and look there, after something was saved."""
    return HttpResponse(status=303, headers={"Location": address})
