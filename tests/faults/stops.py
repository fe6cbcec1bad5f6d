"""Imported by the workers of these tests alone: short leases, and death at the step that a file names."""

from __future__ import annotations

import os
import signal
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from negotiations.digests import deliver, departure, marks, outcomes, waking
from negotiations.digests.steps import Step, step_reached
from negotiations.exports import jobs
from negotiations.models import ExportJob
from negotiations.services import export_job
from negotiations.webhooks import claiming, settling

ORDER = Path(os.environ["FAULT_ORDER"])

# Twelve seconds are longer than the mail server of these tests is silent (see EMAIL_TIMEOUT).
marks.LEASE = deliver.LEASE = departure.LEASE = timedelta(seconds=12)
waking.GATHERED = timedelta(0)
deliver.AWAY_FOR = timedelta(seconds=1)
outcomes.GAPS = (timedelta(seconds=1),) * 60
claiming.LEASE = settling.LEASE = timedelta(seconds=8)
export_job.CLAIM = timedelta(seconds=4)


def die(step: Step, **_: Any) -> None:
    """Kill the whole worker, parent and pool, once for each order."""
    die_at(step.value)


def die_at(name: str) -> None:
    try:
        if ORDER.read_text() != name:
            return
        ORDER.unlink()
    except FileNotFoundError:
        return
    os.killpg(0, signal.SIGKILL)


step_reached.connect(die, weak=False)


def note_progress(job: ExportJob, done: int, now: datetime) -> bool:
    """In the middle of a file, with a claim on it and a part of it on the disk."""
    is_mine = export_job.note_progress(job, done, now)
    die_at("exporting")
    return is_mine


jobs.note_progress = note_progress
