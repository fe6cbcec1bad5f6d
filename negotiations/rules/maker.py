"""What the files of the tracker say of who made them, by which it knows its own when they come back."""

from __future__ import annotations

SITE = "Ceasefire Negotiation Tracker"
# The sheet of a workbook that tells of the file itself; its first line is this pair.
ABOUT = "about"
MADE_BY = "made_by"
