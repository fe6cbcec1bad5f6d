"""Large files for programs: wanted, watched, fetched by whoever wanted them and may still see what is in them."""

from __future__ import annotations

import json
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from negotiations.exports.jobs import make_waiting
from negotiations.exports.verify_export import verify
from negotiations.models import AccessLogRow, ExportJob, Membership
from negotiations.rules.codes import ExportState, TokenScope
from negotiations.services.act import Act
from negotiations.services.export_job import forget_exports
from negotiations.services.membership import change_membership, end_membership
from negotiations.services.token import create_token
from tests.factories import Talks, talks

from .conftest import signed_in

EXPORTS = "/api/v1/exports/"
WANTED = {"negotiation": "two-shores", "format": "jsonl"}
DESCRIPTION = Path(__file__).resolve().parents[2] / "openapi.yaml"


@pytest.fixture(autouse=True)
def _folder(settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path


def want(client: Client, headers: dict[str, str] | None = None, **sent: str) -> HttpResponse:
    return client.post(EXPORTS, {**WANTED, **sent}, content_type="application/json", headers=headers)


def ready(client: Client, **sent: str) -> dict[str, Any]:
    """The document of a file that was wanted and made."""
    there = want(client, **sent)["Location"]
    make_waiting()
    found: dict[str, Any] = client.get(there).json()
    return found


def test_it_is_wanted_watched_and_fetched_and_proves_itself(small: Talks, mediator: Client) -> None:
    small.open_dispute(marking="AMBER")
    wanted = want(mediator)
    assert (wanted.status_code, wanted.json()["state"], wanted.json()["urls"]["file"]) == (202, "waiting", None)
    make_waiting()
    made = mediator.get(wanted["Location"]).json()
    assert (made["state"], made["marking"], made["done"] >= made["total"] > 0) == ("ready", "AMBER", True)
    response = mediator.get(made["urls"]["file"])
    body = response.getvalue()  # type: ignore[attr-defined]
    assert verify(BytesIO(body)).entries == made["total"]
    assert (response["TLP"], response["Content-Type"]) == ("TLP:AMBER", "application/x-ndjson")
    assert response["Cache-Control"] == "private, no-store"
    assert (len(body), AccessLogRow.objects.filter(kind="export").count()) == (made["size"], 1)


def test_documents_are_as_described(small: Talks, mediator: Client) -> None:
    ready(mediator)
    page = mediator.get(EXPORTS).json()
    described = yaml.safe_load(DESCRIPTION.read_text(encoding="utf-8"))["components"]
    for name, document in (("ExportPage", page), ("ExportDocument", page["results"][0])):
        schema = {"$ref": f"#/components/schemas/{name}", "components": described}
        jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker()).validate(document)
        assert set(document) == set(described["schemas"][name]["properties"])


def test_the_list_is_paged_newest_first_and_is_not_sent_twice(small: Talks, mediator: Client) -> None:
    for form in ("jsonl", "csv", "xlsx"):
        want(mediator, format=form)
    first = mediator.get(f"{EXPORTS}?limit=2")
    rest = mediator.get(first.json()["next"]).json()
    found = [*first.json()["results"], *rest["results"]]
    assert ([one["format"] for one in found], rest["next"]) == (["xlsx", "csv", "jsonl"], None)
    again = mediator.get(f"{EXPORTS}?limit=2", headers={"if-none-match": first["ETag"]})
    assert again.status_code == 304


def test_the_same_wanted_again_is_the_same(small: Talks, mediator: Client) -> None:
    first, again = (want(mediator, {"idempotency-key": "k1"}) for _ in range(2))
    assert (again["Idempotent-Replayed"], again["Location"]) == ("true", first["Location"])
    assert want(mediator)["Location"] == first["Location"]


@pytest.mark.parametrize(
    ("sent", "field"),
    [({"negotiation": "nowhere"}, "negotiation"), ({"format": "pdf"}, "format"), ({"colour": "red"}, "colour")],
)
def test_what_cannot_be_wanted_is_refused_by_name(mediator: Client, sent: dict[str, str], field: str) -> None:
    refused = want(mediator, **sent)
    assert (refused.status_code, list(refused.json()["errors"])) == (400, [field])


