"""Where a negotiation asks for two, nobody alone says that a side broke its word or that the sides differ."""

from __future__ import annotations

from typing import Any

import pytest

from negotiations.access.viewer import viewer_for
from negotiations.history.verify import faults
from negotiations.models import Citation, Condition, Entry, ProposedFinding, User
from negotiations.rules.errors import EvidenceRefused, NotPermitted, RuleError, TransitionRefused
from negotiations.rules.marking import ANYBODY
from negotiations.services.act import Act, Cite
from negotiations.services.condition import change_condition_status, check_condition
from negotiations.services.correction import correct, undo
from negotiations.services.finding import Finding
from negotiations.services.marking import narrow_marking
from negotiations.services.negotiation import edit_negotiation
from negotiations.services.proposed_finding import confirm_finding, decline_finding
from tests.factories import START, Talks

from .facts import claim, last_of, source, told_of
from .ledger import nothing_by, written_by

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair(talks: Talks) -> Talks:
    """The small negotiation with the rule switched on."""
    edit_negotiation(
        talks.negotiation, act=talks.act(talks.cast.lead, reason="Agreed."), version=None, two_person_rule=True
    )
    return talks


def breach(talks: Talks, person: User | None = None, **facts: Any) -> Any:
    finding = Finding(verified_by="third_party", verified_by_actor=talks.monitors, verification_method="on_site")
    return change_condition_status(
        talks.withdrawal, act=talks.act(person, **facts), version=None, status="breached", finding=finding
    )


def decide(talks: Talks, proposed: ProposedFinding, *, person: User | None = None, **facts: Any) -> ProposedFinding:
    act = Act(actor=person or talks.cast.lead, **facts)
    return confirm_finding(proposed, act=act, version=proposed.version)


def status_of(talks: Talks) -> str:
    return Condition.objects.get(pk=talks.withdrawal.pk).status


def test_a_breach_is_only_proposed(pair: Talks) -> None:
    written = written_by(lambda: breach(pair))
    assert (written.verbs, written.tables) == (["proposedfinding.made"], {"proposedfinding": 1, "citation": 1})
    assert isinstance(written.result, ProposedFinding)
    assert (written.result.status, written.result.proposed_by) == ("breached", pair.cast.mediator)
    assert status_of(pair) == "not_assessed"
    assert [str(fault) for fault in faults()] == []


def test_contested_is_only_proposed_too(pair: Talks) -> None:
    claim(pair)
    proposed = change_condition_status(pair.withdrawal, act=pair.act(), version=None, status="contested")
    assert isinstance(proposed, ProposedFinding)


@pytest.mark.parametrize("status", ["in_progress", "met"])
def test_other_statuses_take_one_person(pair: Talks, status: str) -> None:
    assert pair.set_status(pair.withdrawal, status).status == status


def test_without_the_rule_one_person_is_enough(talks: Talks) -> None:
    assert breach(talks).status == status_of(talks) == "breached"


def test_proposing_has_the_guards_of_the_status(pair: Talks) -> None:
    with pytest.raises(EvidenceRefused):
        change_condition_status(pair.withdrawal, act=pair.act(), version=None, status="breached")
    pair.set_status(pair.withdrawal, "superseded")
    with pytest.raises(TransitionRefused):
        breach(pair)


def test_a_second_person_confirms_and_the_status_changes(pair: Talks) -> None:
    proposed = breach(pair, reason="Posts came back.")
    written = written_by(lambda: decide(pair, proposed))
    assert written.verbs == ["proposedfinding.confirmed", "condition.status_changed"]
    assert status_of(pair) == "breached"
    assert (written.result.state, written.result.proposed_by, written.result.decided_by) == (
        "confirmed",
        pair.cast.mediator,
        pair.cast.lead,
    )
    assert [str(fault) for fault in faults()] == []


def test_the_status_rests_on_what_was_proposed(pair: Talks) -> None:
    proposed = breach(pair, reason="Posts came back.", at=START.replace(day=20))
    decide(pair, proposed, reason="Agreed.")
    entry = last_of(pair.withdrawal)
    assert (entry.payload.reason, entry.effective_at) == ("Posts came back.", START.replace(day=20))
    assert [one.source for one in Citation.objects.filter(entry=entry)] == [pair.source]
    assert entry.payload.changes["verified_by_actor"][1] == str(pair.monitors.public_id)
    assert last_of(proposed).payload.reason == "Agreed."


