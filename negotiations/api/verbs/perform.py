"""How every verb is carried out: who may, once, on which version, with what; then the item as it is now."""

from __future__ import annotations

from typing import Any, cast

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.utils.translation import gettext as _
from rest_framework.request import Request

from negotiations.access.doors import may_open, require_any
from negotiations.access.viewer import viewer_for
from negotiations.models import Tracked, User
from negotiations.rules.codes import Marking
from negotiations.rules.marking import Viewer, rank

from ..auth import require_signed_in
from ..errors import Problem
from ..precondition import required_version, sent_version
from ..sending import answer_once
from ..views.base import ApiView
from .answering import answer_with
from .body import Told
from .finding import negotiation_of
from .scope import Scope, own_organisation
from .verb import Call, Verb


def perform(view: ApiView, request: Request, verb: Verb, target: Any) -> HttpResponse:
    """Carry out a verb on what was found and answer with the item; each refusal comes in the order of the text.

    401 for nobody in particular, 403 without the right, then what was kept under the caller's
    Idempotency-Key, 428 and 412 for the version, 400 for fields, 422 for what a rule refuses.
    """
    person = person_of(request)
    require_right(view.viewer, person, verb, target)

    def do() -> HttpResponse:
        version = version_for(request, verb)
        scope = Scope(view.viewer, negotiation_of(target) if target is not None else None)
        done = carry_out(verb, scope, person, target, request.data, version, request_id=request_id_of(request))
        view.viewer = viewer_for(person)
        return answer_with(view, request, done, is_new=verb.makes is not None)

    return answer_once(request, person, do)


def person_of(request: Request) -> User:
    """Who calls; NotAuthenticated (401) for nobody in particular."""
    require_signed_in(request)
    return cast("User", request.user)


def require_right(viewer: Viewer, person: User, verb: Verb, target: Any) -> None:
    """Raise PermissionDenied unless the caller's seat allows the verb, or one of those it may turn out to be."""
    if target is None:
        if not may_open(viewer, person):
            raise PermissionDenied(_("Only a lead or an administrator can open a negotiation."))
        return
    require_any(viewer, negotiation_of(target), verb.names)


def version_for(request: Request, verb: Verb) -> int | None:
    """The version the caller has read, where the verb changes an existing item."""
    return required_version(request) if verb.takes_version else sent_version(request)


def carry_out(
    verb: Verb,
    scope: Scope,
    person: User,
    target: Any,
    sent: Any,
    version: int | None,
    *,
    request_id: str,
) -> Tracked:
    """Check what was sent and call the service; returns what it made or changed."""
    body = verb.body(data=sent, context={"scope": scope, "item": target})
    body.is_valid(raise_exception=True)
    if verb.method == "patch" and not body.sent():
        raise Problem(400, "nothing_to_change", _("Send at least one field to change."))
    act = body.act(actor=person, request_id=request_id, dated=body.validated_data.get(verb.dated_by))
    values = placed(body, scope) if verb.makes else body.sent()
    done = verb.run(Call(scope=scope, person=person, act=act, values=values, item=target, version=version))
    return verb.answers_with(done)


def placed(body: Told, scope: Scope) -> dict[str, Any]:
    """What was sent for a new item, with its originator's organisation where the marking is bound to one."""
    values = body.sent()
    if rank(values.get("marking", Marking.CLEAR)) > rank(Marking.AMBER) and scope.negotiation is not None:
        values["organisation"] = own_organisation(scope.viewer, scope.negotiation)
    return values


def request_id_of(request: Request) -> str:
    return str(getattr(request, "request_id", ""))
