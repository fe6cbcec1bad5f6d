"""Who proposed a status that a second person confirmed: both stand behind it."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from negotiations.models import Entry, ProposedFinding
from negotiations.rules.codes import FindingState
from negotiations.rules.marking import Viewer

NAMED = ("condition", "proposed_by", "decided_by")


def both_persons(entries: Sequence[Entry], *, viewer: Viewer) -> dict[int, str]:
    """For each entry that a second person confirmed, both names; for readers who may see the proposal.

    A proposal is only confirmed on the version it was opened on, so the entry is the next version's.
    """
    changed = [entry for entry in entries if entry.verb == "condition.status_changed"]
    if not changed:
        return {}
    rows = ProposedFinding.objects.visible_to(viewer).filter(
        state=FindingState.CONFIRMED, condition__public_id__in={entry.subject_id for entry in changed}
    )
    found = {(row.condition.public_id, row.opened_version + 1): row for row in rows.select_related(*NAMED)}
    return {
        entry.pk: _("%(first)s, confirmed by %(second)s") % {"first": row.proposed_by, "second": row.decided_by}
        for entry in changed
        if (row := found.get((entry.subject_id, entry.subject_version or 0)))
    }
