"""Sparse documents: `?fields=` and `?omit=` name members, and what nobody asked for is not even read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _
from rest_framework.request import Request

from .errors import Problem

SPARSE = frozenset({"fields", "omit"})
# Which moment a read is about, by both clocks.
MOMENT = frozenset({"as_of", "known_at"})
# An item without them could not be told from another, nor handled as it must be.
KEPT = frozenset({"id", "marking"})


def asked_members(request: Request, members: Sequence[str]) -> tuple[str, ...]:
    """The members that the caller wants, in the document's order; all of them where they name none."""
    wanted, unwanted = (_named(request, name, members) for name in ("fields", "omit"))
    return tuple(one for one in members if one in KEPT or ((not wanted or one in wanted) and one not in unwanted))


def _named(request: Request, parameter: str, members: Sequence[str]) -> set[str]:
    text = ",".join(request.query_params.getlist(parameter))
    named = {name.strip() for name in text.split(",")} - {""}
    if named - set(members):
        message = _("Choose from: %(names)s.") % {"names": ", ".join(members)}
        raise Problem(400, "unknown_member", message, errors={parameter: message})
    return named


def check_parameters(request: Request, allowed: Iterable[str]) -> None:
    """Refuse a query parameter that this address does not know: one mistyped would narrow nothing."""
    known = sorted({*allowed, "lang"})
    unknown = [name for name in request.query_params if name not in known]
    if unknown:
        message = _("This address knows: %(names)s.") % {"names": ", ".join(known)}
        raise Problem(400, "unknown_parameter", message, errors=dict.fromkeys(unknown, message))
