#!/usr/bin/env python3
"""Check a record file (JSON Lines) of the Ceasefire Negotiation Tracker with nothing but Python.

    python3 verify_export.py file.jsonl
    python3 verify_export.py file.jsonl --link abc...   the public link that a brief or table names, or
                                                        at least its first 8 digits, as names of files have them
    python3 verify_export.py file.jsonl --digest abc... the digest of the file as you were told it

Says what was proved, and what no chain covers: the first line with the title, what actors and organisations
are called, and who is said to have told an entry (`by`). Whoever alters those can give the file another
digest; only one that you were given elsewhere proves them. Ends with 0, or names the first thing that is
wrong and ends with 1. A file that cannot be read at all, or a link that is none, ends with 2. What the
lines mean stands at the head of exports/jsonl.py.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import re
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

FORMAT, VERSION = "ceasefire-tracker-record", 1
WORDS = ("salt", "changes", "reason", "no_source_reason", "basis")
FACTS = (
    "id", "verb", "subject_type", "subject_id", "marking", "effective_at", "inserted_at", "recorded_at",
    "backfilled", "payload_digest",
)  # fmt: skip
INTERNAL = ("subject_version", "actor", "organisation", "request_id")
LINK = re.compile("[0-9a-f]{8,64}")
KNOWN = ("entry", "actor", "organisation")


class Wrong(Exception):
    """The first thing that is wrong."""


def canonical(value: Any) -> str:
    """The value as RFC 8785 writes it: keys in order of UTF-16, numbers as ECMAScript does, no spaces."""
    if isinstance(value, dict):
        keys = sorted(value, key=lambda key: key.encode("utf-16-be", "surrogatepass"))
        return "{" + ",".join(canonical(key) + ":" + canonical(value[key]) for key in keys) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(canonical, value)) + "]"
    if isinstance(value, float):
        return number(value)
    return json.dumps(value, ensure_ascii=False)


def number(value: float) -> str:
    """A fraction in the shortest digits that read back the same, as ECMAScript writes them."""
    if not math.isfinite(value):
        raise Wrong("a number that JSON cannot hold")
    sign, shortest = ("-", repr(-value)) if value < 0 else ("", repr(abs(value)))
    digits, _e, power = shortest.partition("e")
    digits = digits.removesuffix(".0")
    if not power:
        return sign + digits
    exponent, bare = int(power), digits.replace(".", "")
    if -7 < exponent < 0:
        return sign + "0." + "0" * (-exponent - 1) + bare
    if 0 < exponent < 21:
        return sign + bare.ljust(exponent + 1, "0")
    return sign + digits + "e" + ("+" if exponent > 0 else "-") + str(abs(exponent))


def digest(document: Any) -> str:
    return hashlib.sha256(canonical(document).encode("utf-8")).hexdigest()


class Check:
    """One file, read line by line; memory holds one line and the ids of the public entries."""

    def __init__(self, wanted: str | None) -> None:
        self.wanted = wanted
        self.found = 0
        self.header: dict[str, Any] = {}
        self.end: dict[str, Any] = {}
        self.bytes = hashlib.sha256()
        self.entries = self.proved = self.withheld = self.redacted = 0
        self.public_ids: set[str] = set()
        self.unexplained: dict[str, str] = {}
        self.links: dict[str, str] = {}

    def line(self, raw: bytes) -> None:
        if self.end:
            raise Wrong("something stands behind the end")
        if not raw.endswith(b"\n"):
            raise Wrong("the line is cut off")
        line = read(raw)
        if not self.header:
            self.begin(line)
        elif "end" in line:
            self.finish(line)
            return
        else:
            kind = line.get("type")
            if kind not in KNOWN:
                raise Wrong(f"a line of an unknown kind: {kind!r}")
            if kind == "entry":
                self.entry(line)
        self.bytes.update(raw)

    def begin(self, line: dict[str, Any]) -> None:
        if line.get("format") != FORMAT:
            raise Wrong("this is no record file: its first line does not say so")
        if line.get("version") != VERSION:
            raise Wrong(f"version {line.get('version')!r} of the format is not known to this program")
        self.header, self.links = line, dict(line["chains"])

    def entry(self, line: dict[str, Any]) -> None:
        self.entries += 1
        where = f"entry {line.get('id')} ({line.get('verb')}): "
        self.words(line, where)
        self.public_chain(line, where)
        if "whole" in self.links:
            self.whole_chain(line, where)
        if line["verb"] == "entry.redacted":
            self.unexplained.pop(line["supersedes"], None)

    def words(self, line: dict[str, Any], where: str) -> None:
        if line["redacted"]:
            self.redacted += 1
            self.unexplained[line["id"]] = where
            if line["changes"] or line["reason"] or line["no_source_reason"] or line["basis"]:
                raise Wrong(where + "it says that it was redacted and still has words")
        elif line["salt"] is None:
            if self.header["scope"] == "whole":
                raise Wrong(where + "its salt is missing")
            self.withheld += 1
        elif digest({name: line[name] for name in WORDS}) != line["payload_digest"]:
            raise Wrong(where + "its words are not those that were written")
        else:
            self.proved += 1

    def public_chain(self, line: dict[str, Any], where: str) -> None:
        is_public = line["marking_now"] == "CLEAR"
        if is_public != (line["public_link"] is not None):
            raise Wrong(where + "its place in the public chain does not agree with its marking")
        if not is_public:
            return
        supersedes = line["supersedes"] if line["supersedes"] in self.public_ids else None
        facts = {name: line[name] for name in FACTS}
        link = digest({**facts, "supersedes": supersedes, "previous": self.links["public"]})
        if link != line["public_link"]:
            raise Wrong(where + "does not continue the public chain: it or what stood before it was altered")
        self.links["public"] = link
        self.public_ids.add(line["id"])
        if self.wanted is not None and link.startswith(self.wanted):
            self.found += 1

    def whole_chain(self, line: dict[str, Any], where: str) -> None:
        facts = {name: line[name] for name in (*FACTS, *INTERNAL, "supersedes")}
        if digest({**facts, "seq": self.entries, "previous": self.links["whole"]}) != line["hash"]:
            raise Wrong(where + "does not continue the chain: it or what stood before it was altered")
        self.links["whole"] = line["hash"]

    def finish(self, line: dict[str, Any]) -> None:
        self.end = line
        if line["digest"] != self.bytes.hexdigest():
            raise Wrong("the file was altered: its bytes do not have the digest that its end names")
        if line["entries"] != self.entries:
            raise Wrong(f"there are {self.entries} entries and the end names {line['entries']!r}")
        if line["chains"] != self.links:
            raise Wrong("a chain does not end where the end of the file says")

    def close(self, link: str | None, expected: str | None) -> None:
        if not self.header:
            raise Wrong("the file is empty")
        if not self.end:
            raise Wrong("the end is missing: the file was cut off")
        for where in self.unexplained.values():
            raise Wrong(where + "its words are gone and no entry tells of a redaction")
        if link is not None and not self.found:
            raise Wrong(f"the link {link} is not in the public chain of this file")
        if self.found > 1:
            raise Wrong(f"{link} is the beginning of several links in the public chain: give more of its digits")
        if expected is not None and expected != self.end["digest"]:
            raise Wrong(f"the digest of the file is {self.end['digest']}")


def read(raw: bytes) -> dict[str, Any]:
    try:
        line = json.loads(raw.decode("utf-8"))
    except ValueError:
        raise Wrong("the line is not JSON") from None
    if not isinstance(line, dict):
        raise Wrong("the line is not an object")
    return line


def verify(file: Iterable[bytes], link: str | None = None, expected: str | None = None) -> Check:
    """Check an open binary file; returns the Check, or raises Wrong with the line where it went wrong."""
    check = Check(link)
    place = 0
    try:
        for raw in file:
            place += 1
            check.line(raw)
        place = 0
        check.close(link, expected)
    except Wrong as wrong:
        raise Wrong(f"line {place}: {wrong}" if place else str(wrong)) from None
    except (KeyError, TypeError, AttributeError, RecursionError, ValueError) as broken:
        raise Wrong(f"line {place}: something is missing or of the wrong kind: {broken}") from None
    return check


def beginning(text: str) -> str:
    """A link, or enough of its beginning to tell it from others."""
    link = text.strip().lower()
    if not LINK.fullmatch(link):
        raise argparse.ArgumentTypeError(
            "give the link, or at least its first 8 digits, which are 0 to 9 and a to f, at most 64"
        )
    return link


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("file", help="the record file, as JSON Lines")
    parser.add_argument("--link", type=beginning, help="a public link that has to be in the file, or its beginning")
    parser.add_argument("--digest", help="the digest that the file has to have")
    asked = parser.parse_args(arguments)
    try:
        with Path(asked.file).open("rb") as file:
            check = verify(file, asked.link, asked.digest)
    except OSError as unread:
        print(f"The file cannot be read: {unread.strerror}", file=sys.stderr)
        return 2
    except Wrong as wrong:
        print(f"NOT WHOLE. {wrong}", file=sys.stderr)
        return 1
    head = check.header
    print(f"WHOLE. {head['negotiation']['title']}, TLP:{head['marking']}, made {head['moment']}")
    print(
        f"{check.entries} entries: the words of {check.proved} proved, of {check.withheld} not all given to this "
        f"reader, of {check.redacted} redacted"
    )
    for name, end in check.links.items():
        print(f"{name} chain ends in {end or 'nothing'}")
    print(f"digest {check.end['digest']}")
    print(unchained(check, proved_by_digest=asked.digest is not None))
    return 0


def unchained(check: Check, *, proved_by_digest: bool) -> str:
    """What of a file no chain covers, in a sentence."""
    parts = ["the first line with the title", "the names of actors and organisations", "`by` and `marking_now`"]
    if "whole" not in check.links:
        parts.append("`subject_version`")
        if hidden := check.entries - len(check.public_ids):
            parts.append(f"the {hidden} entries without a public link")
    told = "; ".join(parts)
    if proved_by_digest:
        return f"in no chain, and proved by the digest that you gave: {told}"
    return f"NOT PROVED, for no chain covers it: {told}. Only a digest that you were given elsewhere does (--digest)"


if __name__ == "__main__":
    sys.exit(main())
