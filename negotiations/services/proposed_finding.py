"""Verbs on findings that wait for a second person, where a negotiation asks for two."""

from __future__ import annotations

from dataclasses import replace

from django.utils.translation import gettext as _

from negotiations.access.viewer import viewer_for
from negotiations.models import Citation, Condition, Entry, Negotiation, ProposedFinding
from negotiations.rules.codes import FindingState, Marking
from negotiations.rules.errors import NotPermitted, RuleError
from negotiations.rules.marking import narrowest, rank
from negotiations.rules.two_person import check_not_void, check_second_person, check_undecided, needs_second_person

from .act import Act, Cite
from .citing import with_sources_as_saved
from .finding import Finding, assess, check_assessment
from .record import Record, writing
from .roles import seat_of


def waits_for_second(condition: Condition, status: str) -> bool:
    """Whether a change to this status is only proposed: the rule is on, and the status is one it speaks of.

    To be asked while the stream is locked, so that the rule cannot be switched meanwhile.
    """
    if not needs_second_person(status):
        return False
    return Negotiation.objects.filter(pk=condition.negotiation_id, two_person_rule=True).exists()


def propose_finding(record: Record, condition: Condition, status: str, finding: Finding) -> ProposedFinding:
    """Propose a status of a locked condition, once it was checked, to a second person.

    An accusation that nobody has confirmed stays with the members: TLP:AMBER, or as narrow as the
    condition. Raises RuleError where the same is proposed already, as far as the proposer may see.
    """
    person = record.act.actor
    if person is None:
        raise NotPermitted(_("Only a person can propose this."))
    waiting = ProposedFinding.objects.visible_to(viewer_for(person)).filter(
        condition=condition, opened_version=condition.version, status=status, state=FindingState.PROPOSED
    )
    if waiting.exists():
        raise RuleError(_("This is proposed already and waits for a second person."), code="finding_proposed_already")
    seat = seat_of(person, condition.negotiation)
    is_cleared = seat is None or rank(seat.clearance) >= rank(Marking.AMBER)
    proposed = ProposedFinding(
        negotiation=condition.negotiation,
        condition=condition,
        opened_version=condition.version,
        status=status,
        found_at=record.effective_at,
        verified_by=finding.verified_by,
        verified_by_actor=finding.verified_by_actor,
        verification_method=finding.verification_method,
        verification_access=finding.verification_access,
        verified_at=finding.verified_at,
        value=finding.value,
        proposed_by=person,
        marking=narrowest([condition.marking, Marking.AMBER if is_cleared else condition.marking]),
        organisation=condition.organisation,
    )
    return record.create(proposed, "proposedfinding.made")


def confirm_finding(proposed: ProposedFinding, *, act: Act, version: int | None) -> ProposedFinding:
    """Agree as a second person: the status changes as it was proposed, on the reason and sources given then.

    Both entries are written or neither. Raises NotPermitted for the proposer, RuleError for what was
    decided or is void, and whatever the guards of the status say today.
    """
    with writing(proposed.negotiation, act) as record:
        saved = lock_undecided(record, proposed, act, version)
        condition = record.lock(saved.condition, None)
        check_not_void(saved.state, opened_version=saved.opened_version, version=condition.version)
        record.change(saved, "proposedfinding.confirmed", state=FindingState.CONFIRMED, decided_by=act.actor)
        told = Entry.objects.select_related("payload").get(subject_id=saved.public_id, verb="proposedfinding.made")
        record.act = with_sources_as_saved(as_proposed(told, act), proposed.negotiation)
        record.effective_at = saved.found_at
        finding = finding_of(saved)
        check_assessment(record, condition, saved.status, finding)
        assess(record, condition, saved.status, finding)
        return saved


def decline_finding(proposed: ProposedFinding, *, act: Act, version: int | None) -> ProposedFinding:
    """Decline as a second person, with a reason; the condition stays as it is."""
    if not act.reason.strip():
        raise RuleError(_("Say why you decline."), code="reason_missing", fields={"reason": _("Say why you decline.")})
    with writing(proposed.negotiation, act) as record:
        saved = lock_undecided(record, proposed, act, version)
        record.change(saved, "proposedfinding.declined", state=FindingState.DECLINED, decided_by=act.actor)
        return saved


def lock_undecided(record: Record, proposed: ProposedFinding, act: Act, version: int | None) -> ProposedFinding:
    """The proposal as saved now, locked, for somebody who may decide on it."""
    saved = record.lock(proposed, version)
    check_undecided(saved.state)
    check_second_person(proposer=saved.proposed_by_id, decider=act.actor.pk if act.actor else None)
    return saved


def as_proposed(told: Entry, act: Act) -> Act:
    """The confirming act with the reason and the sources of the entry that proposed."""
    cited = Citation.objects.filter(entry=told).select_related("source").order_by("pk")
    return replace(
        act,
        reason=told.payload.reason,
        no_source_reason=told.payload.no_source_reason,
        cites=tuple(cite_again(one) for one in cited),
        effective_at=told.effective_at,
    )


def cite_again(one: Citation) -> Cite:
    """A citation as an act carries it."""
    return Cite(
        source=one.source,
        credibility=one.credibility,
        quote=one.quote,
        quote_language=one.quote_language,
        translation=one.translation,
        translated_by=one.translated_by,
        translator=one.translator,
        locator=one.locator,
    )


def finding_of(proposed: ProposedFinding) -> Finding:
    """What was proposed, as the verb on conditions takes it."""
    return Finding(
        verified_by=proposed.verified_by,
        verified_by_actor=proposed.verified_by_actor,
        verification_method=proposed.verification_method,
        verification_access=proposed.verification_access,
        verified_at=proposed.verified_at,
        value=proposed.value,
    )
