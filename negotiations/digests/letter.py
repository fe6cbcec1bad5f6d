"""The words of a delivery: what may be told of its window to its recipient, at this moment."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from django.utils import translation
from django.utils.translation import gettext as _

from negotiations.access.viewer import viewer_for
from negotiations.models import Delivery, Entry
from negotiations.rules.alerts import reaches, urgency_of
from negotiations.rules.codes import Marking
from negotiations.rules.marking import Viewer, narrowest, rank
from negotiations.rules.verbs import in_words
from negotiations.selectors.matching import wanted_entries

from .addresses import site_url
from .chasing import owed_corrections


@dataclass(frozen=True)
class Letter:
    """What is said, in both forms, the marking it bears, and the entries that are in it."""

    subject: str
    text: str
    html: str
    marking: str
    told: tuple[int, ...]


class Press:
    """Writes the letters of one claimed batch."""

    def letter(self, delivery: Delivery) -> Letter | None:
        """The letter under the recipient's rights of now; None where nothing may be told."""
        viewer = viewer_for(delivery.user)
        entries = {entry.pk: entry for entry in owed_corrections(delivery, viewer)}
        entries |= {entry.pk: entry for entry in told_entries(delivery, viewer)}
        if not entries and not delivery.subscription.tells_nothing:
            return None
        with translation.override(delivery.user.language):
            return _written(list(entries.values()))


def told_entries(delivery: Delivery, viewer: Viewer) -> list[Entry]:
    """The entries of a delivery's window that its recipient asked for and may see."""
    found: list[Entry] = []
    for negotiation, (after, upto) in delivery.ranges.items():
        stretch = Entry.objects.visible_to(viewer).filter(negotiation=negotiation, seq__gt=after, seq__lte=upto)
        found += wanted_entries(delivery.subscription, stretch).select_related("payload", "negotiation").order_by("seq")
    least = delivery.subscription.least_urgency
    return [entry for entry in found if reaches(urgency_of(entry.verb, entry.payload.changes), least)]


def _written(entries: list[Entry]) -> Letter:
    open_ = [entry for entry in entries if rank(entry.marking) <= rank(Marking.GREEN)]
    lines = [f"- {in_words(entry.verb)}" for entry in open_] or [_("Nothing changed.")]
    marking = narrowest(entry.marking for entry in open_)
    text = "\n".join([marking.label, "", *lines, "", site_url("/")])
    return Letter(
        subject=f"{marking.label} {_('Changes')}",
        text=text,
        html=f"<pre>{escape(text)}</pre>",
        marking=marking,
        told=tuple(entry.pk for entry in entries),
    )
