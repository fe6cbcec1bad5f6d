"""What changed since a moment or since the caller last looked, what was corrected, and marking as seen."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import Http404, HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import NotAuthenticated
from rest_framework.request import Request

from negotiations.access.doors import find_negotiation
from negotiations.history.both_clocks import told_by
from negotiations.models import Entry, Negotiation, User
from negotiations.rules.fields import NOUNS
from negotiations.rules.verbs import VERBS
from negotiations.selectors.changes import Since, Wanted, lost_rows, narrowed_entries, newest_told
from negotiations.selectors.corrections import MENDED, TAKEN_BACK, Mending, corrections_of, mendings
from negotiations.selectors.diff_asked import begin_of
from negotiations.selectors.entry_lines import with_payload
from negotiations.selectors.feed_lines import feed_documents, tombstone_document
from negotiations.selectors.last_look import last_look, seen_before, seen_upto
from negotiations.services.last_look import mark_seen

from .. import schema
from ..documents import document_response
from ..fields import MOMENT, check_parameters
from ..pagination import Sort, keyset_page
from ..resources.asking import check_choice
from ..serializers.changes import ChangesPage, CorrectionsPage, SeenDocument, SeenWrite
from .base import ApiView
from .diff import answer, entry_line_document

# By what readers see of an entry; its place in the stream is nobody's business.
NEWEST_FIRST = (Sort("recorded_at", True), Sort("effective_at", True), Sort("public_id", True))  # noqa: FBT003
SINCE = schema.query(
    "since",
    "`24h`, `7d`, `30d` (before the moment asked about, which is the end of coverage where that has ended), `visit` "
    "(since you marked something as seen here) or a moment; without it, all.",
)
ABOUT = schema.query("about", "The id of a phase, condition, dispute or party: changes of it and of all tied to it.")
PERSON = schema.query("person", "The id of a member: what they told. For members.")


class ChangesSince(ApiView):
    """Changes, newest first."""

    @extend_schema(
        operation_id="negotiations_changes",
        summary="What changed since a moment or since you last looked",
        description="Corrections, withdrawals and undoings are changes like any other. Mark as seen with `seen/`.",
        parameters=[
            *(schema.SLUG, SINCE, schema.query("noun", "Of this kind only.", enum=sorted(NOUNS))),
            *(schema.query("verb", "Of this verb only.", enum=sorted(VERBS)), PERSON, ABOUT, schema.AS_OF),
            *(schema.KNOWN_AT, schema.CURSOR, schema.LIMIT, schema.LANG, schema.IF_NONE_MATCH),
        ],
        responses=schema.read(ChangesPage, "changes", 400, 404),
    )
    def get(self, request: Request, slug: str) -> HttpResponse:
        negotiation = find_negotiation(self.viewer, slug)
        check_parameters(request, {"since", "noun", "verb", "person", "about", "cursor", "limit", *MOMENT})
        check_choice(request, "noun", ("", *sorted(NOUNS)))
        check_choice(request, "verb", ("", *sorted(VERBS)))
        asked, moment = request.query_params, self.moment_of(request, negotiation)
        wanted = Wanted(*(asked.get(name, "")[:80] for name in ("noun", "verb", "person", "about")))
        since = self.since(request, negotiation, moment.at)
        entries = narrowed_entries(negotiation, viewer=self.viewer, moment=moment, since=since, wanted=wanted)
        rows = with_payload(entries).select_related("access")
        page = keyset_page(request, self.viewer, rows, key=NEWEST_FIRST)
        lost = [] if asked.get("cursor") else lost_rows(negotiation, self.viewer, moment, since, wanted)
        document = {
            "since": since.at,
            "results": feed_documents(page.rows, viewer=self.viewer),
            "lost": [tombstone_document(row) for row in lost],
            "newest": newest_told(Entry.objects.visible_to(self.viewer).filter(negotiation=negotiation), lost),
            "next": page.next,
        }
        again = _again(request)
        markings = [row.was_marking for row in lost]
        return answer(self, request, negotiation, document, f"{negotiation.title}, changes", again, markings)

    def since(self, request: Request, negotiation: Negotiation, until: datetime) -> Since:
        text = request.query_params.get("since", "").strip()
        if not text:
            return Since("")
        at = begin_of(text[:60], negotiation, self.viewer, at=until, now=self.now())
        look = last_look(self.viewer, negotiation) if text == "visit" else None
        return Since(text, at, seen_before(look, self.now())[0] if look else None)


class Corrections(ApiView):
    """The log of corrections."""

    @extend_schema(
        operation_id="negotiations_corrections",
        summary="Every correction, undoing, redaction and retraction, beside what it replaces",
        parameters=[
            *(schema.SLUG, schema.query("verb", "Of this verb only.", enum=[*MENDED, *TAKEN_BACK]), schema.AS_OF),
            *(schema.KNOWN_AT, schema.CURSOR, schema.LIMIT, schema.LANG, schema.IF_NONE_MATCH),
        ],
        responses=schema.read(CorrectionsPage, "corrections", 400, 404),
    )
    def get(self, request: Request, slug: str) -> HttpResponse:
        negotiation = find_negotiation(self.viewer, slug)
        check_parameters(request, {"verb", "cursor", "limit", *MOMENT})
        check_choice(request, "verb", ("", *MENDED, *TAKEN_BACK))
        asked = request.query_params
        entries = told_by(corrections_of(negotiation, self.viewer), self.moment_of(request, negotiation))
        if asked.get("verb"):
            entries = entries.filter(verb=asked["verb"])
        page = keyset_page(request, self.viewer, with_payload(entries), key=NEWEST_FIRST)
        subjects = {row.pk: row for row in page.rows}
        document = {
            "results": [_correction(line, subjects[line.entry.pk]) for line in mendings(page.rows, self.viewer)],
            "next": page.next,
        }
        again = _again(request)
        return answer(self, request, negotiation, document, f"{negotiation.title}, corrections", again)


class Seen(ApiView):
    """Marking as seen."""

    @extend_schema(
        operation_id="negotiations_seen",
        summary="Mark as seen: `since=visit` then counts from here",
        description="Never goes back: marking an earlier entry changes nothing. Doing it again is harmless.",
        parameters=[schema.SLUG, schema.LANG],
        request=SeenWrite,
        responses=schema.written(SeenDocument, "seen", 400, 401, 403, 404),
    )
    def post(self, request: Request, slug: str) -> HttpResponse:
        negotiation = find_negotiation(self.viewer, slug)
        if not isinstance(request.user, User):
            raise NotAuthenticated
        check_parameters(request, ())
        sent = SeenWrite(data=request.data)
        sent.is_valid(raise_exception=True)
        key, now = sent.validated_data["upto"], self.now()
        upto = seen_upto(key, negotiation, self.viewer)
        if upto is None:
            raise Http404
        mark_seen(user=request.user, negotiation=negotiation, upto=upto, now=now, ends_visit=True)
        return document_response(request, {"upto": key, "seen_at": now})


def _correction(line: Mending, row: Entry) -> dict[str, Any]:
    return {
        "subject": {"type": row.subject_type, "id": row.subject_id},
        "ref": line.entry.ref,
        "title": line.entry.title.text,
        "title_ar": line.entry.title.ar,
        "entry": entry_line_document(line.entry),
        "before": entry_line_document(line.before) if line.before else None,
        "changes": {name: list(pair) for name, pair in line.changes.items()},
    }


def _again(request: Request) -> list[tuple[str, str]]:
    """What narrows the list, without what turns its pages."""
    asked = {name: str(value) for name, value in request.query_params.dict().items()}
    return [(name, value) for name, value in asked.items() if name not in ("cursor", "limit", "lang")]
