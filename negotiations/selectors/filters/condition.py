"""How lists of conditions are narrowed."""

from __future__ import annotations

from negotiations.models import Clause, Party, Phase, ThirdParty
from negotiations.rules.codes import AgreementState, ConditionCategory, ConditionKind, ConditionStatus, VerifiedBy

from .item import ItemFilter
from .kinds import CodeFilter, FlagFilter, from_to
from .related import PersonFilter, RelatedFilter


class ConditionFilter(ItemFilter):
    """Conditions: by their text, their status and what is computed of them."""

    status = CodeFilter(ConditionStatus)
    kind = CodeFilter(ConditionKind)
    category = CodeFilter(ConditionCategory)
    agreement_state = CodeFilter(AgreementState)
    verified_by = CodeFilter(VerifiedBy)
    phase = RelatedFilter(Phase)
    clause = RelatedFilter(Clause)
    obligor = RelatedFilter(Party, "obligors")
    beneficiary = RelatedFilter(Party)
    verifier = RelatedFilter(ThirdParty)
    finding_rejected_by = RelatedFilter(Party)
    owner = PersonFilter("owner")
    since_after, since_before = from_to("status_since")
    checked_after, checked_before = from_to("checked_at")
    # Computed, so that a list which knows the moment applies them.
    is_overdue = FlagFilter()
    is_blocked = FlagFilter()
    is_stale = FlagFilter()
    rests_on_retracted = FlagFilter()
    searched = ("ref", "title", "title_ar", "text", "text_ar")
