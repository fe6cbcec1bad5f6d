"""From a valid form to one verb."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest

from negotiations.models import Condition, Source, User
from negotiations.rules.codes import Credibility, Reliability, SourceKind, VerifiedBy
from negotiations.rules.errors import RuleError
from negotiations.services.act import Act, Cite
from negotiations.services.condition import change_condition_status, check_condition
from negotiations.services.finding import Finding
from negotiations.services.source import add_source

from .forms.condition import ConfirmForm, UpdateForm


def save_update(request: HttpRequest, row: Condition, form: UpdateForm) -> None:
    """Change the status, with a new source first where one is named; all of it or nothing.

    Raises VersionConflict or RuleError.
    """
    user = signed_in(request)
    try:
        with transaction.atomic():
            source = form.source_chosen or _new_source(user, row, form)
            change_condition_status(
                row,
                act=_act(request, form, source),
                version=form.opened_version,
                status=form.cleaned_data["status"],
                finding=_finding(form),
            )
    except ValidationError as refused:
        fields = {name: " ".join(why) for name, why in getattr(refused, "message_dict", {}).items()}
        raise RuleError(" ".join(refused.messages), code="invalid", fields=fields) from None


def save_check(request: HttpRequest, row: Condition, form: ConfirmForm) -> None:
    """Record that the status is still true. Raises VersionConflict or RuleError."""
    act = Act(actor=signed_in(request), request_id=_request_id(request))
    check_condition(row, act=act, version=form.opened_version, where=form.cleaned_data["where"])


def _act(request: HttpRequest, form: UpdateForm, source: Source | None) -> Act:
    data = form.cleaned_data
    credibility = data["credibility"] or Credibility.CANNOT_BE_JUDGED
    cites = (Cite(source=source, credibility=credibility, quote=data["quote"]),) if source else ()
    return Act(
        actor=signed_in(request),
        reason=data["reason"],
        cites=cites,
        no_source_reason="" if source else data["no_source_reason"],
        effective_at=form.moment,
        request_id=_request_id(request),
    )


def _new_source(user: User, row: Condition, form: UpdateForm) -> Source | None:
    if not form.names_new_source:
        return None
    data = form.cleaned_data
    return add_source(
        act=Act(actor=user, reason=data["reason"], effective_at=form.moment),
        negotiation=row.negotiation,
        publisher=data["new_publisher"],
        title=data["new_title"],
        url=data["new_url"],
        kind=data["new_kind"] or SourceKind.NEWS_REPORT,
        reliability=data["new_reliability"] or Reliability.F,
        marking=row.marking,
        organisation=row.organisation,
    )


def _finding(form: UpdateForm) -> Finding:
    data = form.cleaned_data
    actor = form.actors.get(data["verified_by_actor"]) if data["verified_by"] == VerifiedBy.THIRD_PARTY else None
    party = form.parties.get(data["waived_by"])
    return Finding(
        verified_by=data["verified_by"],
        verified_by_actor=actor,
        verification_method=data["verification_method"],
        verification_access=data["verification_access"],
        value=data["value"],
        waived_by=party[0] if party else None,
        suspended_until=data["suspended_until"],
    )


def signed_in(request: HttpRequest) -> User:
    """The person behind a request that `login_required` let through."""
    assert isinstance(request.user, User)  # noqa: S101  every caller requires a signed-in user
    return request.user


def _request_id(request: HttpRequest) -> str:
    return request.headers.get("X-Request-ID", "")[:64]
