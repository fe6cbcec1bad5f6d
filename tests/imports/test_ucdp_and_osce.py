"""The ready mappings: real files come in whole, every row accounted for, nobody named, everything attributed."""

from __future__ import annotations

import csv
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from negotiations.history.verify import faults
from negotiations.models import Claim, Entry, EntryPayload, ImportBatch, Incident, Negotiation, Source
from negotiations.rules.codes import ActorKind, ThirdPartyRole
from negotiations.services.actor import register_actor
from negotiations.services.party import seat_third_party
from tests.factories import START, Talks

from .bringing import DATA, INCIDENT, SHARED, as_csv, bring, check, told, write

pytestmark = pytest.mark.django_db
UCDP, OSCE = DATA / "ucdp_ged_extract.csv", DATA / "osce_smm_violations.csv"
# Columns in which the dataset names individuals, or places more exactly than is published here.
NAMING = ("source_article", "source_office", "source_headline", "source_original", "where_description")


def rows_of(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(path.open(encoding="utf-8")))


def archive(talks: Talks, data: bytes) -> ImportBatch:
    batch = check(
        talks,
        "ucdp_ged",
        data,
        negotiation=None,
        user=talks.cast.lead,
        organisation=talks.cast.harbour,
        marking="CLEAR",
    )
    assert told(batch) == []
    return write(batch)


def seat_monitors(talks: Talks) -> None:
    act = talks.act(talks.cast.lead, at=START)
    smm = register_actor(act=act, kind=ActorKind.MONITORING_MISSION, name="OSCE SMM", short="SMM")
    seat_third_party(act=act, negotiation=talks.negotiation, actor=smm, role=ThirdPartyRole.MONITOR)


def test_ucdp_events_open_an_archive_of_unlinked_context(talks: Talks) -> None:
    batch = archive(talks, UCDP.read_bytes())
    held = Incident.objects.filter(negotiation=batch.negotiation)
    assert batch.negotiation is not None
    assert (batch.negotiation.title, batch.negotiation.published) == ("UCDP GED archive", False)
    assert (batch.counts["created"], held.count()) == (len(rows_of(UCDP)), len(rows_of(UCDP)))
    assert not held.exclude(status="alleged").exists()
    assert not held.filter(conditions__isnull=False).exists()
    assert list(faults()) == []


def test_an_event_says_what_the_dataset_says(talks: Talks) -> None:
    given = next(row for row in rows_of(UCDP) if row["type_of_violence"] == "3.0" and row["where_prec"] == "1.0")
    archive(talks, UCDP.read_bytes())
    incident = Incident.objects.get(title__contains=f"UCDP {given['id'][:-2]})")
    deaths = (incident.deaths_low, incident.deaths_best, incident.deaths_high)
    assert deaths == tuple(int(float(given[name])) for name in ("low", "best", "high"))
    assert (incident.type, incident.where_prec, incident.date_prec) == (
        "attack_on_civilians",
        1,
        int(given["date_prec"][0]),
    )
    assert incident.happened_at == datetime.fromisoformat(given["date_start"]).replace(tzinfo=UTC)
    assert incident.place.endswith(given["country"])
    assert given["where_coordinates"] not in incident.place


def test_every_event_cites_the_dataset_and_its_licence(talks: Talks) -> None:
    archive(talks, UCDP.read_bytes())
    source = Source.objects.get(kind="dataset")
    assert "CC BY 4.0" in source.title
    assert source.publisher == "Uppsala Conflict Data Program (UCDP)"
    assert source.citations.count() == Incident.objects.count()
    assert source.citations.filter(locator__startswith="event ").count() == Incident.objects.count()


