"""Verbs on export jobs: want a file, claim one to make, settle it, forget those whose time has passed."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

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
    waiting = Q(state=ExportState.WAITING) | Q(state=ExportState.MAKING, claimed_until__lt=now)
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


def scope_for(viewer: Viewer, negotiation: Negotiation) -> str:
    """A digest of what decides what the viewer sees: seat, clearance, organisation, and what names them."""
    named = (
        NamedReader.objects.filter(user_id=viewer.user_id or 0)
        .order_by("subject_id")
        .values_list("subject_id", flat=True)
    )
    facts = f"{scope_of(negotiation, viewer)}:{negotiation.published}:{','.join(map(str, named))}"
    return hashlib.sha256(facts.encode()).hexdigest()


def is_fetchable(job: ExportJob, viewer: Viewer, now: datetime) -> bool:
    """Whether the file may be handed out now: ready, in time, and made for exactly what its owner may see today."""
    if job.state != ExportState.READY or job.expires_at is None or job.expires_at <= now:
        return False
    taken = Entry.objects.filter(negotiation=job.negotiation, verb__in=TAKING, inserted_at__gt=job.settled_at)
    return job.scope == scope_for(viewer, job.negotiation) and not taken.exists()


def path_of(job: ExportJob) -> Path:
    """Where its bytes lie."""
    return Path(settings.DATA_DIR) / "exports" / str(job.public_id)


def forget_exports(now: datetime) -> None:
    """Remove the files whose time has passed, and those that no row knows any more; the rows stay and say so."""
    for job in ExportJob.objects.filter(state=ExportState.READY, expires_at__lte=now)[:500]:
        path_of(job).unlink(missing_ok=True)
        ExportJob.objects.filter(pk=job.pk).update(state=ExportState.EXPIRED)
