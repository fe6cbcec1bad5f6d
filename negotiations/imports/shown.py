"""What of a check its person may still see when they look again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from negotiations.models import ImportBatch, MarkedItem
from negotiations.rules.marking import Viewer

from .mappings import MAPPINGS


def seen_rows(rows: Sequence[Any], batch: ImportBatch, viewer: Viewer) -> list[Any]:
    """The rows of a check without those about an item that the reader may no longer see."""
    named = {row["id"] for row in rows if row.get("id")}
    if not named or batch.kind not in MAPPINGS:
        return list(rows)
    kind: type[MarkedItem] = MAPPINGS[batch.kind].model
    seen = kind._default_manager.visible_to(viewer).filter(public_id__in=named).values_list("public_id", flat=True)
    hidden = named - {str(key) for key in seen}
    return [row for row in rows if row.get("id") not in hidden]
