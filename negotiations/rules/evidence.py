"""What a change of status must rest on before anybody may record it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from .codes import ConditionStatus, IncidentStatus, VerificationMethod, VerifiedBy, VerifierAccess
from .errors import EvidenceRefused

# Met burdens the side that waits, breached the side that owes: that side's own word is an
# acknowledgement, the other side's word only a claim.
ACCEPTED_WORD: dict[ConditionStatus, frozenset[VerifiedBy]] = {
    ConditionStatus.MET: frozenset({VerifiedBy.COUNTERPARTY, VerifiedBy.THIRD_PARTY}),
    ConditionStatus.BREACHED: frozenset({VerifiedBy.OBLIGOR, VerifiedBy.THIRD_PARTY}),
}
FINDINGS = frozenset({IncidentStatus.CONFIRMED_VIOLATION, IncidentStatus.NOT_A_VIOLATION, IncidentStatus.INCONCLUSIVE})
_NEEDS_PRESENCE = frozenset({VerificationMethod.ON_SITE, VerificationMethod.COUNT_AT_CROSSING})


@dataclass(frozen=True, slots=True)
class Evidence:
    """One citation as a guard sees it: its Admiralty grades and whether every reader of the item may see it."""

    reliability: str
    credibility: str
    visible_to_all_readers: bool

    @property
    def is_b2_or_better(self) -> bool:
        """Both grades count, each on its own scale: an A4 or an F1 is not enough."""
        return self.reliability in ("A", "B") and self.credibility in ("1", "2")


@dataclass(frozen=True, slots=True)
class Verification:
    """Who found it, how, with what access and when; `which` names the third party."""

    by: str
    method: str | None = None
    access: str | None = None
    at: datetime | None = None
    which: object | None = None


def check_evidence(
    new_status: str,
    *,
    reason: str,
    evidence: Iterable[Evidence] = (),
    no_source_reason: str = "",
    verification: Verification | None = None,
    claims_differ: bool = False,
    waived_by: object | None = None,
    beneficiaries: Collection[object] = (),
    suspension_announced: bool = False,
) -> None:
    """Raise EvidenceRefused, with everything that is missing at once, unless the change may be recorded.

    `claims_differ` says that two claims on this condition differ; `suspension_announced` that a cited
    source is the obligor's announcement. Where `beneficiaries` are known, only one of them can waive.
    """
    status = ConditionStatus(new_status)
    citations = tuple(evidence)
    problems = _basis(reason, citations, no_source_reason)
    if status in ACCEPTED_WORD:
        problems |= _finding(status, citations, verification)
    elif status is ConditionStatus.CONTESTED and not claims_differ:
        problems["claims_differ"] = _("“Contested” needs two claims that differ. Record what each side says first.")
    elif status is ConditionStatus.WAIVED:
        problems |= _waiver(waived_by, beneficiaries)
    elif status is ConditionStatus.SUSPENDED:
        problems |= _suspension(citations, announced=suspension_announced)
    _refuse(problems)


def check_incident_evidence(
    new_status: str,
    *,
    reason: str,
    evidence: Iterable[Evidence] = (),
    no_source_reason: str = "",
    finding_by: object | None = None,
    finding_by_is_party: bool = False,
) -> None:
    """Raise EvidenceRefused unless the step in an inquiry may be recorded.

    Confirmed, not a violation and inconclusive are only ever a named body's finding, and a party to
    the negotiation is not such a body.
    """
    problems = _basis(reason, tuple(evidence), no_source_reason)
    if IncidentStatus(new_status) in FINDINGS:
        if finding_by is None:
            problems["finding_by"] = _("This is a finding: name the body that found it.")
        elif finding_by_is_party:
            problems["finding_by"] = _("A party cannot find on an incident; record what it says as a claim.")
    _refuse(problems)


def _basis(reason: str, citations: tuple[Evidence, ...], no_source_reason: str) -> dict[str, str]:
    problems: dict[str, str] = {}
    if not reason.strip():
        problems["reason"] = _("Give the reason for this change.")
    if _visible(citations) or no_source_reason.strip():
        return problems
    if citations:
        problems["evidence"] = _(
            "Every source cited is narrower than the item. Cite one that all its readers may see, "
            "or say why there is none; the narrower ones can support it."
        )
    else:
        problems["evidence"] = _("Cite at least one source, or say why there is none to cite.")
    return problems


def _finding(status: ConditionStatus, citations: tuple[Evidence, ...], found: Verification | None) -> dict[str, str]:
    problems: dict[str, str] = {}
    if not any(citation.is_b2_or_better for citation in _visible(citations)):
        sentence = _("“%(status)s” needs a source graded B2 or better that all readers of the item may see.")
        problems["evidence"] = sentence % {"status": status.label}
    objection = _objection(status, found)
    if objection:
        problems["verification"] = objection
    return problems


def _objection(status: ConditionStatus, found: Verification | None) -> str:
    if found is None or VerifiedBy(found.by) not in ACCEPTED_WORD[status]:
        if status is ConditionStatus.MET:
            return _(
                "“Met” needs the counterparty's acknowledgement or a verifier's finding. "
                "One side's word gives at most “Reported met” or “Contested”."
            )
        return _(
            "“Breached” needs a verifier's finding or the acknowledgement of the side that owes it. "
            "An allegation is a claim and gives at most “Contested”."
        )
    if VerifiedBy(found.by) is not VerifiedBy.THIRD_PARTY:
        return ""
    if found.which is None:
        return _("Name the verifier or third party whose finding this is.")
    if found.method == VerificationMethod.SELF_REPORT:
        return _("A finding that only repeats a side's own report is that side's word; record it as its claim.")
    if found.access == VerifierAccess.DENIED and found.method in _NEEDS_PRESENCE:
        return _("A verifier whose access was denied cannot have found this on the spot.")
    return ""


def _waiver(waived_by: object | None, beneficiaries: Collection[object]) -> dict[str, str]:
    if waived_by is None or waived_by == "":
        return {"waived_by": _("Name the party that waives this condition.")}
    if beneficiaries and waived_by not in beneficiaries:
        return {"waived_by": _("Only a party that benefits from this condition can waive it.")}
    return {}


def _suspension(citations: tuple[Evidence, ...], *, announced: bool) -> dict[str, str]:
    if announced and _visible(citations):
        return {}
    return {"suspension_announced": _("“Suspended” cites the obligor's announcement that it withholds performance.")}


def _visible(citations: tuple[Evidence, ...]) -> tuple[Evidence, ...]:
    return tuple(citation for citation in citations if citation.visible_to_all_readers)


def _refuse(problems: dict[str, str]) -> None:
    if problems:
        raise EvidenceRefused(" ".join(problems.values()), fields=problems)
