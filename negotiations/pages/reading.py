"""Tells the access log what a page of a negotiation showed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from negotiations.rules.marking import Viewer, narrowest
from negotiations.selectors.scene import Scene
from negotiations.services.access_log import note_reading, shown


def note_page(viewer: Viewer, scene: Scene, named: Mapping[str, Any]) -> None:
    """Note the page as one of the whole negotiation, and the item whose reference or id is in its address.

    The whole bears the highest marking of what was loaded for it, which is what this reader may see of it.
    """
    rows = [row for rows in scene.rows.values() for row in rows]
    highest = narrowest([scene.negotiation.marking, *(row.marking for row in rows)])
    names = {str(value) for value in named.values()}
    items = [row for row in rows if getattr(row, "ref", "") in names or str(row.public_id) in names]
    note_reading(viewer, scene.negotiation, [shown(scene.negotiation, highest), *items])
