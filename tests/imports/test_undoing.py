"""An import is taken back by entries of its own, while nothing builds on it; what prevents it is named."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from negotiations.access.viewer import viewer_for
from negotiations.history.moment import Moment, coverage_end
from negotiations.history.verify import faults
from negotiations.imports.problems import FileRefused
from negotiations.imports.undo import undo_batch
from negotiations.models import Actor, Claim, Condition, Entry, ImportBatch, Negotiation, Position, Source
from negotiations.rules.codes import Marking
from negotiations.rules.errors import RuleError
from negotiations.selectors.position_matrix import position_matrix
from negotiations.selectors.scene import scene_of
from negotiations.services.act import Cite
from negotiations.services.claim import make_claim, withdraw_claim
from negotiations.services.dispute import change_dispute_status
from negotiations.services.gate import assert_gate, withdraw_gate
from negotiations.services.link import add_link, withdraw_link
from tests.factories import START, Talks
from tests.factories import talks as build

from .bringing import CLAIM, CONDITION, POSITION, ROWS, SOURCE, as_csv, bring, check, told

pytestmark = pytest.mark.django_db
END = START + timedelta(days=60)


def undo(batch: ImportBatch) -> ImportBatch:
    return undo_batch(batch, now=timezone.now())


def test_what_each_table_made_is_withdrawn_and_every_entry_stays(talks: Talks) -> None:
    batches = [bring(talks, kind, ROWS[kind]) for kind in ROWS]
    before = Entry.objects.count()
    assert [undo(batch).state for batch in batches] == ["undone"] * len(ROWS)
    assert Entry.objects.count() == before + len(ROWS)
    assert Claim.objects.latest("pk").withdrawn_at is not None
    assert Condition.objects.latest("pk").status == "superseded"
    assert Position.objects.latest("pk").withdrawn_at is not None
    assert Source.objects.latest("pk").retracted_at is not None
    assert talks.negotiation.incidents.get().status == "withdrawn"
    assert list(faults()) == []


@pytest.fixture
def ended() -> Talks:
    """The small negotiation, whose coverage ended after two months."""
    return build(coverage_end=END)


def test_it_is_taken_back_as_of_when_it_was_told(ended: Talks) -> None:
    """Nothing happened in the world when a file turned out to be wrong: the end of coverage is where it was."""
    batches = [bring(ended, kind, ROWS[kind]) for kind in ROWS]
    before = Entry.objects.count()
    for batch in batches:
        undo(batch)
    assert Entry.objects.count() == before + len(ROWS) + 1
    assert Negotiation.objects.get(pk=ended.negotiation.pk).coverage_end == END
    claim = Claim.objects.latest("pk")
    assert claim.withdrawn_at == Entry.objects.filter(subject_id=claim.public_id).earliest("seq").effective_at
    assert list(faults()) == []


@pytest.mark.parametrize("row", [CONDITION, {"ref": "C1", "title": "Another wording"}])
def test_the_end_of_coverage_that_an_import_moved_goes_back(ended: Talks, row: dict[str, str]) -> None:
    """For every reader: what was told of today and taken back does not show that anybody followed until today."""
    batch = bring(ended, "conditions", row)
    assert end_of(ended) > END
    undo(batch)
    assert end_of(ended) == END
    assert Negotiation.objects.get().coverage_end == END
    assert list(faults()) == []


def test_the_end_of_coverage_stays_where_something_later_moved_it(ended: Talks) -> None:
    batch = bring(ended, "conditions", {**CONDITION, "effective_at": "2026-01-05"})
    later = ended.add_condition(at=START + timedelta(days=100))
    undo(batch)
    assert end_of(ended) == Entry.objects.get(subject_id=later.public_id).effective_at == START + timedelta(days=100)


def test_the_end_of_coverage_goes_back_to_the_latest_of_what_was_told_since(ended: Talks) -> None:
    batch = bring(ended, "conditions", {**CONDITION, "effective_at": "2026-01-05"})
    ended.add_condition(at=START + timedelta(days=70))
    undo(batch)
    assert Negotiation.objects.get().coverage_end == end_of(ended) == START + timedelta(days=70)


def end_of(talks: Talks) -> datetime:
    """The end of coverage as the analyst sees it."""
    found = coverage_end(Negotiation.objects.get(pk=talks.negotiation.pk), viewer_for(talks.cast.analyst))
    assert found is not None
    return found


@pytest.mark.parametrize("kind", ROWS)
def test_what_was_taken_back_can_be_brought_again(talks: Talks, kind: str) -> None:
    undo(bring(talks, kind, ROWS[kind]))
    again = bring(talks, kind, ROWS[kind])
    assert (again.counts["created"], again.counts["unchanged"]) == (1, 0)
    assert check(talks, kind, as_csv(ROWS[kind])).counts["unchanged"] == 1


def test_what_somebody_withdrew_themselves_is_not_brought_again(talks: Talks) -> None:
    bring(talks, "claims", CLAIM)
    withdraw_claim(Claim.objects.latest("pk"), act=talks.act(), version=None)
    assert check(talks, "claims", as_csv(CLAIM)).counts["unchanged"] == 1


def test_a_source_that_was_taken_back_is_cited_by_nothing_new(talks: Talks) -> None:
    row = {**CLAIM, "source": "", "source_publisher": "Lake Gazette", "source_title": "The count"}
    undo(bring(talks, "claims", row))
    for text in (CLAIM["text"], "Five posts remain."):
        bring(talks, "claims", {**row, "text": text})
    first, second = Source.objects.filter(title="The count").order_by("pk")
    assert (first.retracted_at is None, second.citations.count()) == (False, 2)


def test_a_ref_of_what_was_taken_back_is_refused_in_words(talks: Talks) -> None:
    row = {**CONDITION, "ref": "B9"}
    undo(bring(talks, "conditions", row))
    problem = "2 ref: B9 came with an import that was taken back; nothing follows it. Use another ref"
    assert told(check(talks, "conditions", as_csv(row)))[0].startswith(problem)
    assert bring(talks, "conditions", {**row, "ref": "B10"}).counts["created"] == 1


def test_what_it_changed_is_as_before(talks: Talks) -> None:
    batch = bring(talks, "conditions", {"ref": "C1", "title": "Another wording"})
    undo(batch)
    talks.withdrawal.refresh_from_db()
    assert (talks.withdrawal.title, talks.withdrawal.version) == ("Withdraw to the agreed line", 3)


def test_a_source_on_which_something_rests_keeps_its_import(talks: Talks) -> None:
    batch = bring(talks, "sources", SOURCE)
    source = Source.objects.latest("pk")
    make_claim(
        act=talks.act(cites=(Cite(source=source),)), negotiation=talks.negotiation, claimant=talks.north,
        kind="fulfilled", text="Done.", said_at=START,
    )  # fmt: skip
    with pytest.raises(FileRefused, match=f"An entry builds on {source.ref}"):
        undo(batch)


def test_what_was_taken_back_itself_prevents_nothing(talks: Talks) -> None:
    """What builds on an import is taken back first, and then the import follows."""
    first = bring(talks, "conditions", {**CONDITION, "ref": "X21"})
    builds = {
        kind: bring(talks, kind, {**ROWS[kind], name: "X21", **more})
        for kind, name, more in (
            ("incidents", "conditions", {}),
            ("claims", "conditions", {}),
            ("positions", "condition", {"dispute": ""}),
        )
    }
    with pytest.raises(FileRefused) as refused:
        undo(first)
    assert [str(one).partition(" Take")[0] for one in refused.value.problems] == [
        f"X21: {ref} builds on X21." for ref in ("I1", "K2", "P2")
    ]
    for batch in builds.values():
        undo(batch)
    assert undo(first).state == "undone"
    assert list(faults()) == []


def test_links_gates_and_disputes_that_ended_prevent_nothing(talks: Talks) -> None:
    batch = bring(talks, "conditions", CONDITION)
    condition = Condition.objects.latest("pk")
    withdraw_link(
        add_link(act=talks.act(), condition=condition, other=talks.withdrawal, type="requires"),
        act=talks.act(), version=None,
    )  # fmt: skip
    withdraw_gate(assert_gate(act=talks.act(), phase=talks.second, condition=condition), act=talks.act(), version=None)
    dispute = talks.open_dispute(conditions=[condition])
    change_dispute_status(dispute, act=talks.act(), version=None, status="withdrawn")
    assert undo(batch).state == "undone"


def test_a_source_is_taken_back_after_what_rested_on_it(talks: Talks) -> None:
    source = bring(talks, "sources", SOURCE)
    ref = Source.objects.latest("pk").ref
    claims = bring(talks, "claims", {**CLAIM, "source": ref})
    change = bring(talks, "conditions", {"ref": "C1", "title": "Another wording", "source": ref})
    for batch in (claims, change):
        with pytest.raises(FileRefused, match=f"An entry builds on {ref}"):
            undo(source)
        undo(batch)
    assert undo(source).state == "undone"
    assert list(faults()) == []


def test_a_change_that_was_undone_prevents_nothing(talks: Talks) -> None:
    made = bring(talks, "conditions", {**CONDITION, "ref": "X21"})
    change = bring(talks, "conditions", {"ref": "X21", "title": "Another wording"})
    with pytest.raises(FileRefused, match="X21 was changed since"):
        undo(made)
    undo(change)
    undo(made)
    condition = Condition.objects.get(ref="X21")
    assert (condition.status, condition.title) == ("superseded", CONDITION["title"])
    assert list(faults()) == []


def test_a_dispute_over_a_condition_keeps_its_import(talks: Talks) -> None:
    batch = bring(talks, "conditions", CONDITION)
    dispute = talks.open_dispute(conditions=[Condition.objects.latest("pk")])
    with pytest.raises(FileRefused, match=f"{dispute.ref} builds on C3"):
        undo(batch)


def test_what_its_person_may_not_see_neither_prevents_it_nor_is_told(talks: Talks) -> None:
    batch = bring(talks, "conditions", CONDITION, user=talks.cast.analyst)
    hidden = make_claim(
        act=talks.act(), negotiation=talks.negotiation, claimant=talks.north, kind="fulfilled", text="Quiet.",
        said_at=START, conditions=[Condition.objects.latest("pk")], marking=Marking.AMBER_STRICT,
        organisation=talks.cast.harbour,
    )  # fmt: skip
    assert undo(batch).state == "undone"
    assert hidden.conditions.count() == 1


def test_a_position_taken_back_says_so_and_is_nobodys_position_any_more(talks: Talks) -> None:
    undo(bring(talks, "positions", {**POSITION, "actor": "Northern Shore"}))
    position = Position.objects.latest("pk")
    entry = Entry.objects.select_related("payload").filter(subject_id=position.public_id).latest("seq")
    assert (position.stance, entry.verb) == ("undecided", "position.withdrawn")
    assert entry.payload.reason == "The import that wrote it was taken back."
    assert stance_of(talks, talks.north) == ""


def test_the_position_before_the_one_taken_back_stands_again(talks: Talks) -> None:
    batch = bring(talks, "positions", POSITION)
    assert stance_of(talks, talks.south) == "undecided"
    undo(batch)
    assert stance_of(talks, talks.south) == talks.position.stance


def stance_of(talks: Talks, actor: Actor) -> str:
    """Where the matrix says that an actor stands on the dispute; empty where it has no statement of theirs."""
    scene = scene_of(talks.negotiation, viewer=viewer_for(talks.cast.analyst), moment=Moment(timezone.now()))
    row = next(row for row in position_matrix(scene).rows if row.ref == talks.dispute.ref)
    return next(cell.stance for cell in row.cells if cell.who.pk == actor.pk)


def test_it_is_taken_back_once(talks: Talks) -> None:
    batch = bring(talks, "claims", CLAIM)
    undo(batch)
    with pytest.raises(RuleError, match="only once"):
        undo(batch)
