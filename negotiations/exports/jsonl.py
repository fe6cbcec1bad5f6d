"""The record of a negotiation as JSON Lines: one object a line, UTF-8, in the order in which it was written.

The first line is the header::

    {"format": "ceasefire-tracker-record", "version": 1, "scope": "reader" | "whole",
     "negotiation": {"id", "slug", "title", "title_ar", "time_zone"}, "marking": the highest in the file,
     "moment": when the file was made, "license": or null above CLEAR, "chains": {"public": ""[, "whole": ""]}}

`chains` names the chains that can be proved, each with the link it begins with. `scope` "reader" holds
what one reader may see, nothing of what they may not; "whole" is made by the operator and holds all.

Then a line for each thing of the registry, before the first entry that names it::

    {"type": "actor", "id", "kind", "name", "name_ar", "short", "aliases", "country_code"}
    {"type": "organisation", "id", "name", "byline", "byline_ar"}           (to members alone)

People are never described: an entry says by which desk it was told (`by`), and where an account is
named in a change or, in scope "whole", as `actor`, it is an id that means nothing elsewhere. Then a
line for each entry::

    {"type": "entry", "id", "verb", "subject_type", "subject_id", "subject_version",
     "marking": when written, "marking_now", "effective_at", "inserted_at", "recorded_at", "backfilled",
     "supersedes", "by", "changes": {field: [old, new]}, "reason", "no_source_reason",
     "basis": [citations as {"source", "credibility", "quote", ...}, and {"supports": entry}],
     "salt", "redacted", "payload_digest", "public_link"
     [, "actor", "organisation", "request_id", "hash"]}                     (only in scope "whole")

`payload_digest` is SHA-256 over the canonical JSON (RFC 8785) of {"salt", "changes", "reason",
"no_source_reason", "basis"}. `salt` is null where the words are not all there: something that they
name is not for this reader, or they were redacted; then the digest stands for them and cannot be
recomputed. `public_link` is null unless `marking_now` is CLEAR; then it is SHA-256 over the canonical
JSON of {"id", "verb", "subject_type", "subject_id", "marking", "effective_at", "inserted_at",
"recorded_at", "backfilled", "supersedes", "payload_digest", "previous"}, where `previous` is the public
link before it, and `supersedes` is null unless it names an earlier entry with a public link. `hash`
links all entries of scope "whole": over the same, with `supersedes` as it stands, and {"seq": the
entry's number among the entries of the file, "subject_version", "actor", "organisation", "request_id"}.

The last line is the end::

    {"end": true, "entries": n, "chains": {"public": last link[, "whole": last hash]},
     "digest": SHA-256 of all bytes before this line}

`verify_export.py` checks all of this with the standard library alone.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain
from typing import Any

import orjson
from django.conf import settings
from django.db.models import QuerySet

from negotiations.models import Entry, Negotiation, Stream
from negotiations.models.snapshot import plain
from negotiations.rules.codes import Marking
from negotiations.rules.marking import Viewer, narrowest

from .proof import public_head
from .record_lines import RecordLines
from .stamp import FileStamp

FORMAT, VERSION = "ceasefire-tracker-record", 1
READER, WHOLE = "reader", "whole"


@dataclass(slots=True)
class RecordFile:
    """The record of one negotiation on its way into a file: for a reader, or whole where `viewer` is None.

    `marking` is the highest in the file. What is written while the file is made is not in it.
    """

    negotiation: Negotiation
    viewer: Viewer | None
    made_at: datetime
    marking: Marking = field(init=False)
    stream: Stream = field(init=False)

    def __post_init__(self) -> None:
        self.stream = Stream.objects.get(negotiation=self.negotiation)
        told = self.entries().filter(seq__lte=self.stream.head).order_by()
        found = told.values_list("access__marking", flat=True).distinct()
        self.marking = narrowest([self.negotiation.marking, *found])

    @property
    def is_whole(self) -> bool:
        return self.viewer is None

    def entries(self) -> QuerySet[Entry]:
        """The entries in the file."""
        seen = Entry.objects.all() if self.viewer is None else Entry.objects.visible_to(self.viewer)
        return seen.filter(stream=self.stream)

    def pieces(self) -> Iterator[bytes]:
        """The file, some lines at a time, so that its length does not matter."""
        running = hashlib.sha256()
        told = RecordLines(self.entries(), self.viewer, self.stream.head)
        for lines in chain([[self.head()]], told.chunks()):
            piece = b"".join(map(as_line, lines))
            running.update(piece)
            yield piece
        yield as_line({"end": True, "entries": told.count, "chains": told.ends(), "digest": running.hexdigest()})

    def stamp(self) -> FileStamp:
        """What the file says of itself, for its name and the headers it comes with."""
        return FileStamp(
            name=f"{self.negotiation.slug}-record",
            marking=self.marking,
            as_of=self.made_at,
            made_at=self.made_at,
            link=public_head(self.negotiation),
        )

    def head(self) -> dict[str, Any]:
        told = self.negotiation
        names = {name: getattr(told, name) for name in ("slug", "title", "title_ar", "time_zone")}
        return {
            "format": FORMAT,
            "version": VERSION,
            "scope": WHOLE if self.is_whole else READER,
            "negotiation": {"id": told.public_id, **names},
            "marking": self.marking,
            "moment": plain(self.made_at),
            "license": settings.DATA_LICENSE if self.marking == Marking.CLEAR else None,
            "chains": {"public": "", **({"whole": ""} if self.is_whole else {})},
        }


def as_line(line: dict[str, Any]) -> bytes:
    return orjson.dumps(line, option=orjson.OPT_APPEND_NEWLINE)