def test_the_proposer_cannot_confirm(pair: Talks) -> None:
    proposed = breach(pair)

    def attempt() -> None:
        for person in (pair.cast.mediator, None):
            with pytest.raises(NotPermitted):
                confirm_finding(proposed, act=Act(actor=person), version=None)

    nothing_by(attempt)


def test_a_change_of_the_condition_makes_it_void(pair: Talks) -> None:
    proposed = breach(pair)
    check_condition(pair.withdrawal, act=pair.act(), version=None, where="The daily sheet")
    with pytest.raises(RuleError) as refused:
        decide(pair, proposed)
    assert refused.value.code == "finding_void"


def test_it_is_decided_once(pair: Talks) -> None:
    proposed = breach(pair)
    decline_finding(proposed, act=Act(actor=pair.cast.lead, reason="Not shown."), version=None)
    with pytest.raises(RuleError) as refused:
        confirm_finding(proposed, act=Act(actor=pair.cast.analyst), version=None)
    assert refused.value.code == "finding_decided"


def test_it_is_declined_with_a_reason_by_somebody_else(pair: Talks) -> None:
    proposed = breach(pair)
    with pytest.raises(RuleError):
        decline_finding(proposed, act=Act(actor=pair.cast.lead), version=None)
    with pytest.raises(NotPermitted):
        decline_finding(proposed, act=Act(actor=pair.cast.mediator, reason="Mine."), version=None)
    declined = decline_finding(proposed, act=Act(actor=pair.cast.lead, reason="Not shown."), version=None)
    assert (declined.state, status_of(pair)) == ("declined", "not_assessed")


def test_it_is_not_proposed_twice(pair: Talks) -> None:
    breach(pair)
    with pytest.raises(RuleError) as refused:
        breach(pair, pair.cast.analyst)
    assert refused.value.code == "finding_proposed_already"


def test_a_source_that_was_narrowed_bears_nothing_out_any_more(pair: Talks) -> None:
    proposed = breach(pair)
    narrow_marking(pair.source, act=pair.act(cites=()), version=None, marking="AMBER")
    with pytest.raises(EvidenceRefused):
        decide(pair, proposed)


def test_a_narrow_source_is_carried_over_as_narrowly(pair: Talks) -> None:
    quiet = source(pair)
    decide(pair, breach(pair, cites=(Cite(source=pair.source, credibility="2"), Cite(source=quiet, quote="Whispered"))))
    entry = last_of(pair.withdrawal)
    told = Citation.objects.get(entry=entry, source=quiet)
    assert (told.quote, told.told_by.marking) == ("Whispered", "AMBER")
    assert Citation.objects.visible_to(ANYBODY).filter(entry=entry).count() == 1


def test_a_proposal_stays_among_members(pair: Talks) -> None:
    proposed = breach(pair)
    seen = {name: viewer_for(getattr(pair.cast, name)) for name in ("reader", "outsider", "analyst", "other_mediator")}
    found = {name for name, viewer in seen.items() if ProposedFinding.objects.visible_to(viewer).exists()}
    assert (proposed.marking, found) == ("AMBER", {"analyst", "other_mediator"})
    assert not Entry.objects.visible_to(ANYBODY).filter(subject_id=proposed.public_id).exists()


def test_a_correction_is_no_way_round(pair: Talks) -> None:
    pair.set_status(pair.withdrawal, "in_progress")
    with pytest.raises(RuleError) as refused:
        correct(last_of(pair.withdrawal), act=pair.act(), version=None, status="breached", verified_by="obligor")
    assert refused.value.code == "second_person_needed"


def test_who_decided_is_never_told_otherwise(pair: Talks) -> None:
    proposed = breach(pair)
    decide(pair, proposed)
    for entry in told_of(proposed):
        with pytest.raises(RuleError) as refused:
            correct(entry, act=pair.act(), version=None, proposed_by=pair.cast.analyst)
        assert refused.value.code == "not_correctable"


def test_the_confirmed_change_can_be_undone_like_any_other(pair: Talks) -> None:
    decide(pair, breach(pair))
    undo(last_of(pair.withdrawal), act=Act(actor=pair.cast.lead, reason="Too early."))
    assert status_of(pair) == "not_assessed"


def test_only_the_lead_switches_the_rule_and_says_why(talks: Talks) -> None:
    for person, reason in ((talks.cast.mediator, "Agreed."), (talks.cast.lead, " ")):
        with pytest.raises(RuleError):
            edit_negotiation(
                talks.negotiation, act=talks.act(person, reason=reason), version=None, two_person_rule=True
            )
    assert not talks.negotiation.two_person_rule
