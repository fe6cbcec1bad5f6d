"""What every file says of itself: its marking, the moments it is about, its licence, and how to prove it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime

from django.conf import settings

from negotiations.history.moment import Moment
from negotiations.rules.codes import Marking
from negotiations.rules.maker import MADE_BY, SITE

LICENSES = "https://spdx.org/licenses/"
NAMED = "%Y-%m-%dT%H%MZ"


def digest_of(body: bytes) -> str:
    """A short digest of bytes, to tell whether somebody has these very ones."""
    return hashlib.sha256(body).hexdigest()[:32]


def clocks_in_name(at: datetime, known_at: datetime | None) -> str:
    """A moment, and as known when, as the name of a file has them."""
    named = [at.astimezone(UTC).strftime(NAMED)]
    if known_at is not None:
        named.append(f"known-{known_at.astimezone(UTC).strftime(NAMED)}")
    return "_".join(named)


@dataclass(frozen=True, slots=True)
class FileStamp:
    """The facts about one file. `link` is where the public chain of its negotiation ended when it was made,
    empty for files over several; `known_at` is None for what is known now. A comparison is of its second
    moment, and `compared` is the first.

    CSV stays a plain table, so its facts stand in its name and in headers; XLSX has them on a sheet of
    their own and in its properties; JSON and JSON Lines around their rows; a PDF in its footer.
    """

    name: str
    marking: Marking
    as_of: datetime
    made_at: datetime
    known_at: datetime | None = None
    link: str = ""
    compared: Moment | None = None

    @property
    def license(self) -> str:
        """What allows passing the file on; empty above TLP:CLEAR."""
        return settings.DATA_LICENSE if self.marking == Marking.CLEAR else ""

    def file_name(self, ending: str) -> str:
        """What, how marked, of which moment and as known when, and the beginning of its proof."""
        parts = [self.name, f"TLP-{self.marking.value.replace('+', '-')}", clocks_in_name(self.as_of, self.known_at)]
        if self.compared is not None:
            parts.append(f"from-{clocks_in_name(self.compared.at, self.compared.known_at)}")
        if self.link:
            parts.append(self.link[:8])
        return f"{'_'.join(parts)}.{ending}"

    def facts(self) -> dict[str, str]:
        """The same by name, for a sheet or an envelope; what does not hold is left out."""
        told = {
            MADE_BY: SITE,
            "marking": self.marking.english,
            **self._clocks("as_of", "known_at", "from", "known_from"),
            "made_at": self.made_at.astimezone(UTC).isoformat(),
            "license": self.license,
            "record_link": self.link,
        }
        return {name: value for name, value in told.items() if value}

    def headers(self, ending: str) -> dict[str, str]:
        """The same as headers of the answer that the file comes in, with its name."""
        return {"Content-Disposition": f'attachment; filename="{self.file_name(ending)}"', **self.said()}

    def said(self) -> dict[str, str]:
        """The headers alone, for what is read and not saved."""
        told = {
            "TLP": self.marking.english,
            **self._clocks("As-Of", "Known-At", "Compared-As-Of", "Compared-Known-At"),
            "Record-Link": self.link,
            "Link": f'<{LICENSES}{self.license}>; rel="license"' if self.license else "",
        }
        return {name: value for name, value in told.items() if value}

    def _clocks(self, *names: str) -> dict[str, str]:
        """Both clocks of its moment and of the first of a comparison, by these names."""
        first = self.compared
        clocks = (self.as_of, self.known_at, *((first.at, first.known_at) if first else (None, None)))
        return {name: at.astimezone(UTC).isoformat() if at else "" for name, at in zip(names, clocks, strict=True)}
