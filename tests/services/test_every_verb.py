"""Each verb writes its row and its entry, hands the entry on, keeps the states in step, and nothing else."""

from __future__ import annotations

import pytest

from negotiations.history.verify import faults
from negotiations.models import OutboxRow, StateVersion, Tracked
from negotiations.models.snapshot import snapshot
from negotiations.rules.verbs import VERBS
from negotiations.services.subject import kind_of
from tests.factories import Talks

from .ledger import written_by
from .verbs import CASES, Case

pytestmark = pytest.mark.django_db
# Told by verbs that write more than one entry, or by the clock; their tests are in files of their own.
ELSEWHERE = {
    "condition.due_soon", "condition.due_tomorrow", "phase.gate_met",
    "negotiation.created", "negotiation.published", "negotiation.coverage_moved", "membership.granted",
    "proposal.tabled", "note.answered", "source.cited", "entry.corrected", "entry.undone", "entry.redacted",
    "condition.overdue", "condition.stale", "proposedfinding.confirmed", "membership.agreed",
}  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=[case.verb for case in CASES])
def test_it_writes_one_row_and_one_entry_and_nothing_else(talks: Talks, case: Case) -> None:
    ready = case.prepare(talks)
    written = written_by(lambda: case.call(talks, ready))
    assert written.verbs == [case.verb]
    assert written.tables == {**case.tables, "citation": 1}
    (entry,) = written.entries
    item: Tracked = kind_of(entry.subject_type)._default_manager.get(public_id=entry.subject_id)
    assert (entry.subject_version, entry.actor_id is None) == (item.version, False)
    assert written.result == item
    assert OutboxRow.objects.filter(entry=entry, done_at=None).exists()
    states = StateVersion.objects.filter(subject_id=item.public_id)
    assert states.get(known__upper_inf=True, effective__upper_inf=True).values == snapshot(item)
    assert [str(fault) for fault in faults()] == []


def test_every_verb_of_the_vocabulary_has_a_case() -> None:
    assert {case.verb for case in CASES} | ELSEWHERE == set(VERBS)
    assert len({case.verb for case in CASES}) == len(CASES)
