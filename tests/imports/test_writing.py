"""What a checked file says is written by the verbs, all of it, under the clocks that the file gives."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from negotiations.history.verify import faults
from negotiations.imports.apply import Writer
from negotiations.imports.batches import forget_files
from negotiations.models import Claim, Condition, Entry, ImportBatch, Incident, Negotiation, Position, Source
from negotiations.rules.errors import RuleError
from negotiations.services.negotiation import edit_negotiation
from tests.factories import START, Talks

from .bringing import CLAIM, CONDITION, INCIDENT, ROWS, SOURCE, as_csv, as_xlsx, bring, check, told, write

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("kind", ROWS)
def test_each_kind_of_table_is_checked_and_written(talks: Talks, kind: str) -> None:
    before = Entry.objects.count()
    batch = check(talks, kind, as_csv(ROWS[kind]))
    assert (told(batch), batch.counts["created"], Entry.objects.count()) == ([], 1, before)
    assert write(batch).state == "applied"
    entry = Entry.objects.get(request_id=batch.request_id)
    assert (entry.actor, entry.backfilled, entry.payload.reason) == (
        talks.cast.analyst,
        False,
        "Brought in from a file.",
    )
    assert list(faults()) == []


def test_a_claim_says_what_its_row_says(talks: Talks) -> None:
    bring(talks, "claims", {**CLAIM, "quote": "Four posts are there.", "credibility": "3"})
    claim = Claim.objects.latest("pk")
    assert (claim.claimant, claim.value_best, claim.unit, claim.marking) == (talks.north, 4, "posts", "CLEAR")
    assert list(claim.conditions.all()) == [talks.withdrawal]
    cited = Entry.objects.get(subject_id=claim.public_id).citations.get()
    assert (cited.source, cited.grade, cited.quote) == (talks.source, "B3", "Four posts are there.")


def test_what_was_known_earlier_is_backfilled(talks: Talks) -> None:
    bring(talks, "claims", {**CLAIM, "known_at": "2025-11-06"})
    entry = Entry.objects.get(subject_id=Claim.objects.latest("pk").public_id)
    midnight = datetime(2025, 11, 5, 22, tzinfo=UTC)  # in the negotiation's zone
    assert (entry.backfilled, entry.recorded_at) == (True, midnight)
    assert entry.effective_at == datetime(2025, 11, 4, 9, 30, tzinfo=UTC)


def test_a_source_described_twice_is_added_once(talks: Talks) -> None:
    row = {**CLAIM, "source": "", "source_publisher": "Lake Gazette", "source_title": "The count"}
    bring(talks, "claims", row, {**row, "text": "Five posts remain."})
    source = Source.objects.get(title="The count")
    assert source.citations.count() == 2


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_csv_is_read_with_any_delimiter_and_with_or_without_a_mark(talks: Talks, delimiter: str, mark: bytes) -> None:
    batch = check(talks, "claims", mark + as_csv({**CLAIM, "text": "الجسر؛ «مغلق»"}, delimiter=delimiter))
    assert told(batch) == []
    write(batch)
    assert Claim.objects.latest("pk").text == "الجسر؛ «مغلق»"


def test_a_workbook_is_read_as_its_cells_are_typed(talks: Talks) -> None:
    row: dict[str, Any] = {**CLAIM, "value_best": 4.0, "said_at": datetime(2025, 11, 4, 11, 30)}  # noqa: DTZ001
    batch = check(talks, "claims", as_xlsx(list(row), list(row.values())), "claims.xlsx")
    assert told(batch) == []
    write(batch)
    claim = Claim.objects.latest("pk")
    assert (claim.value_best, claim.said_at) == (4, datetime(2025, 11, 4, 9, 30, tzinfo=UTC))


def test_the_same_file_again_is_unchanged(talks: Talks) -> None:
    bring(talks, "conditions", CONDITION)
    again = check(talks, "conditions", as_csv(CONDITION))
    assert (again.counts["unchanged"], again.counts["created"], bytes(again.content)) == (1, 0, b"")


def test_a_row_with_a_ref_changes_what_differs(talks: Talks) -> None:
    batch = check(
        talks, "conditions", as_csv({"ref": "C1", "version": "1", "title": "Withdraw behind the line", "unit": ""})
    )
    assert batch.report["rows"][0]["changes"] == [["title", "Withdraw to the agreed line", "Withdraw behind the line"]]
    write(batch)
    talks.withdrawal.refresh_from_db()
    assert (talks.withdrawal.title, talks.withdrawal.version) == ("Withdraw behind the line", 2)


def test_a_check_names_phases_and_sides_as_people_do(
    talks: Talks, django_assert_max_num_queries: pytest.FixtureRequest
) -> None:
    given = {"phase": "2", "obligors": "Southern Shore; N", "beneficiary": "", "verifier": "River Monitors"}
    (row,) = check(talks, "conditions", as_csv({**CONDITION, **given})).report["rows"]
    shown = {name: new for name, _old, new in row["changes"]}
    assert (shown["phase"], shown["verifier"]) == ("2 Withdrawal", "River Monitors")
    assert shown["obligors"] == "Southern Shore; Northern Shore"
    rows = [{"ref": one.ref, **given} for one in (talks.withdrawal, *(talks.add_condition(f"B{n}") for n in range(8)))]
    with django_assert_max_num_queries(25):  # type: ignore[operator]  # a fixture that is called
        report = check(talks, "conditions", as_csv(*rows)).report
    changed = {name: (old, new) for name, old, new in report["rows"][0]["changes"]}
    assert changed["phase"] == ("1 Halt", "2 Withdrawal")
    assert changed["obligors"] == ("Northern Shore", "Southern Shore; Northern Shore")


def test_it_refuses_a_version_that_is_not_saved_any_more(talks: Talks) -> None:
    batch = check(talks, "conditions", as_csv({"ref": "C1", "version": "7", "title": "Another"}))
    assert told(batch) == [
        "2 version: C1 was changed since: version 1 is saved. Look at what changed, and put that number here."
    ]


def test_what_is_there_already_is_changed_by_its_ref_alone(talks: Talks) -> None:
    bring(talks, "incidents", INCIDENT)
    batch = check(talks, "incidents", as_csv({**INCIDENT, "severity": "grave"}))
    assert told(batch) == [
        "2 title: I1 is there already and says something else in severity. Put its ref in the row to change it."
    ]


def test_a_failure_in_the_last_row_writes_nothing(talks: Talks, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [{**INCIDENT, "title": f"Shots {count}"} for count in range(20)]
    batch, before = check(talks, "incidents", as_csv(*rows)), Entry.objects.count()
    tell = Writer.tell

    def fails_last(self: Writer, row: Any) -> None:
        if row.line == 21:
            raise RuntimeError("the plug was pulled")
        tell(self, row)

    monkeypatch.setattr(Writer, "tell", fails_last)
    with pytest.raises(RuntimeError):
        write(batch)
    assert (Entry.objects.count(), Incident.objects.count()) == (before, 0)
    assert ImportBatch.objects.get().state == "planned"


def test_a_file_is_written_once(talks: Talks) -> None:
    batch = check(talks, "incidents", as_csv(INCIDENT))
    write(batch)
    with pytest.raises(RuleError, match="written already"):
        write(batch)
    assert Incident.objects.count() == 1


def test_a_check_that_no_longer_holds_is_made_again(talks: Talks) -> None:
    first, second = (check(talks, "incidents", as_csv(INCIDENT)) for _ in range(2))
    write(first)
    with pytest.raises(RuleError, match="Something changed since the check"):
        write(second)
    second.refresh_from_db()
    assert (second.counts["unchanged"], second.state, Incident.objects.count()) == (1, "planned", 1)


def test_it_refuses_a_file_that_is_not_the_one_that_was_checked(talks: Talks) -> None:
    batch = check(talks, "incidents", as_csv(INCIDENT))
    ImportBatch.objects.update(content=as_csv({**INCIDENT, "title": "Another"}))
    with pytest.raises(RuleError, match="not the one that was checked"):
        write(batch)


def test_a_checked_file_is_forgotten_after_a_day(talks: Talks) -> None:
    check(talks, "incidents", as_csv(INCIDENT))
    assert forget_files(timezone.now() + timedelta(hours=23)) == 0
    assert forget_files(timezone.now() + timedelta(hours=25)) == 1


def test_who_may_not_write_brings_nothing(talks: Talks) -> None:
    batch = check(talks, "incidents", as_csv({**INCIDENT, "marking": "CLEAR"}), user=talks.cast.reader)
    assert any("Your role in this negotiation does not allow this." in line for line in told(batch))


def test_what_is_marked_is_marked_as_the_file_says(talks: Talks) -> None:
    strict = {**INCIDENT, "marking": "AMBER+STRICT"}
    bring(talks, "incidents", strict, user=talks.cast.mediator)
    incident = Incident.objects.get()
    assert (incident.marking, incident.organisation) == ("AMBER+STRICT", talks.cast.harbour)
    assert incident.ref.startswith("I-")
    assert not Position.objects.exclude(pk=talks.position.pk).exists()
    assert Condition.objects.count() == 2


def test_the_end_of_coverage_moves_once_to_the_latest_row(talks: Talks) -> None:
    edit_negotiation(talks.negotiation, act=talks.act(), version=None, coverage_end=START + timedelta(days=1))
    days = ("2025-11-04", "2025-11-06", "2025-11-05")
    bring(talks, "incidents", *({**INCIDENT, "title": f"Shots on {day}", "happened_at": day} for day in days))
    latest = talks.negotiation.incidents.latest("happened_at").happened_at
    assert Negotiation.objects.get().coverage_end == latest
    assert Entry.objects.filter(verb="negotiation.coverage_moved").count() == 1
    assert list(faults()) == []


def test_rows_that_not_everybody_may_see_leave_it(talks: Talks) -> None:
    edit_negotiation(talks.negotiation, act=talks.act(), version=None, coverage_end=START + timedelta(days=1))
    bring(talks, "incidents", {**INCIDENT, "marking": "AMBER"})
    assert not Entry.objects.filter(verb="negotiation.coverage_moved").exists()


def test_a_ref_that_everybody_may_see_is_kept(talks: Talks) -> None:
    row = {**CONDITION, "ref": "X8"}
    (told_row,) = check(talks, "conditions", as_csv(row)).report["rows"]
    assert (told_row["ref"], told_row["remark"]) == ("X8", "")
    bring(talks, "conditions", row)
    assert Condition.objects.get(title=CONDITION["title"]).ref == "X8"
    assert check(talks, "conditions", as_csv(row)).counts["unchanged"] == 1


def test_a_check_says_that_a_ref_is_not_kept_where_names_are_drawn_by_lot(talks: Talks) -> None:
    batch = check(talks, "conditions", as_csv({**CONDITION, "ref": "X7", "marking": ""}))
    (row,) = batch.report["rows"]
    said = "X7 is not kept: what not everybody may see gets a name of its own when it is written."
    assert (row["ref"], row["remark"]) == ("", said)
    write(batch)
    assert Condition.objects.get(title=CONDITION["title"]).ref.startswith("C-")


def test_the_same_file_finds_what_it_named_otherwise(talks: Talks) -> None:
    row = {**CONDITION, "ref": "X7", "marking": ""}
    bring(talks, "conditions", row)
    ref = Condition.objects.get(title=CONDITION["title"]).ref
    again = check(talks, "conditions", as_csv(row))
    assert (told(again), again.counts["unchanged"], again.counts["created"]) == ([], 1, 0)
    (told_row,) = again.report["rows"]
    assert told_row["remark"] == f"X7 names nothing here; by its title and phase this is {ref}."
    changed = told(check(talks, "conditions", as_csv({**row, "specificity": "3"})))
    assert changed == [
        f"2 title: {ref} is there already and says something else in specificity. Put its ref in the row to change it."
    ]


def test_two_lines_about_one_item_are_refused_whatever_names_it(talks: Talks) -> None:
    row = {**CONDITION, "ref": "X7", "marking": ""}
    assert told(check(talks, "conditions", as_csv(row, {**row, "ref": "X9"}))) == [
        "3 title: This is the same as line 2. Remove one of the two lines."
    ]
    bring(talks, "conditions", row)
    own = {**row, "ref": Condition.objects.get(title=CONDITION["title"]).ref}
    for rows, problem in (
        ((own, row), "3 title: This is the same as line 2. Remove one of the two lines."),
        ((row, own), f"3 ref: {own['ref']} stands on line 2 already. Remove one of the two lines."),
    ):
        assert told(check(talks, "conditions", as_csv(*rows))) == [problem]


def test_a_check_shows_moments_in_the_zone_of_the_negotiation(talks: Talks) -> None:
    """A cell without an hour is a day of that zone and is shown as that day, also where it was saved before."""
    row = {**CONDITION, "due_anchor": "date", "due_at": "2026-01-01"}
    assert shown(talks, "conditions", row)["due_at"] == ("", "1 Jan 2026")
    bring(talks, "conditions", row)
    ref = Condition.objects.get(title=CONDITION["title"]).ref
    later = {"ref": ref, "due_anchor": "date", "due_at": "2026-02-01T14:30"}
    assert shown(talks, "conditions", later)["due_at"] == ("1 Jan 2026", "1 Feb 2026, 14:30")
    incident = {**INCIDENT, "happened_at": "2025-11-04T04:10:00Z"}
    assert shown(talks, "incidents", incident)["happened_at"] == ("", "4 Nov 2025, 06:10")


def shown(talks: Talks, kind: str, row: dict[str, str]) -> dict[str, tuple[str, str]]:
    """What the check of one row shows of each field, before and after."""
    (told_row,) = check(talks, kind, as_csv(row)).report["rows"]
    return {name: (old, new) for name, old, new in told_row["changes"]}


@pytest.mark.parametrize(("at", "is_told"), [("", True), ("2025-11-01", False)])
def test_a_check_says_that_coverage_would_go_on(talks: Talks, at: str, is_told: bool) -> None:
    end = START + timedelta(days=60)
    edit_negotiation(talks.negotiation, act=talks.act(), version=None, coverage_end=end)
    talks.negotiation.refresh_from_db()
    (row,) = check(talks, "conditions", as_csv({**CONDITION, "effective_at": at})).report["rows"]
    assert ("would go on until" in row["remark"]) is is_told
    (source,) = check(talks, "sources", as_csv(SOURCE)).report["rows"]
    assert source["remark"] == ""
