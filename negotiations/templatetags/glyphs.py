"""The shapes that stand for a status: shape and word carry the meaning before colour does."""

from __future__ import annotations

from negotiations.rules.glyphs import GLYPHS

# Verified quietly: these carry no tint, so that open items stand out.
QUIET = frozenset({"met", "waived", "superseded", "completed"})


def glyph(name: str, *, size: int = 16) -> str:
    """The glyph of a status or flag as an SVG that screen readers skip: its word stands beside it."""
    return (
        f'<svg class="glyph c-{name}" viewBox="0 0 16 16" width="{size}" height="{size}" aria-hidden="true">'
        f"{GLYPHS[name]}</svg>"
    )
