"""States that were read lately, kept decoded in this process: what a state says never changes.

Only until when it holds or is known does, and that is always asked of the database, as is which states
hold at a moment. A state that is told anew, by a correction or a redaction, is a new row.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable, Iterable, Mapping
from threading import Lock
from typing import Any
from uuid import UUID

# A state is of a few kilobytes; beyond this many the negotiation that was read the longest ago is let go.
ROOM = 8192
# By their keys: of which subject, and what it says.
States = dict[int, tuple[UUID, Mapping[str, Any]]]


class KeptStates:
    """The states of several negotiations by their keys; bounded, and safe for several threads."""

    def __init__(self, room: int = ROOM) -> None:
        self.room = room
        self._kept: OrderedDict[Hashable, States] = OrderedDict()
        self._lock = Lock()

    def of(self, negotiation: Hashable, keys: Iterable[int]) -> States:
        """Those of a negotiation's states with these keys that are kept, for the caller to add to."""
        with self._lock:
            if negotiation not in self._kept:
                return {}
            self._kept.move_to_end(negotiation)
            mine = self._kept[negotiation]
            return {key: mine[key] for key in keys if key in mine}

    def keep(self, negotiation: Hashable, read: States) -> None:
        """Keep what was read; a negotiation with more states than there is room for begins anew each time."""
        if not read:
            return
        with self._lock:
            mine = self._kept.setdefault(negotiation, {})
            self._kept.move_to_end(negotiation)
            mine.update(read)
            while self._kept and sum(map(len, self._kept.values())) > self.room:
                self._kept.popitem(last=False)

    def clear(self) -> None:
        with self._lock:
            self._kept.clear()


KEPT = KeptStates()
