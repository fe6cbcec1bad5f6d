"""Verbs on export jobs: want a file, claim one to make, settle it, forget those whose time has passed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path

from celery import current_app
from django.conf import settings
from django.db import transaction
from django.db.models import Max, Q
from django.utils.translation import gettext as _
from kombu.exceptions import OperationalError

from negotiations.models import Entry, ExportJob, NamedReader, Negotiation, User
from negotiations.rules.codes import ExportState
from negotiations.rules.errors import RuleError
from negotiations.rules.marking import Viewer
from negotiations.selectors.feed_cursor import scope_of

# How long a worker may be silent before another takes the job over, and how often that happens.
CLAIM = timedelta(minutes=5)
TRIES = 3
KEPT = timedelta(hours=48)
OPEN_MOST = 5
OPEN = (ExportState.WAITING, ExportState.MAKING)
# What takes words or rights away: a file made before it must not be handed out after it.
TAKING = ("marking.narrowed", "entry.redacted")


def want_export(user: User, *, negotiation: Negotiation, format: str, now: datetime) -> ExportJob:
    """A job for a worker; the same file wanted twice while it is open is one job. Raises RuleError for too many."""
    with transaction.atomic():
        User.objects.select_for_update(no_key=True).get(pk=user.pk)
        mine = ExportJob.objects.filter(user=user, state__in=OPEN)
        if same := mine.filter(negotiation=negotiation, format=format).first():
            return same
        if mine.count() >= OPEN_MOST:
            raise RuleError(_("Wait until one of your files is ready."), code="too_many_exports")
        job = ExportJob(user=user, negotiation=negotiation, format=format, wanted_at=now)
        job.clean_fields(exclude=["claimed_until", "settled_at", "expires_at"])
        job.save(force_insert=True)
    return job


def claim_export(now: datetime) -> ExportJob | None:
    """The next job to make, claimed for a while; None where nothing waits. One tried too often fails."""
    waiting = Q(state=ExportState.WAITING) | Q(state=ExportState.MAKING, claimed_until__lte=now)
    with transaction.atomic():
        rows = ExportJob.objects.select_for_update(skip_locked=True, of=("self",)).filter(waiting)
        job = rows.order_by("wanted_at", "pk").first()
        if job is None:
            return None
        if job.attempts >= TRIES:
            job.state, job.settled_at = ExportState.FAILED, now
        else:
            job.state, job.attempts = ExportState.MAKING, job.attempts + 1
            job.claimed_until, job.done = now + CLAIM, 0
        job.save()
    return job


def note_progress(job: ExportJob, done: int, now: datetime) -> bool:
    """Say how far it is and hold on to it; False where another worker has taken it over."""
    mine = ExportJob.objects.filter(pk=job.pk, state=ExportState.MAKING, attempts=job.attempts)
    return bool(mine.update(done=done, claimed_until=now + CLAIM))


def release_export(job: ExportJob, now: datetime) -> None:
    """Let go of a claim that cannot be kept; nothing where another worker has it by now."""
    mine = ExportJob.objects.filter(pk=job.pk, state=ExportState.MAKING, attempts=job.attempts)
    mine.update(claimed_until=now)


def scope_for(viewer: Viewer, negotiation: Negotiation) -> str:
    """A digest of what decides what the viewer sees: seat, clearance, organisation, and what names them."""
    return _scope(viewer, negotiation, _naming(viewer))


def _naming(viewer: Viewer) -> str:
    named = NamedReader.objects.filter(user_id=viewer.user_id or 0).order_by("subject_id")
    return ",".join(map(str, named.values_list("subject_id", flat=True)))


def _scope(viewer: Viewer, negotiation: Negotiation, naming: str) -> str:
    facts = f"{scope_of(negotiation, viewer)}:{negotiation.published}:{naming}"
    return hashlib.sha256(facts.encode()).hexdigest()


def fetchable(jobs: Iterable[ExportJob], viewer: Viewer, now: datetime) -> set[int]:
    """Ids of the jobs whose files may be handed out now, asked for all of them at once.

    They are ready, in time, and made for exactly what their owner may see today.
    """
    ready = [job for job in jobs if job.state == ExportState.READY and job.expires_at and job.expires_at > now]
    if not ready:
        return set()
    naming = _naming(viewer)
    taken = Entry.objects.filter(negotiation__in={job.negotiation_id for job in ready}, verb__in=TAKING)
    last = dict(taken.order_by().values_list("negotiation_id").annotate(Max("inserted_at")))
    return {
        job.pk
        for job in ready
        if job.scope == _scope(viewer, job.negotiation, naming)
        and not (job.settled_at and job.negotiation_id in last and last[job.negotiation_id] > job.settled_at)
    }


def ring_for_exports() -> None:
    """Ask a worker to begin once this is committed; where the broker is away the tick does so within half a minute."""
    transaction.on_commit(_ring)


def _ring() -> None:
    try:
        current_app.send_task("negotiations.tasks.make_exports", retry=False)
    except (OperationalError, OSError):
        return


def path_of(job: ExportJob) -> Path:
    """Where its bytes lie; while they are written, beside it under the same name with the number of the attempt."""
    return folder() / str(job.public_id)


def folder() -> Path:
    return Path(settings.DATA_DIR) / "exports"


def forget_exports(now: datetime) -> None:
    """Remove the files whose time has passed, and what lost workers left behind; the rows stay and say so."""
    for job in ExportJob.objects.filter(state=ExportState.READY, expires_at__lte=now)[:500]:
        path_of(job).unlink(missing_ok=True)
        ExportJob.objects.filter(pk=job.pk).update(state=ExportState.EXPIRED)
    old = (now - 2 * KEPT).timestamp()
    for path in folder().glob("*"):
        if path.stat().st_mtime < old:
            path.unlink(missing_ok=True)
