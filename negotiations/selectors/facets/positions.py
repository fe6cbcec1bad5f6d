"""How the position matrix can be narrowed."""

from __future__ import annotations

from django.utils.translation import gettext as _

from ..position_matrix import MatrixRow
from .base import Facet, Facets, flag


def matrix_facets() -> Facets[MatrixRow]:
    kinds = {"dispute": _("Dispute"), "condition": _("Condition"), "proposal": _("Proposal")}
    return Facets(
        (
            Facet("on", _("Kind of item"), lambda row: ((row.kind, kinds[row.kind]),)),
            Facet("stance", _("Stance of anybody"), _stances),
            Facet("channel", _("Channel"), _channels),
            flag("open", _("Open only"), lambda row: row.is_open),
            flag("reversed", _("With a reversal"), lambda row: row.has_reversal),
        ),
        _words,
    )


def _stances(row: MatrixRow) -> list[tuple[str, str]]:
    return [(cell.position.stance, cell.position.stance_label) for cell in row.cells if cell.position]


def _channels(row: MatrixRow) -> list[tuple[str, str]]:
    return [(cell.position.channel, cell.position.channel_label) for cell in row.cells if cell.position]


def _words(row: MatrixRow) -> str:
    said = " ".join(f"{cell.position.summary.text} {cell.position.summary.ar}" for cell in row.cells if cell.position)
    return f"{row.ref} {row.title.text} {row.title.ar} {said}"
