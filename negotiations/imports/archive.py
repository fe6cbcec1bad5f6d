"""The negotiation that an import opens for data that belong to none: a named archive of context."""

from __future__ import annotations

from datetime import UTC, datetime

from django.utils.translation import gettext as _

from negotiations.models import ImportBatch, Negotiation
from negotiations.rules.codes import ImportKind, Marking, NegotiationStatus
from negotiations.rules.errors import RuleError
from negotiations.services.act import Act
from negotiations.services.opening import open_and_lead

from .mappings.ucdp import ADDRESS, DATASET, PUBLISHER

# Kinds of table that may be brought without saying into which negotiation.
ARCHIVED = (ImportKind.UCDP_GED,)
TITLE, TITLE_AR = "UCDP GED archive", "أرشيف أحداث UCDP"
SUMMARY = (
    f"Events of the {DATASET}, by the {PUBLISHER}, {ADDRESS}. Context that is tied to no condition; "
    "each event is as it was coded from reports, and no finding. Names of individuals were left out."
)
SUMMARY_AR = (
    "أحداث من مجموعة بيانات UCDP GED لبرنامج أوبسالا لبيانات النزاعات، برخصة CC BY 4.0. "
    "سياق لا يرتبط بأي شرط؛ كل حدث كما رُمِّز من التقارير وليس نتيجة تحقيق. حُذفت أسماء الأفراد."
)
# The dataset begins here; what the archive holds is never earlier.
BEGINS = datetime(1989, 1, 1, tzinfo=UTC)


def open_archive(batch: ImportBatch) -> Negotiation:
    """Open the archive that a batch fills, unpublished and led by whoever brings it.

    Raises RuleError for a kind of table that belongs into a negotiation, and without an organisation.
    """
    if batch.kind not in ARCHIVED:
        raise RuleError(_("Choose the negotiation that this belongs to."), code="no_negotiation")
    if batch.organisation is None:
        wrong = _("Choose the organisation that the archive is led from.")
        raise RuleError(wrong, code="no_organisation", fields={"organisation": wrong})
    act = Act(actor=batch.user, reason=_("Brought in from a file."), effective_at=BEGINS, request_id=batch.request_id)
    return open_and_lead(
        act=act,
        lead=batch.user,
        organisation=batch.organisation,
        title=TITLE,
        title_ar=TITLE_AR,
        summary=SUMMARY,
        summary_ar=SUMMARY_AR,
        status=NegotiationStatus.CONCLUDED,
        marking=Marking.CLEAR,
        coverage_start=BEGINS,
    )
