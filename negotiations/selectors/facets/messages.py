"""How the shuttle log can be narrowed."""

from __future__ import annotations

from django.utils.translation import gettext as _

from ..messages import MessageLine
from .base import Facet, Facets, flag, said
from .people import named


def message_facets() -> Facets[MessageLine]:
    return Facets(
        (
            Facet("carrier", _("Carrier"), lambda line: said(named(line.carrier))),
            Facet("sender", _("Sender"), lambda line: said(named(line.sender))),
            Facet("recipient", _("Recipient"), lambda line: said(named(line.recipient))),
            Facet("dispute", _("Dispute"), lambda line: _called(line.dispute)),
            Facet("meeting", _("Meeting"), lambda line: _called(line.meeting)),
            flag("waiting", _("Nothing came back yet"), lambda line: not line.answer),
        ),
        lambda line: (
            f"{line.ref} {line.subject.text} {line.subject.ar} {line.text.text} {line.text.ar} "
            f"{line.answer.text} {line.answer.ar}"
        ),
    )


def _called(item: tuple[str, object] | None) -> tuple[tuple[str, str], ...]:
    if item is None:
        return ()
    ref, title = item
    return ((ref, f"{ref} {getattr(title, 'here', title)}"),)
