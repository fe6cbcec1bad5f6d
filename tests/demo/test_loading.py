"""Loading: once, whole, cited, and never over anybody's own data."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from negotiations.demo.cast import CAST
from negotiations.history.verify import faults
from negotiations.models import Claim, Entry, Membership, Negotiation, Source, User
from negotiations.rules.codes import Reliability

# What moves a status or records what somebody declared, said or did.
STATUS_VERBS = (
    "condition.status_changed",
    "condition.finding_rejected",
    "phase.status_changed",
    "phase.declared",
    "dispute.status_changed",
    "dispute.escalated",
    "negotiation.status_changed",
)


def test_it_loads_the_three_processes_published(told: None) -> None:
    found = dict(Negotiation.objects.filter(published=True).values_list("slug", "status"))
    assert found == {"gaza-2025": "active", "gaza-january-2025": "collapsed", "aceh-2005": "concluded"}


def test_it_refuses_to_load_twice(told: None) -> None:
    with pytest.raises(CommandError, match="nothing loaded"):
        call_command("load_demo")


def test_it_leaves_a_database_in_use_alone_when_asked_if_empty(told: None) -> None:
    before, said = Entry.objects.count(), StringIO()
    call_command("load_demo", "--if-empty", stdout=said)
    assert "nothing loaded" in said.getvalue()
    assert Entry.objects.count() == before


def test_its_record_is_whole(told: None) -> None:
    assert list(faults()) == []


def test_every_entry_is_backfilled_and_known_no_earlier_than_it_was_so(told: None) -> None:
    entries = Entry.objects.exclude(verb="entry.redacted")
    assert not entries.filter(backfilled=False).exists()
    assert [e.verb for e in entries if e.recorded_at < e.effective_at] == []


def test_every_change_of_a_status_is_cited_or_says_why_not(told: None) -> None:
    changes = Entry.objects.filter(verb__in=STATUS_VERBS).select_related("payload")
    assert changes.count() > 80
    bare = [e.payload.reason for e in changes if not e.citations.exists() and not e.payload.no_source_reason]
    assert bare == []


def test_every_entry_of_a_process_is_cited_or_says_why_not(told: None) -> None:
    entries = Entry.objects.filter(negotiation__isnull=False).exclude(subject_type="source").select_related("payload")
    bare = {e.verb for e in entries if not e.citations.exists() and not e.payload.no_source_reason}
    assert bare == set()


def test_no_address_is_cut_short(told: None) -> None:
    addresses = [url for url in Source.objects.values_list("url", flat=True) if url]
    assert len(addresses) > 25
    assert [url for url in addresses if "..." in url or "…" in url] == []


def test_every_source_says_who_published_it_and_is_graded(told: None) -> None:
    assert not Source.objects.filter(publisher="").exists()
    ungraded = Source.objects.filter(reliability=Reliability.F).values_list("publisher", flat=True)
    assert set(ungraded) == {"Tracker"}


def test_no_write_moved_the_end_of_coverage(told: None) -> None:
    assert not Entry.objects.filter(verb="negotiation.coverage_moved").exists()


def test_the_cast_signs_in_without_passwords(told: None) -> None:
    people = User.objects.filter(username__in=[person.username for person in CAST])
    assert len(people) == len(CAST) == 6
    assert not any(person.has_usable_password() for person in people)
    assert not Membership.objects.filter(user__username="outsider").exists()


def test_titles_are_told_in_arabic_too(told: None) -> None:
    for negotiation in Negotiation.objects.all():
        assert negotiation.title_ar
        for name in ("phases", "conditions", "disputes", "windows", "meetings"):
            assert not getattr(negotiation, name).filter(title_ar="").exists()


def test_claims_name_their_claimant_and_are_public(told: None) -> None:
    assert Claim.objects.count() > 20
    assert not Claim.objects.exclude(marking="CLEAR").exists()