def test_no_individual_comes_in_with_an_event(talks: Talks) -> None:
    rows = [
        {**row, **dict.fromkeys(NAMING, "Canary Person"), "where_coordinates": "Canary village"}
        for row in rows_of(UCDP)[:3]
    ]
    out = StringIO()
    writer = csv.DictWriter(out, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    batch = archive(talks, out.getvalue().encode())
    told_words = [str(one) for one in EntryPayload.objects.values_list("changes", "basis", "reason")]
    assert not any("Canary" in words for words in [*told_words, str(batch.report)])
    assert bytes(batch.content) == b""


def test_a_bound_that_contradicts_the_best_estimate_stays_in_words(talks: Talks) -> None:
    batch = archive(talks, UCDP.read_bytes())
    remarked = batch.report["rows"]
    assert [row["remark"].partition(" low ")[0] for row in remarked] == ["UCDP gives"] * 3
    given = dict(enumerate(rows_of(UCDP), start=2))
    for row in remarked:
        incident = Incident.objects.get(title__contains=f"UCDP {given[row['line']]['id'][:-2]})")
        assert incident.deaths_low is None or incident.deaths_high is None
        assert f"low {given[row['line']]['low'][:-2]}, " in incident.text


def test_the_same_events_again_are_unchanged_and_later_figures_change_them(talks: Talks) -> None:
    opened = archive(talks, UCDP.read_bytes()).negotiation
    person = {"negotiation": opened, "user": talks.cast.lead, "organisation": talks.cast.harbour, "marking": "CLEAR"}
    again = check(talks, "ucdp_ged", UCDP.read_bytes(), **person)
    assert (again.counts["unchanged"], again.counts["created"], again.counts["changed"]) == (31, 0, 0)
    first = rows_of(UCDP)[0]
    later = UCDP.read_text(encoding="utf-8").replace(first["relid"], f"{first['relid']}x")
    batch = check(talks, "ucdp_ged", later.encode(), **person)
    assert (batch.counts["changed"], batch.counts["unchanged"]) == (1, 30)


def test_osce_counts_are_claims_of_the_mission(talks: Talks) -> None:
    seat_monitors(talks)
    batch = check(talks, "osce_smm", OSCE.read_bytes(), marking="CLEAR")
    assert told(batch) == []
    write(batch)
    claims = Claim.objects.exclude(pk=talks.claim.pk)
    assert {(one.claimant.name, one.kind) for one in claims} == {("OSCE SMM", "measurement")}
    assert (claims.count(), Source.objects.filter(kind="monitoring_report").count()) == (19, 19)
    over = claims.get(value_best=18000)
    assert (over.value_low, over.text) == (18000, "The mission recorded over 18,000 ceasefire violations.")
    weekly = claims.get(value_best=7000)
    assert (weekly.unit, weekly.text) == (
        "ceasefire violations a week",
        "The mission recorded around 7,000 ceasefire violations a week.",
    )
    cited = Entry.objects.get(subject_id=over.public_id).citations.get()
    assert cited.quote.startswith("Between 29 October and 11 November, the SMM recorded over 18,000")
    assert cited.source.publisher == "OSCE Special Monitoring Mission to Ukraine"


def test_counts_of_a_mission_that_has_no_role_are_refused_once_with_what_to_do(talks: Talks) -> None:
    batch = check(talks, "osce_smm", OSCE.read_bytes(), marking="CLEAR")
    (said,) = told(batch)
    assert said.startswith("0 : The mission that counted, “OSCE SMM”, has no role in this negotiation. Enter it first")
    assert said.endswith("under “Seat a third party”, as a new actor called “OSCE SMM” with the role “Monitor”.")


def test_the_operator_brings_a_file_by_command(talks: Talks, capsys: pytest.CaptureFixture[str]) -> None:
    options = {"person": "lead", "organisation": "Harbour Office"}
    call_command("import_file", "ucdp", str(UCDP), check=True, **options)
    assert not Incident.objects.exists()
    call_command("import_file", "ucdp", str(UCDP), **options)
    opened = Negotiation.objects.get(title="UCDP GED archive")
    assert f"Written: /n/{opened.slug}/" in capsys.readouterr().out
    with pytest.raises(CommandError, match="sees no negotiation"):
        call_command("import_file", "osce", str(OSCE), person="outsider", into=opened.slug)


@pytest.mark.skipif(not SHARED.is_dir(), reason="the whole files are not beside this checkout")
def test_the_whole_files_come_in_completely(talks: Talks) -> None:
    seat_monitors(talks)
    path = SHARED / "ucdp_ged_sample_1000.csv"
    batch = archive(talks, path.read_bytes())
    assert batch.counts == {"created": 1000, "changed": 0, "unchanged": 0, "sources": 1, "problems": 0}
    assert Incident.objects.filter(negotiation=batch.negotiation).count() == len(rows_of(path)) == 1000
    counts = check(
        talks, "osce_smm", (SHARED / "osce_smm_biweekly_violations_derived.csv").read_bytes(), marking="CLEAR"
    )
    assert (told(counts), write(counts).counts["created"]) == ([], 19)


def test_a_thousand_rows_are_checked_without_a_query_for_each(
    talks: Talks, django_assert_max_num_queries: pytest.FixtureRequest
) -> None:
    bring(talks, "incidents", INCIDENT)
    row = {**INCIDENT, "conditions": "C1;C2", "alleged_by": "Northern Shore"}
    rows = [{**row, "title": f"Shots {count}", "source": "S1" if count % 2 else "S9"} for count in range(1000)]
    with django_assert_max_num_queries(20):  # type: ignore[operator]  # a fixture that is called
        batch = check(talks, "incidents", as_csv(INCIDENT, *rows))
    assert (batch.counts["unchanged"], batch.counts["created"], batch.counts["problems"]) == (1, 500, 500)
