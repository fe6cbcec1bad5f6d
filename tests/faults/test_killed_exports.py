"""A worker killed in the middle of a file: it is begun anew, or said to have failed, and never hangs for ever."""

from __future__ import annotations

import pytest
from django.utils import timezone

from negotiations.models import ExportJob
from negotiations.rules.codes import ExportFormat, ExportState
from negotiations.services.export_job import TRIES, want_export

from .world import World

pytestmark = pytest.mark.serial
OPEN = (ExportState.WAITING, ExportState.MAKING)


def wanted(world: World, form: str) -> ExportJob:
    return want_export(world.shore.cast.lead, negotiation=world.shore.negotiation, format=form, now=timezone.now())


def is_settled(job: ExportJob) -> bool:
    job.refresh_from_db()
    return job.state not in OPEN


def test_a_file_whose_worker_was_killed_is_made_by_the_next(world: World) -> None:
    world.die_at("exporting")
    job = wanted(world, ExportFormat.JSONL)
    world.until(lambda: is_settled(job))
    assert not world.fleet.step.exists()
    assert (job.state, job.attempts, job.done >= job.total > 0) == (ExportState.READY, 2, True)
    assert job.sha256


def test_a_file_whose_workers_are_killed_again_and_again_has_failed(world: World) -> None:
    job = wanted(world, ExportFormat.JSONL)

    def kill_again() -> bool:
        if not world.fleet.step.exists():
            world.die_at("exporting")
        return is_settled(job)

    world.until(kill_again)
    assert (job.state, job.attempts, job.sha256) == (ExportState.FAILED, TRIES, "")
    assert job.settled_at is not None
