"""A record file read and proved again: every line, every digest, both chains, before anything of it is used.

The format is described at the head of `exports/jsonl.py`. What is wrong is told with its line; the
first fault ends the proof, because everything behind it hangs on it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import orjson
from django.utils.translation import gettext as _

from negotiations.rules import chain
from negotiations.rules.codes import Marking
from negotiations.rules.verbs import VERBS

from .problems import FileRefused, Problem
from .reading import check_file
from .table import Limits

FORMAT, VERSION, WHOLE = "ceasefire-tracker-record", 1, "whole"
WORDS = ("salt", "changes", "reason", "no_source_reason", "basis")
REGISTRY = ("actor", "organisation")
NUL = (b"\\u0000", b"\0")


@dataclass(slots=True)
class ProvedRecord:
    """A record file whose chains and digests hold: its header, what it introduces, its entries, and the proof."""

    header: dict[str, Any]
    registry: list[dict[str, Any]] = field(default_factory=list)
    entries: list[dict[str, Any]] = field(default_factory=list)
    links: dict[str, str] = field(default_factory=dict)
    digest: str = ""

    def proof(self) -> dict[str, Any]:
        """What was proved, as the batch keeps it."""
        return {
            "scope": self.header["scope"],
            "negotiation": self.header["negotiation"]["id"],
            "marking": self.header["marking"],
            "moment": self.header["moment"],
            "entries": len(self.entries),
            "chains": self.links,
            "digest": self.digest,
            "by": sorted({entry["by"] for entry in self.entries if entry.get("by")})[:100],
        }


class Damaged(Exception):
    """The first thing that is wrong."""


def prove(data: bytes, limits: Limits, now: datetime) -> ProvedRecord:
    """The record in a file, proved. Raises FileRefused with the line at which it is damaged."""
    check_file(data, limits)
    place = 0
    proving = Proving(now)
    try:
        for raw in data.splitlines(keepends=True):
            place += 1
            if place > limits.rows:
                raise Damaged(_("There are more than %(count)s rows.") % {"count": limits.rows})  # noqa: TRY301
            proving.line(raw)
        return proving.close()
    except Damaged as damaged:
        wrong = str(damaged)
    except (KeyError, TypeError, AttributeError, ValueError, RecursionError, OverflowError):
        wrong = _("Something is missing in this line, or of the wrong kind.")
    raise FileRefused([Problem(place, "", wrong, _("Take the file again from where it came from."))])


class Proving:
    """Walks the lines and keeps both chains."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self.bytes = hashlib.sha256()
        self.record: ProvedRecord | None = None
        self.is_ended = False
        self.public: set[str] = set()
        self.known: set[str] = set()
        self.gone: set[str] = set()

    def line(self, raw: bytes) -> None:
        if self.is_ended:
            raise Damaged(_("Something stands behind the end."))
        if not raw.endswith(b"\n") or any(nul in raw for nul in NUL):
            raise Damaged(_("This line is cut off or holds what no record does."))
        try:
            line = orjson.loads(raw)
        except orjson.JSONDecodeError:
            raise Damaged(_("This line is not JSON.")) from None
        if self.record is None:
            self.begin(line)
        elif "end" in line:
            self.finish(line)
            return
        elif line["type"] in REGISTRY:
            self.record.registry.append(line)
        elif line["type"] == "entry":
            self.entry(self.record, line)
        else:
            raise Damaged(_("This is a line of a kind that is not known here."))
        self.bytes.update(raw)

    def begin(self, line: Mapping[str, Any]) -> None:
        if line.get("format") != FORMAT:
            raise Damaged(_("This is no record file: its first line does not say so."))
        if line.get("version") != VERSION:
            raise Damaged(_("This version of the format is not known here."))
        self.record = ProvedRecord(dict(line), links=dict(line["chains"]))

    def entry(self, record: ProvedRecord, line: dict[str, Any]) -> None:
        if line["id"] in self.known:
            raise Damaged(_("This entry stands there twice."))
        if line["verb"] not in VERBS:
            raise Damaged(_("“%(verb)s” is not a verb that is known here.") % {"verb": str(line["verb"])[:48]})
        self.words(line)
        self.moments(line)
        self.public_chain(record, line)
        if WHOLE in record.links:
            self.whole_chain(record, line)
        if line["verb"] == "entry.redacted":
            self.gone.discard(line["supersedes"])
        self.known.add(line["id"])
        record.entries.append(line)

    def words(self, line: dict[str, Any]) -> None:
        if line["redacted"]:
            self.gone.add(line["id"])
            if any(line[name] for name in WORDS[1:]):
                raise Damaged(_("This entry was redacted and still has words."))
        elif line["salt"] is None:
            if self.record is not None and self.record.header["scope"] == WHOLE:
                raise Damaged(_("The salt of this entry is missing."))
        elif chain.payload_digest(**{name: line[name] for name in WORDS}) != line["payload_digest"]:
            raise Damaged(_("The words of this entry are not those that were written."))

    def moments(self, line: dict[str, Any]) -> None:
        """Every moment can be read and has been."""
        at = {name: datetime.fromisoformat(line[name]) for name in ("effective_at", "recorded_at", "inserted_at")}
        if any(moment.tzinfo is None or moment > self.now for moment in at.values()):
            raise Damaged(_("This entry is dated ahead of now."))

    def public_chain(self, record: ProvedRecord, line: dict[str, Any]) -> None:
        is_public = line["marking_now"] == Marking.CLEAR
        if is_public != (line["public_link"] is not None):
            raise Damaged(_("The place of this entry in the public chain does not agree with its marking."))
        if not is_public:
            return
        supersedes = line["supersedes"] if line["supersedes"] in self.public else None
        link = chain.clear_hash({**line, "supersedes": supersedes}, record.links["public"])
        if link != line["public_link"]:
            raise Damaged(_("This entry does not continue the public chain: it or what stood before it was altered."))
        record.links["public"] = link
        self.public.add(line["id"])

    def whole_chain(self, record: ProvedRecord, line: dict[str, Any]) -> None:
        link = chain.full_hash({**line, "seq": len(record.entries) + 1}, record.links[WHOLE])
        if link != line["hash"]:
            raise Damaged(_("This entry does not continue the chain: it or what stood before it was altered."))
        record.links[WHOLE] = link

    def finish(self, line: dict[str, Any]) -> None:
        record = self.record
        assert record is not None  # noqa: S101  the end stands behind a beginning
        self.is_ended = True
        record.digest = self.bytes.hexdigest()
        if line["digest"] != record.digest:
            raise Damaged(_("The file was altered: its bytes do not have the digest that its end names."))
        if line["entries"] != len(record.entries) or line["chains"] != record.links:
            raise Damaged(_("The record does not end where the end of the file says."))

    def close(self) -> ProvedRecord:
        if self.record is None or not self.record.entries:
            raise Damaged(_("There is no entry in this file."))
        if not self.is_ended:
            raise Damaged(_("The end is missing: the file was cut off."))
        if self.gone:
            raise Damaged(_("Words are gone and no entry tells of a redaction."))
        return self.record
