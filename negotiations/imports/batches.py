"""From a file to a batch: check it, keep it for a day, write it or forget it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import PurePath
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from negotiations.access.doors import may_open
from negotiations.access.viewer import viewer_for
from negotiations.models import ImportBatch, Negotiation, Organisation, User
from negotiations.rules.codes import ImportKind, ImportState, Marking
from negotiations.rules.errors import NotPermitted, RuleError
from negotiations.rules.legible import legible
from negotiations.selectors.words import words_of
from negotiations.services.together import together

from .apply import Writer
from .archive import open_archive
from .desk import Desk
from .mappings import MAPPINGS
from .plan import plan
from .planned import Plan
from .problems import FileRefused
from .reading import read_table
from .record_bring import bring_record
from .record_items import RecordPlan, plan_record
from .record_proof import ProvedRecord, prove
from .table import FOR_PEOPLE, FOR_RECORDS, Limits

# How long a checked file waits to be written, and how many of one person's do.
KEPT = timedelta(days=1)
MOST_WAITING = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """A file as somebody brings it: what it is said to hold, where to, and how its rows are marked."""

    user: User
    kind: str
    name: str
    data: bytes
    negotiation: Negotiation | None = None
    organisation: Organisation | None = None
    marking: str = Marking.AMBER
    limits: Limits = FOR_PEOPLE


def limits_for(kind: str) -> Limits:
    """How large a file of a kind may be that comes through a page or the interface."""
    return FOR_RECORDS if kind == ImportKind.RECORD else FOR_PEOPLE


def check_file(brought: Brought, *, now: datetime) -> ImportBatch:
    """Check a file without writing anything of it; the batch says what it would do, or all that is wrong with it.

    A file with problems is forgotten at once: there is nothing to write.
    """
    batch = ImportBatch(
        user=brought.user,
        negotiation=brought.negotiation,
        organisation=brought.organisation,
        kind=brought.kind,
        name=plain_name(brought.name),
        size=len(brought.data),
        sha256=hashlib.sha256(brought.data).hexdigest(),
        marking=brought.marking,
    )
    try:
        tell(batch, planned(batch, brought.data, limits=brought.limits, now=now), brought.data)
    except FileRefused as refused:
        tell_refused(batch, refused)
    batch.save()
    waiting = ImportBatch.objects.filter(user=brought.user, state=ImportState.PLANNED).order_by("-created_at", "-pk")
    ImportBatch.objects.filter(pk__in=waiting.values("pk")[MOST_WAITING:]).delete()
    return batch


def plain_name(name: str) -> str:
    """The file's own name, without folders and unseen signs."""
    return legible(PurePath(name.replace("\\", "/")).name)[:200] or "file"


def planned(batch: ImportBatch, data: bytes, *, limits: Limits, now: datetime) -> Plan | RecordPlan:
    """What the file would do for its person as things stand now. Raises FileRefused."""
    if batch.kind == ImportKind.RECORD:
        made = plan_record(prove(data, limits, now))
        made.here = here_before(made.record, batch.user)
        return made
    desk = Desk(
        negotiation=batch.negotiation,
        viewer=viewer_for(batch.user),
        now=now,
        marking=batch.marking,
        organisation=batch.organisation,
    )
    return plan(read_table(data, batch.name, limits), MAPPINGS[batch.kind], desk)


def here_before(record: ProvedRecord, user: User) -> tuple[str, ...]:
    """The titles of what the person may see of the same record: where it was told, or what was brought of it."""
    try:
        key = str(UUID(record.header["negotiation"]["id"]))
    except ValueError:  # What bears no id of ours was never here.
        return ()
    brought = ImportBatch.objects.filter(kind=ImportKind.RECORD, state=ImportState.APPLIED, proof__negotiation=key)
    rows = Negotiation.objects.visible_to(viewer_for(user)).order_by("pk")
    found = rows.filter(Q(public_id=key) | Q(pk__in=brought.values("negotiation")))
    return tuple(words_of(one, "title").here for one in found)


def tell(batch: ImportBatch, made: Plan | RecordPlan, data: bytes) -> None:
    """Put a plan into its batch, and keep the file where it can be written."""
    batch.counts, batch.report, batch.plan_digest = made.counts, made.report(), made.digest()
    does_something = made.counts["created"] + made.counts["changed"] > 0
    batch.proof = made.record.proof() if isinstance(made, RecordPlan) else {}
    batch.content = data if does_something and not made.problems else b""


def tell_refused(batch: ImportBatch, refused: FileRefused) -> None:
    batch.counts = {**Plan().counts, "problems": len(refused.problems)}
    batch.report = {"rows": [], "problems": [problem.told() for problem in refused.problems], "unchanged": []}
    batch.plan_digest, batch.content = "", b""


