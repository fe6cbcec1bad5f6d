"""A negotiation brought whole: its chains proved again, everything as it was there, or nothing at all."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from negotiations.access.viewer import viewer_for
from negotiations.demo import aceh_2005
from negotiations.demo.actors import register_actors
from negotiations.demo.cast import call_people, found_organisations
from negotiations.exports.jsonl import RecordFile
from negotiations.history.verify import faults
from negotiations.imports.batches import FOR_RECORDS, Brought, apply_batch, check_file
from negotiations.models import Actor, Entry, ImportBatch, Negotiation, Organisation, User
from negotiations.rules.codes import Marking
from negotiations.rules.marking import Viewer
from negotiations.selectors.entry_lines import entry_lines
from negotiations.services.act import Act
from negotiations.services.condition import edit_condition
from negotiations.services.correction import correct
from negotiations.services.marking import narrow_marking, widen_marking
from negotiations.services.negotiation import edit_negotiation
from negotiations.services.redaction import redact_entry
from tests.factories import START, Talks

pytestmark = pytest.mark.django_db
# What is of the new installation, and not of what the record tells.
OWN = ("id", "inserted_at", "payload_digest", "public_link", "hash", "salt", "request_id", "actor", "by", "backfilled")
PEOPLE = ("membership", "proposedfinding")


def exported(negotiation: Negotiation, viewer: Viewer | None = None) -> bytes:
    return b"".join(RecordFile(negotiation, viewer, timezone.now()).pieces())


def check_record(data: bytes, user: User, organisation: Organisation | None = None) -> ImportBatch:
    brought = Brought(
        user=user, kind="record", name="record.jsonl", data=data,
        organisation=organisation or Organisation.objects.order_by("pk")[0], limits=FOR_RECORDS,
    )  # fmt: skip
    return check_file(brought, now=timezone.now())


def bring(data: bytes, user: User) -> Negotiation:
    batch = check_record(data, user)
    assert batch.report["problems"] == []
    brought = apply_batch(batch, now=timezone.now(), limits=FOR_RECORDS).negotiation
    assert brought is not None
    return brought


def facts(data: bytes) -> list[dict[str, Any]]:
    """What a record file says of the world, under names that do not depend on where it is."""
    lines = [json.loads(line) for line in data.splitlines()]
    entries = [line for line in lines if line.get("type") == "entry" and line["subject_type"] not in PEOPLE]
    seen: dict[str, str] = {}
    for entry in entries:
        for key in (entry["subject_id"], entry["id"]):
            seen.setdefault(key, f"#{len(seen)}")
    versions: dict[str, int] = {}
    told = []
    for entry in entries:
        if entry["subject_version"] is not None:
            versions[entry["subject_id"]] = entry["subject_version"] = versions.get(entry["subject_id"], 0) + 1
        entry["basis"] = [item for item in entry["basis"] if "told_by" not in item]
        plain = json.dumps({name: value for name, value in entry.items() if name not in OWN}, sort_keys=True)
        for key, name in seen.items():
            plain = plain.replace(key, name)
        told.append(json.loads(plain))
        for pair in told[-1]["changes"].values():
            # Several ends stand in the order of their ids, which may be others here.
            pair[:] = [
                sorted(one) if isinstance(one, list) and all(isinstance(x, str) for x in one) else one for one in pair
            ]
    return told


def same_facts(before: bytes, after: bytes, people: list[str], brought_by: str) -> None:
    old, new = facts(before), facts(after)
    assert len(new) - len(old) <= 1  # the entry that takes it from the public
    for one, other in zip(old, new, strict=False):
        one_text, other_text = json.dumps(one, sort_keys=True), json.dumps(other, sort_keys=True)
        for person in people:
            one_text = one_text.replace(person, brought_by)
        if one["verb"] == "negotiation.created":
            one_text = one_text.replace(json.dumps(one["changes"]["slug"]), json.dumps(other["changes"]["slug"]))
        assert one_text == other_text


def lived(talks: Talks) -> None:
    """Some history: a status, a late entry, a correction, a narrowing, a widening, a redaction."""
    talks.set_status(talks.withdrawal, "in_progress")
    edit_condition(talks.release, act=talks.act(), version=None, title="Release all detainees")
    lead = talks.act(talks.cast.lead)
    entry = Entry.objects.get(subject_id=talks.claim.public_id)
    correct(entry, act=talks.act(), version=None, text="Two posts remain south of the line.")
    narrow_marking(talks.position, act=lead, version=None, marking=Marking.AMBER)
    widen_marking(talks.position, act=lead, version=None, marking=Marking.GREEN)
    act = Act(actor=talks.cast.lead, reason="A person is named.")
    told = Entry.objects.select_related("payload", "negotiation").get(subject_id=talks.dispute.public_id)
    redact_entry(told, act=act, second=talks.cast.mediator, ground="safety")


def test_the_small_negotiation_comes_back_as_it_was(talks: Talks) -> None:
    lived(talks)
    before = exported(talks.negotiation)
    brought = bring(before, talks.cast.lead)
    people = [str(key) for key in User.objects.values_list("public_id", flat=True)]
    same_facts(before, exported(brought), people, str(talks.cast.lead.public_id))
    assert list(faults()) == []
    assert (brought.title, brought.published, brought.pk) == ("Talks of the two shores", False, brought.pk)
    assert brought.conditions.get(title="Release all detainees").ref == talks.release.ref


def test_aceh_comes_back_as_it_was() -> None:
    people = call_people()
    shared = {
        "person": dict(people),
        "organisation": dict(found_organisations(people["lead"])),
        "actor": dict(register_actors(people["lead"])),
    }
    before = exported(aceh_2005.tell(shared).negotiation)
    brought = bring(before, people["lead"])
    keys = [str(one.public_id) for one in people.values()]
    same_facts(before, exported(brought), keys, str(people["lead"].public_id))
    assert list(faults()) == []


def test_entries_keep_their_moments_and_say_by_which_desk_they_were_told(talks: Talks) -> None:
    brought = bring(exported(talks.negotiation), talks.cast.lead)
    here = Entry.objects.get(negotiation=brought, verb="claim.made")
    there = Entry.objects.get(subject_id=talks.claim.public_id)
    assert (here.effective_at, here.recorded_at, here.backfilled) == (START, there.recorded_at, True)
    assert (here.actor, here.payload.basis[-1]["told_by"]) == (talks.cast.lead, "Harbour Office")
    (line,) = entry_lines([here], viewer=viewer_for(talks.cast.lead))
    assert line.by == f"Harbour Office, brought in by {talks.cast.lead}"


def test_ids_that_something_bears_here_are_renewed_and_actors_are_known_by_theirs(talks: Talks) -> None:
    taken = bring(exported(talks.negotiation), talks.cast.lead)
    assert taken.public_id != talks.negotiation.public_id
    data = exported(talks.negotiation).replace(
        str(talks.negotiation.public_id).encode(), b"0" * 8 + b"-0000-4000-8000-" + b"0" * 12
    )
    assert check_record(data, talks.cast.lead).counts["problems"] == 1  # an altered file is none of it
    assert Actor.objects.count() == 4  # known by their ids


def test_a_readers_file_comes_in_with_what_they_saw(talks: Talks) -> None:
    narrow_marking(talks.claim, act=talks.act(talks.cast.lead), version=None, marking=Marking.AMBER)
    data = exported(talks.negotiation, viewer_for(talks.cast.reader))
    brought = bring(data, talks.cast.lead)
    assert (brought.conditions.count(), brought.claims.count(), brought.sources.count()) == (2, 0, 1)
    assert list(faults()) == []


def test_a_redacted_entry_stays_redacted(talks: Talks) -> None:
    lived(talks)
    brought = bring(exported(talks.negotiation), talks.cast.lead)
    gone = Entry.objects.get(negotiation=brought, verb="dispute.opened")
    assert (gone.payload.changes, gone.payload.reason, gone.payload.redacted_at is not None) == ({}, "", True)
    assert b"Where the line runs" not in exported(brought)


def altered(change: Callable[[list[bytes]], Any]) -> Callable[[bytes], bytes]:
    def apply(data: bytes) -> bytes:
        lines = data.splitlines(keepends=True)
        change(lines)
        return b"".join(lines)

    return apply


DAMAGE: dict[str, Callable[[bytes], bytes]] = {
    "a word": lambda data: data.replace(b"Posts remain south", b"No posts are south"),
    "a moment": lambda data: data.replace(b"2025-10-10T09:00:00", b"2025-10-11T09:00:00", 1),
    "a marking": lambda data: data.replace(b'"marking_now":"CLEAR"', b'"marking_now":"AMBER"', 1),
    "a line gone": altered(lambda lines: lines.pop(9)),
    "a line twice": altered(lambda lines: lines.insert(9, lines[9])),
    "two lines exchanged": altered(lambda lines: lines.insert(9, lines.pop(12))),
    "cut off": lambda data: data[: len(data) // 2],
    "no end": altered(lambda lines: lines.pop()),
    "something behind the end": lambda data: data + b"{}\n",
    "another end": lambda data: data.replace(b'"end":true,"entries":', b'"end":true,"entries":1'),
    "no JSON": altered(lambda lines: lines.__setitem__(4, b"not json\n")),
    "a list": altered(lambda lines: lines.__setitem__(4, b"[]\n")),
    "another format": lambda data: data.replace(b"ceasefire-tracker-record", b"something-else"),
    "another version": lambda data: data.replace(b'"version":1,', b'"version":9,', 1),
    "a NUL": lambda data: data.replace(b"Posts", b"P\\u0000sts", 1),
    "empty": lambda _data: b"",
    "not text": lambda _data: b"\xff\xfe\x00\x01",
}


@pytest.mark.parametrize("name", DAMAGE)
def test_a_damaged_record_brings_nothing_and_says_where(talks: Talks, name: str) -> None:
    data = exported(talks.negotiation)
    damaged, before = DAMAGE[name](data), (Entry.objects.count(), Negotiation.objects.count())
    assert damaged != data
    batch = check_record(damaged, talks.cast.lead)
    assert [problem["wrong"] for problem in batch.report["problems"]]
    assert bytes(batch.content) == b""
    assert (Entry.objects.count(), Negotiation.objects.count()) == before


def test_what_was_proved_is_kept_with_the_batch(talks: Talks) -> None:
    batch = check_record(exported(talks.negotiation), talks.cast.lead)
    assert batch.proof["scope"] == "whole"
    assert set(batch.proof["chains"]) == {"public", "whole"}
    assert batch.proof["entries"] == Entry.objects.filter(negotiation=talks.negotiation).count()


def test_a_record_that_was_here_before_is_remarked_on_to_who_sees_it(talks: Talks) -> None:
    data, again = exported(talks.negotiation), "A negotiation of this record was here before; this makes another one."

    def remarked(user: User) -> list[str]:
        batch = check_record(data, user)
        assert bytes(batch.content)
        return [row["title"] for row in batch.report["rows"] if row["remark"] == again]

    assert remarked(talks.cast.lead) == ["Talks of the two shores"]
    bring(data, talks.cast.lead)
    assert remarked(talks.cast.lead) == ["Talks of the two shores"] * 2
    act = talks.act(talks.cast.lead)
    edit_negotiation(talks.negotiation, act=act, version=None, published=False)
    assert remarked(talks.cast.outsider) == []