def test_what_is_hidden_is_refused_as_unknown_is(small: Talks) -> None:
    talks("quiet-shores", cast=small.cast, published=False)
    client = signed_in(small, "outsider")
    hidden, unknown = (want(client, negotiation=slug).json() for slug in ("quiet-shores", "no-such-talks"))
    assert hidden["errors"] == unknown["errors"]
    assert hidden["errors"]["negotiation"][0]["detail"] == "There is no such negotiation."


def test_there_is_an_end_to_wanting(small: Talks, mediator: Client) -> None:
    person = small.cast.mediator
    ExportJob.objects.bulk_create(
        ExportJob(user=person, negotiation=small.negotiation, format="xlsx") for _number in range(5)
    )
    refused = want(mediator)
    assert (refused.status_code, refused.json()["code"]) == (422, "too_many_exports")


def test_nobody_in_particular_signs_in_first_and_a_token_that_reads_may_not_want(small: Talks) -> None:
    assert [want(Client()).status_code, Client().get(EXPORTS).status_code] == [401, 401]
    _token, secret = create_token(small.cast.mediator, name="Ticker", scope=TokenScope.READ)
    bearer = {"authorization": f"Bearer {secret}"}
    assert want(Client(), bearer).json()["code"] == "scope_missing"
    assert Client().get(EXPORTS, headers=bearer).status_code == 200


def test_somebody_elses_is_not_there(small: Talks, mediator: Client) -> None:
    there = ready(mediator)["urls"]
    other = signed_in(small, "analyst")
    assert [other.get(there[name]).status_code for name in ("self", "file")] == [404, 404]
    assert other.get(EXPORTS).json()["results"] == []


def test_it_is_not_handed_out_before_it_is_ready(small: Talks, mediator: Client) -> None:
    there = want(mediator)["Location"]
    refused = mediator.get(f"{there}file/")
    assert (refused.status_code, refused.json()["code"]) == (409, "export_not_ready")


def test_rights_are_checked_again_when_it_is_fetched(small: Talks, mediator: Client) -> None:
    there = ready(mediator)["urls"]
    seat = Membership.objects.get(user=small.cast.mediator)
    change_membership(
        seat, act=Act(actor=small.cast.lead, reason="Less."), version=None, role="mediator", clearance="GREEN"
    )
    refused = mediator.get(there["file"])
    assert (refused.status_code, refused.json()["code"]) == (410, "export_gone")
    assert mediator.get(there["self"]).json()["urls"]["file"] is None


def test_of_a_negotiation_that_is_hidden_by_now_nothing_is_there(small: Talks) -> None:
    quiet = talks("quiet-shores", cast=small.cast, published=False)
    client = signed_in(small, "analyst")
    there = ready(client, negotiation="quiet-shores")["urls"]
    seat = Membership.objects.get(user=small.cast.analyst, negotiation=quiet.negotiation)
    end_membership(seat, act=Act(actor=small.cast.lead, reason="Left."), version=None)
    assert [client.get(there[name]).status_code for name in ("self", "file")] == [404, 404]
    assert client.get(EXPORTS).json()["results"] == []


def test_it_goes_when_its_time_has_passed(small: Talks, mediator: Client) -> None:
    there = ready(mediator)["urls"]
    forget_exports(timezone.now() + timedelta(hours=49))
    assert mediator.get(there["file"]).status_code == 410
    assert mediator.get(there["self"]).json()["state"] == ExportState.EXPIRED


def test_twenty_files_cost_as_many_queries_as_two(small: Talks, mediator: Client) -> None:
    made = ready(mediator, format="csv")
    counts = []
    for rows in (1, 18):
        (job,) = ExportJob.objects.filter(public_id=made["id"])
        facts = {
            name: getattr(job, name) for name in ("user", "negotiation", "state", "scope", "expires_at", "settled_at")
        }
        ExportJob.objects.bulk_create(ExportJob(**facts) for _number in range(rows))
        with CaptureQueriesContext(connection) as found:
            listed = json.loads(mediator.get(EXPORTS).content)["results"]
        assert all(one["urls"]["file"] for one in listed)
        counts.append(len(found))
    assert counts[0] == counts[1] <= 8
