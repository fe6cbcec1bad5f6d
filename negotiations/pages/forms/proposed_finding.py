"""Steps of a second person on a proposed finding."""

from __future__ import annotations

from functools import partial

from django.utils.translation import gettext_lazy as _

from negotiations.models import ProposedFinding
from negotiations.rules.codes import FindingState
from negotiations.services.proposed_finding import confirm_finding, decline_finding

from .base import ItemForm
from .fields import LongText
from .step import Step, changes


class ConfirmFindingForm(ItemForm):
    """What was proposed stands already; a word of one's own may be added. It is done now."""

    effective_at = None  # type: ignore[assignment]  # takes the field of the base away
    reason = LongText(label=_("Reason"), max_length=4000, lines=2, required=False)


class DeclineFindingForm(ItemForm):
    effective_at = None  # type: ignore[assignment]  # takes the field of the base away


def _is_open(proposed: ProposedFinding) -> bool:
    return bool(proposed.state == FindingState.PROPOSED)


_step = partial(Step, noun="proposedfinding", on=ProposedFinding, applies=_is_open)
STEPS = (
    _step(
        name="confirm",
        verb="proposedfinding.confirmed",
        title=_("Confirm the proposed finding"),
        button=_("Confirm the finding"),
        form=ConfirmFindingForm,
        run=changes(confirm_finding),
        warning=_("The status changes at once, on the reason and sources it was proposed with; both of you are named."),
    ),
    _step(
        name="decline",
        verb="proposedfinding.declined",
        title=_("Decline the proposed finding"),
        button=_("Decline the finding"),
        form=DeclineFindingForm,
        run=changes(decline_finding),
        warning=_("The status stays as it is; your reason is kept in the record."),
    ),
)
