"""Verbs on negotiations as a whole."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from negotiations.models import Negotiation, Stream
from negotiations.rules.codes import Marking, Role
from negotiations.rules.errors import NotPermitted, RuleError
from negotiations.rules.marking import check_structure

from .act import Act
from .guards import check_own_verbs
from .record import writing
from .roles import role_of


def open_negotiation(*, act: Act, slug: str, title: str, **fields: Any) -> Negotiation:
    """Open a negotiation with a record of its own; nobody but its members sees it until it is published."""
    negotiation = Negotiation(slug=slug, title=title, **fields)
    check_structure(negotiation.marking or Marking.CLEAR)
    with transaction.atomic():
        negotiation.full_clean()
        negotiation.version = 1
        negotiation.save(force_insert=True)
        Stream.objects.create(negotiation=negotiation)
        with writing(negotiation, act) as record:
            record.adopt(negotiation, "negotiation.created")
            record.has_set_coverage = True
    return negotiation


def edit_negotiation(negotiation: Negotiation, *, act: Act, version: int | None, **fields: Any) -> Negotiation:
    """Change what is said of the negotiation itself; its status and publication have verbs of their own.

    The two-person rule, and whether mail may carry TLP:AMBER content, are switched by the lead, who says why.
    """
    check_own_verbs({name: value for name, value in fields.items() if name != "published" or value})
    if fields.get("two_person_rule", negotiation.two_person_rule) != negotiation.two_person_rule:
        check_rule_switch(negotiation, act)
    if fields.get("mails_amber", negotiation.mails_amber) != negotiation.mails_amber:
        check_mail_switch(negotiation, act)
    return amend_negotiation(negotiation, "negotiation.edited", act=act, version=version, only_changes=True, **fields)


def check_rule_switch(negotiation: Negotiation, act: Act) -> None:
    """Refuse to switch the two-person rule to all but the lead, and to the lead without a reason."""
    if role_of(act.actor, negotiation) != Role.LEAD:
        raise NotPermitted(_("Only the lead can switch the two-person rule."))
    check_reason(act, _("Say why the two-person rule is switched."))


def check_mail_switch(negotiation: Negotiation, act: Act) -> None:
    """Refuse to decide what mail and webhooks may carry to all but the lead, and to the lead without a reason."""
    if role_of(act.actor, negotiation) != Role.LEAD:
        raise NotPermitted(_("Only the lead can decide whether mail may carry TLP:AMBER content."))
    check_reason(act, _("Say why mail may, or may no longer, carry TLP:AMBER content."))


def check_reason(act: Act, why: str) -> None:
    """Refuse an act without a reason, with the sentence that asks for one."""
    if not act.reason.strip():
        raise RuleError(why, code="reason_missing", fields={"reason": why})


def change_negotiation_status(negotiation: Negotiation, *, act: Act, version: int | None, status: str) -> Negotiation:
    return amend_negotiation(negotiation, "negotiation.status_changed", act=act, version=version, status=status)


def publish_negotiation(negotiation: Negotiation, *, act: Act, version: int | None) -> Negotiation:
    """Open the TLP:CLEAR part to everybody and the TLP:GREEN part to every member of any negotiation."""
    return amend_negotiation(negotiation, "negotiation.published", act=act, version=version, published=True)


def amend_negotiation(
    negotiation: Negotiation, verb: str, *, act: Act, version: int | None, only_changes: bool = False, **fields: Any
) -> Negotiation:
    with writing(negotiation, act) as record:
        saved = record.lock(negotiation, version, fields)
        record.change(saved, verb, only_changes=only_changes, **fields)
        return saved
