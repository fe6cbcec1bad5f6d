"""What was typed into a form and not saved: parked as a draft, and put into the form again."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, QueryDict
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from negotiations.models import Draft, Negotiation, User
from negotiations.rules.codes import DraftKind
from negotiations.rules.errors import RuleError
from negotiations.services.draft import discard, draft_of, park
from negotiations.services.sent_once import is_key

from .once import UNTYPED, keep_for

# Which button was pressed is not what was typed.
BUTTONS = frozenset({"park", "on_top"})


def park_form(request: HttpRequest, user: User, *, title: str, negotiation: Negotiation | None = None) -> Draft:
    """Keep a form as it was sent, over the draft it came from. Raises RuleError beyond the bounds of drafts."""
    before = draft_of(user, request.POST.get("draft", ""), DraftKind.FORM)
    return park(
        user,
        kind=DraftKind.FORM,
        content={
            "address": address_of(request),
            "fields": fields_of(request.POST),
            "key": keep_for(request).key,
        },
        title=title,
        now=timezone.now(),
        draft=before or sent_before(user, request.POST.get("once", "")),
        negotiation=negotiation,
        marking=request.POST.get("marking", ""),
    )


def sent_before(user: User, key: str) -> Draft | None:
    """The draft that an earlier try of the same form left behind."""
    if not is_key(key):
        return None
    return Draft.objects.filter(user=user, kind=DraftKind.FORM, content__key=key).first()


def address_of(request: HttpRequest) -> str:
    """The page a form stands on: forms of their own page post to themselves, others name it."""
    page = request.POST.get("page", "")
    is_here = page.startswith("/") and url_has_allowed_host_and_scheme(page, allowed_hosts=None)
    return page if is_here else request.get_full_path()


def fields_of(sent: QueryDict) -> dict[str, list[Any]]:
    """What was typed, field by field."""
    # The database keeps no NUL, and nobody types one.
    every = {name: [value.replace("\0", "") for value in values] for name, values in sent.lists()}
    return {name: values for name, values in every.items() if name not in UNTYPED | BUTTONS and "\0" not in name}


def parked_fields(request: HttpRequest) -> QueryDict | None:
    """The fields of the reader's own draft that the address names; None without one."""
    asked = request.GET.get("draft", "")
    if not asked or not isinstance(request.user, User):
        return None
    draft = draft_of(request.user, asked, DraftKind.FORM)
    if draft is None:
        return None
    found = QueryDict(mutable=True)
    for name, values in draft.content.get("fields", {}).items():
        found.setlist(name, values)
    return found


def type_again(form: forms.Form, request: HttpRequest) -> None:
    """Put the fields of the draft the address names into a fresh form: shown as typed, not judged yet."""
    fields = parked_fields(request)
    if fields is not None:
        typed = {name: _value(field, fields, name) for name, field in form.fields.items() if name in fields}
        form.initial = {**form.initial, **typed}


def _value(field: forms.Field, fields: QueryDict, name: str) -> Any:
    return field.widget.value_from_datadict(fields, {}, name)


def forget(request: HttpRequest, user: User) -> None:
    """The draft a saved form came from is done with."""
    if asked := request.POST.get("draft", ""):
        discard(user, asked)


def park_for(request: HttpRequest, owner: User, title: str) -> str:
    """Park a form whose sender is signed out for its owner; the sentence that says how that went."""
    try:
        park_form(request, owner, title=title)
    except RuleError as refused:
        return refused.message
    return _("You were signed out before this was saved. What you typed is kept as a draft; sign in to go on.")
