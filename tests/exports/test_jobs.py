"""Large files: made by a worker, fetched only while their owner may see exactly what is in them."""

from __future__ import annotations

import csv
import json
from datetime import timedelta
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.conf import settings as django_settings
from django.test import Client
from django.utils import timezone

from negotiations.exports.jobs import make_next, make_waiting
from negotiations.exports.verify_export import verify
from negotiations.models import Entry, ExportJob, Membership
from negotiations.rules.codes import ExportState
from negotiations.rules.errors import RuleError
from negotiations.services.act import Act
from negotiations.services.export_job import claim_export, forget_exports, note_progress, path_of, want_export
from negotiations.services.marking import narrow_marking
from negotiations.services.membership import change_membership, end_membership
from negotiations.tasks import make_exports
from tests.factories import Talks
from tests.factories import talks as build

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _folder(settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path


def wanted(talks: Talks, who: str = "analyst", form: str = "jsonl") -> ExportJob:
    job = want_export(getattr(talks.cast, who), negotiation=talks.negotiation, format=form, now=timezone.now())
    assert make_waiting() == 1
    job.refresh_from_db()
    return job


def fetched(talks: Talks, job: ExportJob, who: str = "analyst") -> bytes:
    client = Client()
    client.force_login(getattr(talks.cast, who))
    response = client.get(f"/me/exports/{job.public_id}/")
    assert response.status_code == 200
    return b"".join(response.streaming_content)  # type: ignore[arg-type]


def refused(talks: Talks, job: ExportJob, who: str = "analyst") -> int:
    client = Client()
    client.force_login(getattr(talks.cast, who))
    return client.get(f"/me/exports/{job.public_id}/").status_code


def test_what_was_wanted_is_called_as_the_reader_calls_it() -> None:
    talks = build(title_ar="محادثات الضفتين")
    wanted(talks)
    client = Client()
    client.force_login(talks.cast.analyst)
    page = client.get("/ar/me/exports/").content.decode()
    assert "محادثات الضفتين" in page.split('<td class="title">')[1].split("</td>")[0]


def test_a_record_is_made_and_fetched_and_proves_itself(talks: Talks) -> None:
    talks.open_dispute(marking="AMBER")
    job = wanted(talks)
    assert (job.state, job.marking, job.done >= job.total > 0) == ("ready", "AMBER", True)
    body = fetched(talks, job)
    check = verify(BytesIO(body))
    assert check.entries == job.total
    assert len(body) == job.size


def test_a_table_has_a_row_for_each_entry(talks: Talks) -> None:
    job = wanted(talks, form="csv")
    rows = list(csv.DictReader(StringIO(fetched(talks, job).decode("utf-8-sig"))))
    assert len(rows) == job.total
    assert {row["by"] for row in rows if row["verb"] == "claim.made"} == {"Harbour Office"}


def test_a_workbook_says_what_it_is(talks: Talks) -> None:
    book = openpyxl.load_workbook(BytesIO(fetched(talks, wanted(talks, form="xlsx"))))
    about = {row[0].value: row[1].value for row in book["about"].rows}
    assert about["marking"] == "TLP:AMBER"
    assert len(about["record_link"]) == 64


def test_somebody_elses_file_is_not_there(talks: Talks) -> None:
    assert refused(talks, wanted(talks), "mediator") == 404


def test_a_file_is_not_handed_out_after_the_seat_has_changed(talks: Talks) -> None:
    job = wanted(talks)
    seat = Membership.objects.get(user=talks.cast.analyst)
    act = Act(actor=talks.cast.lead, reason="Less.")
    change_membership(seat, act=act, version=None, role="analyst", clearance="GREEN")
    assert refused(talks, job) == 302


def test_a_file_is_not_handed_out_after_the_seat_has_ended(talks: Talks) -> None:
    job = wanted(talks)
    seat = Membership.objects.get(user=talks.cast.analyst)
    end_membership(seat, act=Act(actor=talks.cast.lead, reason="Left."), version=None)
    assert refused(talks, job) == 302


def test_a_file_is_not_handed_out_after_something_in_it_was_narrowed(talks: Talks) -> None:
    job = wanted(talks, "reader")
    narrow_marking(talks.claim, act=talks.act(), version=None, marking="AMBER")
    assert refused(talks, job, "reader") == 302


def test_a_file_goes_when_its_time_has_passed(talks: Talks) -> None:
    job = wanted(talks)
    assert path_of(job).exists()
    forget_exports(timezone.now() + timedelta(hours=49))
    job.refresh_from_db()
    assert (job.state, path_of(job).exists()) == (ExportState.EXPIRED, False)
    assert refused(talks, job) == 302


def test_a_job_whose_worker_was_lost_is_taken_over(talks: Talks) -> None:
    job = want_export(talks.cast.analyst, negotiation=talks.negotiation, format="csv", now=timezone.now())
    first = claim_export(timezone.now())
    assert first is not None
    assert claim_export(timezone.now()) is None
    second = claim_export(timezone.now() + timedelta(minutes=6))
    assert second is not None
    assert second.pk == job.pk
    assert not note_progress(first, 5, timezone.now())


def test_a_job_that_is_lost_too_often_fails(talks: Talks) -> None:
    job = want_export(talks.cast.analyst, negotiation=talks.negotiation, format="csv", now=timezone.now())
    for times in range(4):
        claim_export(timezone.now() + timedelta(minutes=6 * times))
    job.refresh_from_db()
    assert job.state == ExportState.FAILED


def test_the_same_file_wanted_twice_is_one_job_and_there_is_an_end_to_wanting(talks: Talks) -> None:
    first, again = (
        want_export(talks.cast.lead, negotiation=talks.negotiation, format="csv", now=timezone.now()) for _ in range(2)
    )
    assert first == again
    ExportJob.objects.bulk_create(
        ExportJob(user=talks.cast.lead, negotiation=talks.negotiation, format="xlsx") for _number in range(4)
    )
    with pytest.raises(RuleError, match="Wait"):
        want_export(talks.cast.lead, negotiation=talks.negotiation, format="jsonl", now=timezone.now())


def test_the_page_wants_a_file_and_shows_how_far_it_is(talks: Talks, client: Client) -> None:
    client.force_login(talks.cast.analyst)
    assert client.post("/me/exports/", {"negotiation": "two-shores", "format": "jsonl"}).status_code == 302
    assert "Waiting" in client.get("/me/exports/").content.decode()
    make_waiting()
    assert ">Fetch<" in client.get("/me/exports/").content.decode()
    assert client.post("/me/exports/", {"negotiation": "nowhere", "format": "jsonl"}).status_code == 422


def test_the_record_is_streamed_to_anybody_with_what_proves_it(talks: Talks, client: Client) -> None:
    talks.open_dispute(marking="AMBER", title="kept from you")
    response = client.get("/n/two-shores/record/export.jsonl")
    body = b"".join(response.streaming_content)  # type: ignore[arg-type]
    assert verify(BytesIO(body), response["Record-Link"]).entries > 10
    assert (response["TLP"], b"kept from you" in body) == ("TLP:CLEAR", False)
    assert json.loads(body.splitlines()[0])["scope"] == "reader"


def test_a_long_record_is_made_by_a_worker(talks: Talks, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("negotiations.pages.views.taking.DIRECT_MOST", 3)
    client.force_login(talks.cast.lead)
    response = client.get("/n/two-shores/record/export.jsonl")
    assert response["Location"] == "/me/exports/?negotiation=two-shores"


def test_the_program_that_proves_is_served(client: Client, talks: Talks) -> None:
    response = client.get("/verify_export.py")
    assert b"Check a record file" in response.content
    assert Entry.objects.exists()


def test_a_job_that_breaks_off_is_free_for_another_attempt_at_once(
    talks: Talks, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = want_export(talks.cast.analyst, negotiation=talks.negotiation, format="csv", now=timezone.now())
    monkeypatch.setattr("negotiations.exports.jobs._digest", lambda _path: 1 / 0)
    for _attempt in range(3):
        with pytest.raises(ZeroDivisionError):
            make_next()
    assert make_next()
    job.refresh_from_db()
    assert (job.state, job.attempts) == (ExportState.FAILED, 3)
    assert list(path_of(job).parent.iterdir()) == []
    assert not make_next()


def test_what_lost_workers_left_on_the_disk_goes(talks: Talks) -> None:
    left = path_of(wanted(talks)).with_suffix(".1")
    left.write_bytes(b"half")
    forget_exports(timezone.now() + timedelta(hours=95))
    assert left.exists()
    forget_exports(timezone.now() + timedelta(hours=97))
    assert not left.exists()


def test_making_a_file_has_a_time_limit_of_its_own_that_redis_waits_for() -> None:
    patience = django_settings.CELERY_BROKER_TRANSPORT_OPTIONS["visibility_timeout"]
    assert django_settings.CELERY_TASK_TIME_LIMIT < make_exports.soft_time_limit < make_exports.time_limit < patience
