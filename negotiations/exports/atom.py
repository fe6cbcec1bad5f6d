"""The newest public entries of a negotiation as an Atom feed (RFC 4287), the same for whoever asks."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from xml.etree.ElementTree import Element, SubElement, tostring

from django.conf import settings
from django.utils.translation import get_language

from negotiations.models import Entry, Negotiation
from negotiations.rules.codes import Marking
from negotiations.rules.maker import SITE
from negotiations.rules.marking import ANYBODY
from negotiations.selectors.entry_lines import EntryLine, entry_lines, with_payload
from negotiations.selectors.words import moved_words, words_of

from .proof import public_head
from .stamp import LICENSES, FileStamp

NEWEST = 50
NAMESPACE = "http://www.w3.org/2005/Atom"
OF_RECORD = "urn:ceasefire-tracker:record"
# What XML cannot hold at all.
ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def stamp_of(negotiation: Negotiation, now: datetime) -> FileStamp:
    """What the feed says of itself: public, as things are now, and where the public chain ended."""
    return FileStamp(f"{negotiation.slug}-feed", Marking.CLEAR, now, now, link=public_head(negotiation))


def feed(negotiation: Negotiation, *, stamp: FileStamp, address: Callable[[str], str], here: str) -> bytes:
    """The feed as bytes, as it is read at `here`; `address` makes an absolute address of one.

    A published negotiation is the caller's to find.
    What was published under TLP:CLEAR and narrowed since is not in it any more.
    """
    entries = Entry.objects.visible_to(ANYBODY).filter(negotiation=negotiation, access__marking=Marking.CLEAR)
    lines = entry_lines(with_payload(entries.order_by("-seq"))[:NEWEST], viewer=ANYBODY)
    root = Element("feed", {"xmlns": NAMESPACE, "xmlns:record": OF_RECORD, "xml:lang": get_language() or "en"})
    _put(root, "id", f"urn:uuid:{negotiation.public_id}")
    _put(root, "title", words_of(negotiation, "title").here)
    _put(root, "updated", _moment(max((line.inserted_at for line in lines), default=datetime.fromtimestamp(0, UTC))))
    _put(root, "generator", SITE)
    _put(root, "rights", f"{Marking.CLEAR.english} · {settings.DATA_LICENSE}")
    _put(root, "record:link", stamp.link)
    SubElement(root, "link", {"rel": "self", "type": "application/atom+xml", "href": address(here)})
    SubElement(root, "link", {"rel": "alternate", "type": "text/html", "href": address(negotiation.get_absolute_url())})
    SubElement(root, "link", {"rel": "license", "href": f"{LICENSES}{settings.DATA_LICENSE}"})
    _put(SubElement(root, "author"), "name", SITE)
    for line in lines:
        _entry(root, line, address)
    body: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return body


def _entry(root: Element, line: EntryLine, address: Callable[[str], str]) -> None:
    told = SubElement(root, "entry")
    _put(told, "id", f"urn:uuid:{line.public_id}")
    _put(told, "title", title_of(line))
    _put(told, "updated", _moment(line.inserted_at))
    # Backfilled entries became known before they were written here.
    _put(told, "published", _moment(line.recorded_at))
    _put(SubElement(told, "author"), "name", line.by)
    SubElement(told, "category", {"term": line.verb, "label": line.says})
    place = f"/n/{line.slug}/{line.page}s/{line.ref}/" if line.page and line.ref else f"/n/{line.slug}/record/"
    SubElement(told, "link", {"rel": "alternate", "type": "text/html", "href": address(place)})
    if summary := " · ".join(filter(None, (line.reason, *(source.publisher for source in line.sources[:3])))):
        _put(told, "summary", summary)


def title_of(line: EntryLine) -> str:
    """What happened to what, and from what to what where a status or value moved."""
    words = " ".join(part for part in (line.ref, line.title.here) if part)
    moved = line.moved
    change = f" ({moved_words(moved.before, moved.after)})" if moved and moved.before else ""
    return f"{line.says}: {words}{change}" if words else line.says


def _put(parent: Element, name: str, text: str) -> None:
    SubElement(parent, name).text = ILLEGAL.sub("", text)


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")
