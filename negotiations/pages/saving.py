"""From a valid form to one verb."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _

from negotiations.models import Condition, Negotiation, ProposedFinding, Source, Tracked, User
from negotiations.rules.codes import Credibility, FindingState, Reliability, SourceKind, VerifiedBy
from negotiations.rules.errors import RuleError
from negotiations.services.act import Act, Cite
from negotiations.services.condition import change_condition_status, check_condition
from negotiations.services.finding import Finding
from negotiations.services.source import add_source

from .forms.base import ItemForm, MarkedForm
from .forms.condition import ConfirmForm, UpdateForm
from .forms.sourced import SourcedForm
from .forms.step import Doing, Step


def save_update(request: HttpRequest, row: Condition, form: UpdateForm) -> Tracked:
    """Change the status, with a new source first where one is named; all of it or nothing.

    Returns the condition, or the finding that waits for a second person. Raises VersionConflict or RuleError.
    """
    if form.changes_nothing:
        return _check(request, row, form.opened_version, form.cleaned_data["where"])
    with as_rules():
        return change_condition_status(
            row,
            act=act_of(request, form, row.negotiation, like=row),
            version=form.opened_version,
            status=form.status_sent,
            finding=finding_of(form),
        )


def save_check(request: HttpRequest, row: Condition, form: ConfirmForm) -> Tracked:
    """Record that the status is still true. Raises VersionConflict or RuleError."""
    return _check(request, row, form.opened_version, form.cleaned_data["where"])


def _check(request: HttpRequest, row: Condition, version: int, where: str) -> Tracked:
    act = Act(actor=signed_in(request), request_id=request_id(request))
    return check_condition(row, act=act, version=version, where=where)


def save_step(request: HttpRequest, step: Step, form: ItemForm, negotiation: Negotiation, item: object) -> Tracked:
    """Do what a form of any other step says. Raises VersionConflict, RuleError or NotPermitted."""
    with as_rules():
        act = act_of(request, form, negotiation, like=item if isinstance(item, Tracked) else None)
        return step.run(Doing(user=signed_in(request), negotiation=negotiation, act=act, form=form, item=item))


@contextmanager
def as_rules() -> Iterator[None]:
    """One transaction, in which what a column refuses is told like what a rule refuses."""
    try:
        with transaction.atomic():
            yield
    except ValidationError as refused:
        fields = {name: " ".join(why) for name, why in getattr(refused, "message_dict", {}).items()}
        raise RuleError(" ".join(refused.messages), code="invalid", fields=fields) from None


def act_of(request: HttpRequest, form: ItemForm, negotiation: Negotiation, *, like: Tracked | None) -> Act:
    """The act a form describes; a new source is added first, marked like the item it is cited for."""
    data = form.cleaned_data
    act = Act(
        actor=signed_in(request),
        reason=data.get("reason") or "",
        effective_at=form.moment,
        readers=tuple(data.get("readers") or ()) if isinstance(form, MarkedForm) else (),
        request_id=request_id(request),
    )
    if not isinstance(form, SourcedForm):
        return act
    source = form.source_chosen or new_source(act, form, negotiation, like)
    credibility = data["credibility"] or Credibility.CANNOT_BE_JUDGED
    cites = (Cite(source=source, credibility=credibility, quote=data["quote"]),) if source else ()
    missing = "" if source else data["no_source_reason"]
    return replace(act, cites=cites, no_source_reason=missing)


def new_source(act: Act, form: SourcedForm, negotiation: Negotiation, like: Tracked | None) -> Source | None:
    """The source described beside the statement, as narrow as what it is cited for; None where there is none."""
    if not form.names_new_source:
        return None
    data = form.cleaned_data
    reach = {name: getattr(like, name) for name in ("marking", "organisation") if hasattr(like, name)}
    if isinstance(form, MarkedForm) and act.actor is not None:
        reach = Doing(user=act.actor, negotiation=negotiation, act=act, form=form).reach
    return add_source(
        act=act,
        negotiation=negotiation,
        publisher=data["new_publisher"],
        title=data["new_title"],
        url=data["new_url"],
        kind=data["new_kind"] or SourceKind.NEWS_REPORT,
        reliability=data["new_reliability"] or Reliability.F,
        **reach,
    )


def finding_of(form: UpdateForm) -> Finding:
    """What the new status rests on, as the form says."""
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


def words_for(saved: Tracked, ref: str) -> str:
    """What is said once something is saved: a finding of one person alone only waits for a second."""
    if isinstance(saved, ProposedFinding) and saved.state == FindingState.PROPOSED:
        return _("Proposed for %(ref)s. It becomes its status once a second person confirms it.") % {"ref": ref}
    return _("%(ref)s saved.") % {"ref": ref} if ref else _("Saved.")


def signed_in(request: HttpRequest) -> User:
    """The person behind a request that `login_required` let through."""
    assert isinstance(request.user, User)  # noqa: S101  every caller requires a signed-in user
    return request.user


def request_id(request: HttpRequest) -> str:
    return request.headers.get("X-Request-ID", "")[:64]
