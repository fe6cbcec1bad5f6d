"""Compiles the message catalogues with a package of ours, so that no gettext has to be installed."""

from __future__ import annotations

import sys
from pathlib import Path

import polib


def compile_messages(checkout: Path) -> None:
    """Write the compiled form of every catalogue that is newer than it."""
    for source in sorted((checkout / "locale").glob("*/LC_MESSAGES/*.po")):
        compiled = source.with_suffix(".mo")
        if not compiled.exists() or compiled.stat().st_mtime < source.stat().st_mtime:
            polib.pofile(str(source)).save_as_mofile(str(compiled))


if __name__ == "__main__":
    compile_messages(Path(sys.argv[1]))
