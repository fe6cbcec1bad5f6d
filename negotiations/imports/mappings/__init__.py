"""What kinds of table can be brought, by their code."""

from __future__ import annotations

from negotiations.rules.codes import ImportKind

from .claim import CLAIM
from .condition import CONDITION
from .incident import INCIDENT
from .mapping import TableMapping
from .osce import OSCE_SMM
from .position import POSITION
from .source import SOURCE
from .ucdp import UCDP_GED

MAPPINGS: dict[str, TableMapping] = {
    one.kind: one for one in (CONDITION, CLAIM, POSITION, INCIDENT, SOURCE, UCDP_GED, OSCE_SMM)
}
# Those with columns of ours, for which there is a template to fill in.
OWN = tuple(kind for kind, one in MAPPINGS.items() if one.translate is None)

__all__ = ["MAPPINGS", "OWN", "ImportKind", "TableMapping"]
