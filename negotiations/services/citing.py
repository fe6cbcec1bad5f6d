"""Tying sources to entries, and keeping narrow sources out of wide payloads."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from negotiations.models import Citation, Entry, MarkedItem, NamedReader, Negotiation, Tracked
from negotiations.rules.codes import Marking
from negotiations.rules.errors import EvidenceRefused, MarkingRefused, RuleError
from negotiations.rules.evidence import Evidence
from negotiations.rules.marking import check_within

from .act import Act, Cite
from .locking import sources_as_saved


def readers_of(item: Tracked) -> frozenset[int]:
    """Ids of the persons named on a RED item; empty for any other."""
    if getattr(item, "marking", None) != Marking.RED:
        return frozenset()
    return frozenset(NamedReader.objects.filter(subject_id=item.public_id).values_list("user_id", flat=True))


def covers(cite: Cite, item: Tracked) -> bool:
    """Whether every reader of the item may also see the source."""
    return covers_item(cite.source, item)


def covers_item(support: MarkedItem, item: Tracked) -> bool:
    """Whether every reader of the item may also see the support."""
    if not isinstance(item, MarkedItem):
        return bool(support.marking == Marking.CLEAR)
    return is_within(item, support)


def is_within(part: MarkedItem, whole: MarkedItem) -> bool:
    """Whether everybody who may read the part may also read the whole."""
    try:
        check_within(
            part.marking,
            whole.marking,
            part_organisation=part.organisation_id,
            whole_organisation=whole.organisation_id,
            part_readers=readers_of(part),
            whole_readers=readers_of(whole),
        )
    except MarkingRefused:
        return False
    return True


def covering(item: Tracked, cites: Iterable[Cite]) -> tuple[list[Cite], list[Cite]]:
    """The citations that stand on the entry itself, and those whose sources are narrower than the item.

    Raises EvidenceRefused for a source some of whose readers may not see the item at all.
    """
    wide: list[Cite] = []
    narrower: list[Cite] = []
    for cite in cites:
        if covers(cite, item):
            wide.append(cite)
        elif isinstance(item, MarkedItem) and not is_within(cite.source, item):
            raise EvidenceRefused(
                _("Source %(ref)s is shared with people who may not see this; cite another.")
                % {"ref": cite.source.ref},
                fields={"source": _("People who may not see this can see the source.")},
            )
        else:
            narrower.append(cite)
    return wide, narrower


def evidence_for(item: Tracked, cites: Iterable[Cite]) -> tuple[Evidence, ...]:
    """The citations as the guards of `rules.evidence` weigh them."""
    return tuple(
        Evidence(
            reliability=cite.source.reliability,
            credibility=cite.credibility,
            visible_to_all_readers=covers(cite, item),
        )
        for cite in cites
    )


def told_basis(cites: Iterable[Cite], supports: Entry | None) -> list[dict[str, Any]]:
    """The citations as an entry's payload holds them, with the earlier entry that they bear out."""
    cited: list[dict[str, Any]] = [words(cite) | {"source": str(cite.source.public_id)} for cite in cites]
    return cited if supports is None else [*cited, {"supports": str(supports.public_id)}]


def cited_rows(cites: Iterable[Cite]) -> list[Citation]:
    """The rows that tie the sources to an entry still to be inserted."""
    return [Citation(source=cite.source, **words(cite)) for cite in cites]


def words(cite: Cite) -> dict[str, str]:
    return {
        "credibility": str(cite.credibility),
        "quote": cite.quote,
        "quote_language": cite.quote_language,
        "translation": cite.translation,
        "translated_by": str(cite.translated_by),
        "translator": cite.translator,
        "locator": cite.locator,
    }


def check_cited(item: Tracked, act: Act) -> None:
    """Refuse a statement without a source that all its readers may see, or a reason why there is none."""
    if act.no_source_reason.strip() or any(covers(cite, item) for cite in act.cites):
        return
    raise EvidenceRefused(
        _("Cite at least one source that every reader of this may see, or say why there is none to cite."),
        fields={"source": _("Cite a source.")},
    )


def with_sources_as_saved(act: Act, negotiation: Negotiation | None) -> Act:
    """The act with its sources as they are marked now that the stream is locked."""
    if not act.cites:
        return act
    saved = sources_as_saved(cite.source.pk for cite in act.cites)
    if negotiation is not None and any(source.negotiation_id != negotiation.pk for source in saved.values()):
        raise RuleError(
            _("Cite a source of this negotiation; add it here first."),
            code="other_negotiation",
            fields={"source": _("This belongs to another negotiation.")},
        )
    return replace(act, cites=tuple(replace(cite, source=saved[cite.source.pk]) for cite in act.cites))
