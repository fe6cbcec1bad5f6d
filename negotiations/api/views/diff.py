"""What differs between two moments or clocks of a negotiation, or between it and the attempt before it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import get_language
from drf_spectacular.utils import OpenApiResponse, PolymorphicProxySerializer, extend_schema
from rest_framework.request import Request

from negotiations.access.doors import find_negotiation
from negotiations.history.moment import Moment
from negotiations.models import Negotiation
from negotiations.rules.marking import narrowest
from negotiations.selectors.attempt_diff import AttemptLine, attempt_diff
from negotiations.selectors.diff import ORDER, Diff, DiffLine, Side, diff, with_entries
from negotiations.selectors.diff_asked import NAMES, PREVIOUS, asked_beside, asked_moments
from negotiations.selectors.entry_lines import EntryLine
from negotiations.selectors.reckoning import ConditionLine
from negotiations.selectors.scene import scene_of
from negotiations.selectors.state_values import markings_in, number
from negotiations.services.access_log import note_reading, shown

from .. import schema
from ..diff_file import attempt_file, diff_file
from ..documents import document_response, provenance
from ..fields import check_parameters
from ..pagination import Page, Sort, page_at_hand
from ..resources.asking import FORMATS, check_choice, file_form
from ..serializers.diff import AttemptPage, DiffPage
from .base import ApiView

FROM = schema.query("from", "The first moment, as in `as_of`. Without it, a week before the second.")
KNOWN_FROM = schema.query("known_from", "What was known of the first, as in `known_at`. Alone: the same moment.")
TO = schema.query("to", "The second moment, as in `as_of`. Without it, the latest.")
KNOWN_TO = schema.query("known_to", "What was known of the second, as in `known_at`. Without it, as known now.")
SINCE = schema.query(
    "since",
    "Instead of the first: `24h`, `7d`, `30d` (before the second), `visit` (since what you marked as seen was told) "
    "or a moment; how it looked then, by both clocks.",
)
NOUN = schema.query("noun", "Items of this kind only.", enum=list(ORDER))


FORMAT = schema.query(
    "format",
    "`csv` or `xlsx` gives all of it as a file: a row for each field that differs, with both moments, marking and "
    "licence.",
    enum=list(FORMATS),
)
WITH = schema.query(
    "with",
    "`previous`: beside the attempt before, as it ended, instead of a first moment; 404 where you may see none.",
    enum=[PREVIOUS],
)
ANSWER: Any = PolymorphicProxySerializer("DiffAnswer", [DiffPage, AttemptPage], resource_type_field_name=None)


class Differences(ApiView):
    """Added, removed, changed and moved; or required and reached this time and before."""

    @extend_schema(
        operation_id="negotiations_diff",
        summary="What differs between two moments or clocks, with who told it, why and on what source",
        description="Rights are those of now for both moments. Laid over the first reading, `changes` give the second. "
        "With `with=previous`: what this attempt requires and reached beside the one before it.",
        parameters=[
            *(schema.SLUG, FROM, KNOWN_FROM, TO, KNOWN_TO, SINCE, WITH, NOUN, FORMAT),
            *(schema.CURSOR, schema.LIMIT, schema.LANG, schema.IF_NONE_MATCH),
        ],
        responses={
            **schema.read(DiffPage, "diff", 400, 404),
            200: OpenApiResponse(ANSWER, examples=[*schema.example("diff"), *schema.example("attempt")]),
        },
    )
    def get(self, request: Request, slug: str) -> HttpResponseBase:
        negotiation = find_negotiation(self.viewer, slug)
        check_choice(request, "format", FORMATS)
        check_choice(request, "with", (PREVIOUS,))
        if "with" in request.query_params:
            return self.beside_the_attempt_before(request, negotiation)
        return self.between_moments(request, negotiation)

    def between_moments(self, request: Request, negotiation: Negotiation) -> HttpResponseBase:
        form = file_form(request)
        check_parameters(request, {*NAMES, "format", "noun", *(() if form else ("cursor", "limit"))})
        check_choice(request, "noun", ORDER)
        asked = request.query_params
        before, after = asked_moments(negotiation, self.viewer, asked.dict(), self.now())
        found = diff(negotiation, viewer=self.viewer, before=before, after=after, noun=asked.get("noun", ""))
        if form:
            lines = with_entries(found.lines, negotiation, viewer=self.viewer, found=found)
            return diff_file(self, negotiation, found, lines, form)
        order = (Sort("place"), Sort("ref", is_natural=True), Sort("public_id"))
        page = page_at_hand(request, self.viewer, found.lines, key=order)
        lines = with_entries(page.rows, negotiation, viewer=self.viewer, found=found)
        document = {
            "before": side_document(found.before),
            "after": side_document(found.after),
            "results": [_row(line) for line in lines],
            "next": page.next,
        }
        markings = [marking for line in lines for marking in line.ends]
        title = f"{negotiation.title}, what differs"
        return answer(self, request, negotiation, document, title, _again(found, asked), markings)

    def beside_the_attempt_before(self, request: Request, negotiation: Negotiation) -> HttpResponseBase:
        form = file_form(request)
        check_parameters(request, {"with", "format", "to", "known_to", *(() if form else ("cursor", "limit"))})
        moment = asked_beside(negotiation, self.viewer, request.query_params.dict(), self.now())
        found = attempt_diff(scene_of(negotiation, viewer=self.viewer, moment=moment))
        if found is None:
            raise Http404
        if form:
            return attempt_file(self, negotiation, found, moment, [_attempt(line) for line in found.lines], form)
        rows = [{"place": at, "line": line} for at, line in enumerate(found.lines)]
        page: Page = page_at_hand(request, self.viewer, rows, key=(Sort("place"),))
        document = {
            "earlier": found.slug,
            "before": side_document(Side(found.earlier.moment, found.before_verdict)),
            "after": side_document(Side(moment, found.after_verdict)),
            "results": [_attempt(row["line"]) for row in page.rows],
            "next": page.next,
        }
        again = [("with", PREVIOUS), *_clocks(moment, "to", "known_to")]
        return answer(self, request, negotiation, document, f"{negotiation.title}, beside the attempt before", again)


def answer(
    view: ApiView,
    request: Request,
    negotiation: Negotiation,
    document: Mapping[str, Any],
    title: str,
    again: Sequence[tuple[str, str]],
    markings: Iterable[str] = (),
) -> HttpResponse:
    """The document with its marking, and an address that asks the same again.

    `markings` are those of what it tells without saying how it is marked.
    """
    marking = narrowest([negotiation.marking, *markings, *markings_in(_without_changes(document))])
    note_reading(view.viewer, negotiation, [shown(negotiation, marking)])
    source = provenance(request, title=title, as_of=None, marking=marking, asked=again)
    return document_response(request, {**document, "language": get_language(), "marking": marking, **source})


def _without_changes(part: Any) -> Any:
    """A document without told changes, in which a marking is what somebody changed."""
    if isinstance(part, Mapping):
        return {name: _without_changes(value) for name, value in part.items() if name != "changes"}
    return [_without_changes(one) for one in part] if isinstance(part, list) else part


def side_document(side: Side) -> dict[str, Any]:
    return {"as_of": side.moment.at, "known_at": side.moment.known_at, "verdict": side.verdict}


def entry_line_document(line: EntryLine) -> dict[str, Any]:
    """An entry as lists beside an item tell it."""
    return {
        "id": line.public_id,
        "verb": line.verb,
        "verb_label": line.says,
        "by": line.by,
        "reason": line.reason,
        "no_source_reason": line.no_source_reason,
        "sources": [
            {
                "ref": one.ref,
                "publisher": one.publisher,
                "title": one.title.text,
                "reliability": one.reliability,
                "credibility": one.credibility,
                "marking": one.marking,
            }
            for one in line.sources
        ],
        "effective_at": line.effective_at,
        "recorded_at": line.recorded_at,
        "is_backfilled": line.is_backfilled,
        "is_redacted": line.is_redacted,
        "marking": line.marking,
    }


def _row(line: DiffLine) -> dict[str, Any]:
    return {
        "type": line.noun,
        "id": line.public_id,
        "ref": line.ref,
        "title": line.title.text,
        "title_ar": line.title.ar,
        "how": line.how,
        "changes": {name: list(pair) for name, pair in line.changes.items()},
        "named": {name: list(pair) for name, pair in line.named.items()},
        "entries": [entry_line_document(one) for one in line.entries],
        "marking": line.marking,
    }


def _attempt(line: AttemptLine) -> dict[str, Any]:
    changes = {name: [_plain(value) for value in pair] for name, pair in line.changes.items()}
    return {
        "how": line.how,
        "before": _condition(line.before, line.before_id),
        "after": _condition(line.after, line.after_id),
        "changes": changes,
    }


def _condition(line: ConditionLine | None, key: Any) -> dict[str, Any] | None:
    if line is None:
        return None
    return {
        "id": key,
        "ref": line.ref,
        "title": line.title.text,
        "title_ar": line.title.ar,
        "status": line.status,
        "status_label": line.status_label,
        "value": number(line.value),
        "marking": line.marking,
    }


def _plain(value: Any) -> Any:
    return value if value is None or isinstance(value, str) else number(value)


def _again(found: Diff, asked: Mapping[str, str]) -> list[tuple[str, str]]:
    pairs = [*_clocks(found.before.moment, "from", "known_from"), *_clocks(found.after.moment, "to", "known_to")]
    return [*pairs, *([("noun", asked["noun"])] if asked.get("noun") else [])]


def _clocks(moment: Moment, as_of: str, known_at: str) -> list[tuple[str, str]]:
    # A reading of the latest moment is one of that moment when it is asked for again.
    pairs = ((as_of, moment.at), (known_at, moment.known_at))
    return [(name, _instant(at)) for name, at in pairs if at is not None]


def _instant(at: datetime) -> str:
    return at.isoformat().replace("+00:00", "Z")
