"""Writing what a plan promised: all of it through the verbs of the services, in one transaction, or nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.utils.translation import gettext as _

from negotiations.models import Negotiation, Organisation, Source, User
from negotiations.rules.codes import Credibility, Marking
from negotiations.rules.errors import RuleError
from negotiations.rules.marking import rank
from negotiations.services.act import Act, Cite
from negotiations.services.conflict import VersionConflict
from negotiations.services.coverage import extend_coverage
from negotiations.services.locking import lock_stream
from negotiations.services.source import add_source
from negotiations.services.violations import violation_of

from .mappings import TableMapping
from .planned import CREATED, UNCHANGED, NewSource, Plan, PlannedRow
from .problems import MOST, FileRefused, Problem

# These find their negotiation through what they belong to.
WITHIN = frozenset({"condition.added"})


class Writer:
    """Calls the verb of each planned row. To be used inside one transaction with the negotiation locked."""

    def __init__(
        self,
        negotiation: Negotiation,
        mapping: TableMapping,
        *,
        actor: User,
        organisation: Organisation | None,
        request_id: str,
        reason: str,
    ) -> None:
        self.negotiation, self.mapping = negotiation, mapping
        self.actor, self.organisation = actor, organisation
        self.request_id, self.reason = request_id, reason
        self.sources: dict[tuple[str, str, str], Source] = {}

    def write(self, plan: Plan) -> None:
        """Write every row. Raises FileRefused with everything that was refused; the transaction must then end."""
        before = lock_stream(self.negotiation).head
        self.sources = {key: self.add(new) for key, new in plan.sources.items()}
        refused: list[Problem] = []
        for row in plan.rows:
            if row.action == UNCHANGED or len(refused) >= MOST:
                continue
            try:
                self.tell(row)
            except (RuleError, ValidationError, VersionConflict) as error:
                refused += self.why(row, error)
            except IntegrityError as error:
                # Nothing can be asked of a broken transaction: the rows below are not tried.
                raise FileRefused([*refused, *self.why(row, error)]) from None
        if refused:
            raise FileRefused(refused)
        act = Act(actor=self.actor, request_id=self.request_id)
        extend_coverage(self.negotiation, act=act, after=before)

    def tell(self, row: PlannedRow) -> None:
        act = self.act(row)
        if row.action != CREATED:
            self.mapping.edit(row.item, act=act, version=row.item.version if row.item else None, **row.values)
            return
        fields = {**row.values, "marking": row.marking, **self.reach(row.marking)}
        if row.ref:
            fields["ref"] = row.ref
        if self.mapping.made_by not in WITHIN:
            fields["negotiation"] = self.negotiation
        self.mapping.make(act=act, **fields)

    def reach(self, marking: str) -> dict[str, Any]:
        """An item of one organisation is its author's."""
        return {"organisation": self.organisation} if rank(marking) > rank(Marking.AMBER) else {}

    def act(self, row: PlannedRow) -> Act:
        acting = row.acting
        return Act(
            actor=self.actor,
            reason=acting.reason or self.reason,
            cites=self.cites(acting.source, acting.cite),
            no_source_reason=acting.no_source_reason,
            effective_at=acting.effective_at if row.action == CREATED else self.moment_of_change(row),
            recorded_at=acting.known_at,
            request_id=self.request_id,
            in_bulk=True,
        )

    def moment_of_change(self, row: PlannedRow) -> Any:
        """A change is of now unless the table says when it was so: the item's own date is not the change's."""
        return None if self.mapping.dated_by else row.acting.effective_at

    def cites(self, source: Source | NewSource | None, cite: Mapping[str, str]) -> tuple[Cite, ...]:
        found = self.sources[source.key] if isinstance(source, NewSource) else source
        if found is None:
            return ()
        return (Cite(source=found, **{"credibility": Credibility.CANNOT_BE_JUDGED, **cite}),)

    def add(self, new: NewSource) -> Source:
        act = Act(actor=self.actor, reason=self.reason, request_id=self.request_id, in_bulk=True)
        return add_source(
            act=act,
            negotiation=self.negotiation,
            publisher=new.publisher,
            title=new.title,
            marking=new.marking,
            **dict(new.facts),
            **self.reach(new.marking),
        )

    def why(self, row: PlannedRow, error: Exception) -> list[Problem]:
        """What a refused row did wrong, in sentences, under the file's own columns."""
        if (violation := violation_of(error)) is not None:
            fields = dict(violation.errors) or {"": violation.sentence}
        elif isinstance(error, VersionConflict):
            fields = {"version": _("This was changed while the file was being written.")}
        elif isinstance(error, RuleError):
            fields = dict(error.fields) or {"": error.message}
        elif isinstance(error, ValidationError):
            told = getattr(error, "message_dict", {"": error.messages})
            fields = {name: " ".join(messages) for name, messages in told.items()}
        else:
            raise error
        header = self.mapping.header_of
        return [
            Problem(row.line, header(name), wrong, _("Mend this line and check the file again."))
            for name, wrong in fields.items()
        ]