class PlanOutdated(RuleError):
    """What the file would do is no longer what its check said; the batch holds the new plan."""

    code = "plan_outdated"

    def __init__(self, made: Plan | RecordPlan) -> None:
        super().__init__(_("Something changed since the check, so nothing was written. Look at what it would do now."))
        self.made = made


def apply_batch(asked: ImportBatch, *, now: datetime, limits: Limits = FOR_PEOPLE, reason: str = "") -> ImportBatch:
    """Write a checked file, all or nothing; returns the batch as it is then.

    Locks the batch, then the negotiation. Raises RuleError for one that was written or forgotten,
    PlanOutdated where something else holds now, FileRefused where a rule refuses a row.
    """
    try:
        with transaction.atomic():
            batch = locked(asked)
            check_waits(batch)
            if batch.kind == ImportKind.RECORD:
                write_record(batch, limits, now)
            else:
                write_table(batch, limits, now, reason)
            batch.state, batch.applied_at, batch.content = ImportState.APPLIED, now, b""
            batch.report = remains(batch.report)
            batch.save()
            return batch
    except PlanOutdated as outdated:
        tell(asked, outdated.made, bytes(asked.content))
        asked.save()
        raise
    except FileRefused as refused:
        tell_refused(asked, refused)
        asked.save()
        raise


def write_table(batch: ImportBatch, limits: Limits, now: datetime, reason: str) -> None:
    if batch.negotiation is None:
        check_may_open(batch)
        batch.negotiation = open_archive(batch)
    with together(batch.negotiation):
        made = planned(batch, bytes(batch.content), limits=limits, now=now)
        check_holds(batch, made)
        assert isinstance(made, Plan)  # noqa: S101  records are told apart by their kind
        writer_of(batch, reason).write(made)


def write_record(batch: ImportBatch, limits: Limits, now: datetime) -> None:
    check_may_open(batch)
    made = planned(batch, bytes(batch.content), limits=limits, now=now)
    check_holds(batch, made)
    assert isinstance(made, RecordPlan)  # noqa: S101  records are told apart by their kind
    batch.negotiation = bring_record(batch, made)


def check_may_open(batch: ImportBatch) -> None:
    """Raise NotPermitted for who may not open the negotiation that a file would open."""
    if not may_open(viewer_for(batch.user), batch.user):
        raise NotPermitted(_("Whoever leads a negotiation may open another one."))


def remains(report: dict[str, Any]) -> dict[str, Any]:
    """What is kept of a report once its entries tell the rest, to whoever may read them."""
    remarked = [{**row, "changes": [], "title": "", "ref": ""} for row in report["rows"] if row["remark"]]
    return {"rows": remarked, "problems": [], "unchanged": report["unchanged"]}


def check_holds(batch: ImportBatch, made: Plan | RecordPlan) -> None:
    """Raise PlanOutdated unless the file would still do what its check said."""
    if made.problems or made.digest() != batch.plan_digest:
        raise PlanOutdated(made)


def locked(asked: ImportBatch) -> ImportBatch:
    rows = ImportBatch.objects.select_related("user", "negotiation", "organisation")
    return rows.select_for_update(of=("self",)).get(pk=asked.pk)


def check_waits(batch: ImportBatch) -> None:
    """Raise RuleError unless the file was checked, found good, and is still there as it was brought."""
    if batch.state != ImportState.PLANNED:
        raise RuleError(_("This file was written already; nothing was written twice."), code="already_applied")
    if batch.counts.get("problems"):
        raise RuleError(_("This file has problems; mend them and check it again."), code="file_refused")
    if not batch.content:
        raise RuleError(_("This file was forgotten; check it again."), code="file_forgotten")
    if hashlib.sha256(batch.content).hexdigest() != batch.sha256:
        raise RuleError(_("This file is not the one that was checked; check it again."), code="file_changed")


def writer_of(batch: ImportBatch, reason: str) -> Writer:
    assert batch.negotiation is not None  # noqa: S101  opened above where there was none
    return Writer(
        batch.negotiation,
        MAPPINGS[batch.kind],
        actor=batch.user,
        organisation=batch.organisation,
        request_id=batch.request_id,
        reason=reason or _("Brought in from a file."),
    )


def forget_files(now: datetime) -> int:
    """Forget what waits for more than a day: the check without its file says nothing any more. Returns how many."""
    old = Q(created_at__lt=now - KEPT, state=ImportState.PLANNED)
    return ImportBatch.objects.filter(old).delete()[0]


def own_batches(user: User, negotiation: Negotiation | None) -> Any:
    """A person's own imports into a negotiation (None: those that open one), the newest first."""
    rows = ImportBatch.objects.filter(user=user).order_by("-created_at", "-pk").defer("content", "report")
    if negotiation is not None:
        return rows.filter(negotiation=negotiation)
    return rows.filter(Q(negotiation=None) | Q(kind=ImportKind.RECORD))
