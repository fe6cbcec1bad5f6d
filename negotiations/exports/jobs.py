"""Making a large file: written beside its place, put there when it is whole, begun anew if a worker was lost."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from shutil import copyfileobj
from typing import IO, Any

import structlog
from django.utils import timezone, translation

from negotiations.access.viewer import viewer_for
from negotiations.models import ExportJob, Negotiation
from negotiations.rules.codes import ExportFormat, ExportState
from negotiations.services.export_job import KEPT, claim_export, note_progress, path_of, release_export, scope_for

from .entry_rows import COLUMNS, entry_rows
from .jsonl import RecordFile
from .table import Table, csv_pieces, xlsx_file

log = structlog.get_logger(__name__)
STEP = 500


class TakenOver(Exception):
    """Another worker has the job: this one was silent for too long."""


def make_waiting() -> int:
    """Make every file that waits, one after the other; returns how many were taken up. Safe to run twice at once."""
    taken = 0
    while make_next():
        taken += 1
    return taken


def make_next() -> bool:
    """Make the file that waits longest; False where none does."""
    job = claim_export(timezone.now())
    if job is not None and job.state == ExportState.MAKING:
        _try(job)
    return job is not None


def _try(job: ExportJob) -> None:
    """Raises what made it impossible, once the job is free for another attempt; it has a few of them."""
    try:
        make(job)
    except TakenOver:
        log.warning("export.taken_over", job=str(job.public_id))
    except Negotiation.DoesNotExist:
        # The right to see it was lost meanwhile.
        ExportJob.objects.filter(pk=job.pk).update(state=ExportState.FAILED, settled_at=timezone.now())
    except BaseException:
        # Out of time, out of room, told to stop: whoever looks next begins anew, without waiting for the claim to end.
        log.warning("export.broken_off", job=str(job.public_id), attempt=job.attempts)
        release_export(job, timezone.now())
        raise


def make(job: ExportJob) -> None:
    """Write the file with the rights its owner has now. Raises TakenOver, and DoesNotExist for a hidden negotiation."""
    viewer = viewer_for(job.user)
    negotiation = Negotiation.objects.visible_to(viewer).get(pk=job.negotiation_id)
    record, scope = RecordFile(negotiation, viewer, timezone.now()), scope_for(viewer, negotiation)
    ExportJob.objects.filter(pk=job.pk).update(total=record.entries().count())
    place = path_of(job)
    place.parent.mkdir(parents=True, exist_ok=True)
    part = place.with_suffix(f".{job.attempts}")
    try:
        with part.open("wb") as file, translation.override(job.user.language):
            _write(job, record, file)
        digest = _digest(part)
        part.replace(place)
    finally:
        part.unlink(missing_ok=True)
    now = timezone.now()
    ExportJob.objects.filter(pk=job.pk, state=ExportState.MAKING, attempts=job.attempts).update(
        state=ExportState.READY,
        scope=scope,
        marking=record.marking,
        name=record.stamp().file_name(job.format),
        size=place.stat().st_size,
        sha256=digest,
        settled_at=record.made_at,
        expires_at=now + KEPT,
    )


def _write(job: ExportJob, record: RecordFile, file: IO[bytes]) -> None:
    if job.format == ExportFormat.JSONL:
        done = 0
        for piece in record.pieces():
            file.write(piece)
            done += piece.count(b"\n")
            _tell(job, done)
        return
    table = Table(record.stamp(), COLUMNS, _counted(job, entry_rows(record)))
    if job.format == ExportFormat.CSV:
        file.writelines(piece.encode() for piece in csv_pieces(table))
        return
    with xlsx_file(table) as book:
        copyfileobj(book, file)


def _counted(job: ExportJob, rows: Iterable[Any]) -> Iterator[Any]:
    for done, row in enumerate(rows, start=1):
        yield row
        if done % STEP == 0:
            _tell(job, done)


def _tell(job: ExportJob, done: int) -> None:
    if not note_progress(job, done, timezone.now()):
        raise TakenOver


def _digest(path: Any) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
