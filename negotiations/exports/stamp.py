"""What every file says of itself: its marking, the moments it is about, its licence, and how to prove it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime

from django.conf import settings

from negotiations.rules.codes import Marking

LICENSES = "https://spdx.org/licenses/"
SITE = "Ceasefire Negotiation Tracker"


def digest_of(body: bytes) -> str:
    """A short digest of bytes, to tell whether somebody has these very ones."""
    return hashlib.sha256(body).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class FileStamp:
    """The facts about one file. `link` is where the public chain of its negotiation ended when it was made,
    empty for files over several; `known_at` is None for what is known now.

    CSV stays a plain table, so its facts stand in its name and in headers; XLSX has them on a sheet of
    their own and in its properties; JSON and JSON Lines around their rows; a PDF in its footer.
    """

    name: str
    marking: Marking
    as_of: datetime
    made_at: datetime
    known_at: datetime | None = None
    link: str = ""

    @property
    def license(self) -> str:
        """What allows passing the file on; empty above TLP:CLEAR."""
        return settings.DATA_LICENSE if self.marking == Marking.CLEAR else ""

    def file_name(self, ending: str) -> str:
        """What, how marked, of which moment, and the beginning of its proof."""
        marking = self.marking.value.replace("+", "-")
        moment = self.as_of.astimezone(UTC).strftime("%Y-%m-%dT%H%MZ")
        proof = f"_{self.link[:8]}" if self.link else ""
        return f"{self.name}_TLP-{marking}_{moment}{proof}.{ending}"

    def facts(self) -> dict[str, str]:
        """The same by name, for a sheet or an envelope; what does not hold is left out."""
        told = {
            "made_by": SITE,
            "marking": self.marking.english,
            "as_of": self.as_of.astimezone(UTC).isoformat(),
            "known_at": self.known_at.astimezone(UTC).isoformat() if self.known_at else "",
            "made_at": self.made_at.astimezone(UTC).isoformat(),
            "license": self.license,
            "record_link": self.link,
        }
        return {name: value for name, value in told.items() if value}

    def headers(self, ending: str) -> dict[str, str]:
        """The same as headers of the answer that the file comes in."""
        told = {
            "Content-Disposition": f'attachment; filename="{self.file_name(ending)}"',
            "TLP": self.marking.english,
            "As-Of": self.as_of.astimezone(UTC).isoformat(),
            "Known-At": self.known_at.astimezone(UTC).isoformat() if self.known_at else "",
            "Record-Link": self.link,
            "Link": f'<{LICENSES}{self.license}>; rel="license"' if self.license else "",
        }
        return {name: value for name, value in told.items() if value}
