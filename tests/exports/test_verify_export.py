"""verify_export.py: one file with the standard library alone proves a record file or names what is wrong."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import rfc8785

from negotiations.access.viewer import viewer_for
from negotiations.exports import verify_export
from negotiations.models import Entry
from negotiations.rules.marking import ANYBODY
from negotiations.services.marking import narrow_marking
from negotiations.services.redaction import redact_entry
from tests.factories import Talks

from .conftest import Make

pytestmark = pytest.mark.django_db
PROGRAM = Path(verify_export.__file__)
Lines = list[dict[str, Any]]


def run(path: Path, *more: str) -> subprocess.CompletedProcess[str]:
    """Run it as a stranger would: alone, without anything of this project or its packages."""
    command = [sys.executable, "-I", "-S", str(PROGRAM), str(path), *more]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def rewritten(path: Path, change: Callable[[Lines], object], *, seal: bool = True) -> Path:
    """The file with its lines changed and, as somebody who hides it would, with a digest that fits."""
    found = [json.loads(line) for line in path.read_bytes().splitlines()]
    change(found)
    body = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in found[:-1]).encode()
    if seal and "digest" in found[-1]:
        found[-1]["digest"] = verify_export.hashlib.sha256(body).hexdigest()
    path.write_bytes(body + json.dumps(found[-1]).encode() + b"\n")
    return path


def some_entry(found: Lines, verb: str = "condition.status_changed") -> dict[str, Any]:
    return next(line for line in found if line.get("verb") == verb)


@pytest.fixture
def changed(talks: Talks) -> Talks:
    """With a change of status in the middle, something hidden and something narrowed."""
    talks.set_status(talks.withdrawal, "in_progress")
    talks.open_dispute(marking="AMBER")
    narrow_marking(talks.claim, act=talks.act(), version=None, marking="AMBER")
    talks.set_status(talks.release, "in_progress")
    return talks


@pytest.mark.parametrize("who", ["anybody", "lead", "reader", "whole"])
def test_a_good_file_is_whole(changed: Talks, record_file: Make, who: str) -> None:
    viewer = {"anybody": ANYBODY, "whole": None}.get(who, ANYBODY)
    done = run(record_file(viewer_for(getattr(changed.cast, who)) if who in ("lead", "reader") else viewer))
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("WHOLE. Talks of the two shores")


def test_a_redacted_entry_is_told_and_the_rest_proved(changed: Talks, record_file: Make) -> None:
    entry = Entry.objects.get(subject_id=changed.position.public_id)
    act = changed.act(changed.cast.lead, cites=())
    redact_entry(entry, act=act, second=changed.cast.mediator, ground="safety")
    done = run(record_file(ANYBODY))
    assert done.returncode == 0, done.stderr
    assert "of 1 redacted" in done.stdout


def alter(name: str, value: Any, verb: str = "condition.status_changed") -> Callable[[Lines], object]:
    return lambda found: some_entry(found, verb).update({name: value})


def drop(verb: str) -> Callable[[Lines], object]:
    return lambda found: found.remove(some_entry(found, verb))


def swap(found: Lines) -> None:
    found[-3], found[-2] = found[-2], found[-3]


DAMAGE = {
    "a word": (alter("reason", "Nothing happened."), "its words are not those that were written"),
    "a value": (alter("changes", {"status": ["not_assessed", "met"]}), "its words are not those"),
    "a citation": (alter("basis", []), "its words are not those"),
    "a salt": (alter("salt", "ab"), "its words are not those"),
    "a verb": (alter("verb", "condition.checked"), "does not continue the public chain"),
    "a moment": (alter("effective_at", "2020-01-01T00:00:00+00:00"), "does not continue the public chain"),
    "a digest of words": (alter("payload_digest", "ab"), "its words are not those"),
    "a link": (alter("public_link", "ab"), "does not continue the public chain"),
    "a marking": (alter("marking_now", "AMBER"), "does not agree with its marking"),
    "words under a redaction": (alter("redacted", True), "was redacted and still has words"),
    "a missing entry": (drop("phase.added"), "does not continue the public chain"),
    "a missing last entry": (lambda found: found.pop(-2), "entries and the end names"),
    "two entries swapped": (swap, "does not continue the public chain"),
    "an entry told twice": (lambda found: found.insert(-1, found[-2]), "does not continue the public chain"),
    "a count": (lambda found: found[-1].update(entries=1), "entries and the end names"),
    "the last link": (lambda found: found[-1].update(chains={"public": "ab"}), "does not end where"),
    "a missing end": (lambda found: found.pop(), "the end is missing"),
    "a missing header": (lambda found: found.pop(0), "this is no record file"),
    "another version": (lambda found: found[0].update(version=2), "version 2"),
    "a member of a line": (lambda found: some_entry(found).pop("basis"), "something is missing"),
    "an unknown line": (lambda found: found.insert(1, {"type": "rumour"}), "of an unknown kind"),
}  # fmt: skip


@pytest.mark.parametrize("what", DAMAGE)
def test_it_names_what_was_done_to_a_file(changed: Talks, record_file: Make, what: str) -> None:
    change, named = DAMAGE[what]
    done = run(rewritten(record_file(ANYBODY), change))
    assert done.returncode == 1
    assert named in done.stderr
    assert done.stderr.startswith("NOT WHOLE.")


@pytest.mark.parametrize("name", ["actor", "request_id", "subject_version", "hash", "organisation"])
def test_the_whole_file_proves_what_is_internal_too(changed: Talks, record_file: Make, name: str) -> None:
    done = run(rewritten(record_file(None), alter(name, "9")))
    assert (done.returncode, "does not continue the chain" in done.stderr) == (1, True)


@pytest.mark.parametrize(
    ("damage", "named"),
    [
        (lambda body: body.replace(b"Talks of the two shores", b"Talks of the new shores", 1), "bytes do not have"),
        (lambda body: body[:-5], "the line is cut off"),
        (lambda body: body[: len(body) // 2], "the line is cut off"),
        (lambda body: body.replace(b"\n", b"\n\n", 1), "line 2: the line is not JSON"),
        (lambda body: b"", "the file is empty"),
        (lambda body: b"\xff\xfe" + body, "line 1: the line is not JSON"),
        (lambda body: body + body.splitlines(keepends=True)[-1], "something stands behind the end"),
        (lambda body: b"[]\n" + body, "the line is not an object"),
    ],
)
def test_it_names_a_broken_file(
    changed: Talks, record_file: Make, damage: Callable[[bytes], bytes], named: str
) -> None:
    path = record_file(ANYBODY)
    path.write_bytes(damage(path.read_bytes()))
    done = run(path)
    assert (done.returncode, named in done.stderr) == (1, True), done.stderr


def test_it_finds_the_link_that_a_table_or_brief_names(changed: Talks, record_file: Make) -> None:
    path = record_file(ANYBODY)
    link = json.loads(path.read_bytes().splitlines()[-6])["public_link"]
    assert run(path, "--link", link).returncode == 0
    assert "is not in the public chain" in run(path, "--link", "ab" * 32).stderr


def links_of(path: Path) -> list[str]:
    lines = map(json.loads, path.read_bytes().splitlines())
    return [line["public_link"] for line in lines if line.get("public_link")]


def test_the_beginning_that_the_name_of_a_file_has_is_enough(changed: Talks, record_file: Make) -> None:
    path = record_file(ANYBODY)
    link = links_of(path)[3]
    assert run(path, "--link", link[:8]).returncode == 0
    assert run(path, "--link", link[:12].upper()).returncode == 0
    assert "is not in the public chain" in run(path, "--link", "ab" * 4).stderr


@pytest.mark.parametrize("given", ["", "fd8fd61", "fd8fd61…", "a" * 65])
def test_what_is_no_beginning_of_a_link_is_refused_in_words(tmp_path: Path, given: str) -> None:
    done = run(tmp_path / "none.jsonl", "--link", given)
    assert (done.returncode, "at least its first 8 digits" in done.stderr) == (2, True)


def test_a_beginning_of_several_links_is_refused_in_words(changed: Talks, record_file: Make) -> None:
    path = record_file(ANYBODY)
    firsts = [link[0] for link in links_of(path)]
    several = next(one for one in firsts if firsts.count(one) > 1)
    with path.open("rb") as file, pytest.raises(verify_export.Wrong, match="is the beginning of several links"):
        verify_export.verify(file, several)


def test_it_compares_the_digest_one_was_told(changed: Talks, record_file: Make) -> None:
    path = record_file(ANYBODY)
    digest = json.loads(path.read_bytes().splitlines()[-1])["digest"]
    assert run(path, "--digest", digest).returncode == 0
    assert run(path, "--digest", "ab").returncode == 1


def renamed(found: Lines) -> None:
    found[0]["negotiation"]["title"] = "Talks of the new shores"
    next(line for line in found if line.get("type") == "actor")["name"] = "Somebody else"


def test_it_says_what_no_chain_covers(changed: Talks, record_file: Make) -> None:
    """Who changes a title or a name and seals the file anew is found out by the digest one was told alone."""
    path = record_file(ANYBODY)
    digest = json.loads(path.read_bytes().splitlines()[-1])["digest"]
    assert (
        "and proved by the digest that you gave: the first line with the title" in run(path, "--digest", digest).stdout
    )
    rewritten(path, renamed)
    done = run(path)
    assert done.returncode == 0
    assert "NOT PROVED, for no chain covers it: the first line with the title; the names of actors" in done.stdout
    assert "`by`" in done.stdout
    assert run(path, "--digest", digest).returncode == 1


@pytest.mark.parametrize(("who", "is_told"), [("lead", True), ("anybody", False), ("whole", False)])
def test_entries_that_are_in_no_chain_are_counted(changed: Talks, record_file: Make, who: str, is_told: bool) -> None:
    viewer = {"lead": viewer_for(changed.cast.lead), "anybody": ANYBODY, "whole": None}[who]
    assert ("entries without a public link" in run(record_file(viewer)).stdout) is is_told


def test_a_file_that_is_not_there_is_told_apart(tmp_path: Path) -> None:
    done = run(tmp_path / "none.jsonl")
    assert (done.returncode, "cannot be read" in done.stderr) == (2, True)


@pytest.mark.parametrize(
    "value",
    [0.0, -0.0, 1.0, 0.1, -2.5, 1e-6, 1e-7, 1.5e-5, -1.25e-9, 1e16, 1.2345678901234567e20, 1e21, 1.5e300, 5e-324,
     {"\ue000": 1, "😀": 2, "é": "\u0007\"\\\u2028\u007f"}, [None, True, 12, "سلام"]],
)  # fmt: skip
def test_it_writes_canonical_json_as_the_record_does(value: Any) -> None:
    assert verify_export.canonical(value).encode() == rfc8785.dumps(value)
