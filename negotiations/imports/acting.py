"""What a row says of the act besides its item: when it was so and known, why, and on which source."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from negotiations.models import Source
from negotiations.rules.marking import rank

from .desk import Desk
from .faults import Faults
from .mappings import TableMapping
from .planned import Acting, NewSource

CITE = ("quote", "quote_language", "locator", "credibility")
DESCRIBED = ("url", "kind", "published_at", "reliability", "attribution")


@dataclass
class Acts:
    """Reads the act of each row; the same description of a source is one source."""

    mapping: TableMapping
    desk: Desk
    faults: Faults

    def of(self, line: int, values: dict[str, Any]) -> Acting:
        """What the row says of the act; a source is one that is there or a description of a new one."""
        return Acting(
            effective_at=dated(self.mapping, values),
            known_at=values.get("known_at"),
            reason=values.get("reason", ""),
            no_source_reason=values.get("no_source_reason", ""),
            source=self.source(line, values),
            cite={name: values[name] for name in CITE if name in values},
        )

    def source(self, line: int, values: dict[str, Any]) -> Source | NewSource | None:
        named: Source | None = values.get("source")
        described = {name.removeprefix("source_"): values[name] for name in values if name.startswith("source_")}
        if not described:
            return named
        if named is not None:
            self.faults.refuse(line, "source", _("A source is named and described."), _("Keep one of the two."))
            return named
        missing = [name for name in ("publisher", "title") if not described.get(name)]
        for name in missing:
            advice = _("A source has a publisher and a title.")
            self.faults.refuse(line, f"source_{name}", _("This cell is empty."), advice)
        if missing:
            return None
        marking = str(values.get("marking", self.desk.marking))
        facts = tuple((name, described[name]) for name in DESCRIBED if name in described)
        return self.source_like(described["publisher"], described["title"], marking, facts)

    def source_like(self, publisher: str, title: str, marking: str, facts: Any) -> Source | NewSource:
        """The source of this description that is there and wide enough, else a new one."""
        found = self.desk.names(Source).get(title.casefold())
        if (
            found is not None
            and found.public_id not in self.desk.gone
            and found.publisher.casefold() == publisher.casefold()
            and rank(found.marking) <= rank(marking)
        ):
            return found  # type: ignore[no-any-return]
        return NewSource(publisher, title, marking, facts)


def dated(mapping: TableMapping, values: dict[str, Any]) -> Any:
    """The moment at which what a row tells was so; None where it does not say."""
    return values.get(mapping.dated_by or "effective_at")
