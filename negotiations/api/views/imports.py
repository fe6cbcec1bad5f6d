"""Bringing tables in: a check first, then all of it or nothing, and a way back; each person's own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request

from negotiations.access.doors import find_negotiation, one, require_any
from negotiations.imports.batches import Brought, apply_batch, check_file, limits_for, own_batches
from negotiations.imports.mappings import MAPPINGS
from negotiations.imports.shown import seen_rows
from negotiations.imports.undo import undo_batch
from negotiations.models import ImportBatch, Membership, Negotiation, Organisation, User
from negotiations.rules.codes import ImportState, Marking

from .. import schema
from ..documents import document_response
from ..errors import Problem
from ..fields import check_parameters
from ..pagination import Sort, keyset_page
from ..parsing import StrictJson
from ..sending import answer_once
from ..serializers.import_batch import ImportDocument, ImportPage
from ..verbs.perform import person_of
from .base import ApiView
from .import_file import CSV, FORM, PARSERS, XLSX, SentFile, described, sent_file
from .verb import AUTH

MARKINGS = [one.value for one in Marking][:-1]
NEWEST_FIRST = (Sort("created_at", is_descending=True), Sort("public_id"))
KIND = schema.query("kind", "What the rows are.", enum=sorted(MAPPINGS), required=True)
MARKING = schema.query("marking", "Who may see rows that do not say it.", enum=MARKINGS, default="AMBER")
NAME = schema.query("name", "What the file is called, for your own list.")


@dataclass(frozen=True, slots=True)
class Target:
    """What a file is said to hold, how its rows are marked, and where they go: None for a new negotiation."""

    kind: str
    marking: str
    negotiation: Negotiation | None
    organisation: Organisation | None


class OwnImports(ApiView):
    """What every address of imports does: answer the person alone, and let no cache keep it."""

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        done = super().finalize_response(request, response, *args, **kwargs)
        done["Cache-Control"] = "private, no-store"
        return done

    def writer(self, request: Request, slug: str) -> tuple[User, Negotiation]:
        """Who brings a file into which negotiation; 404, 401 and 403 as everywhere."""
        negotiation = find_negotiation(self.viewer, slug)
        person = person_of(request)
        require_any(self.viewer, negotiation, [mapping.made_by for mapping in MAPPINGS.values()])
        return person, negotiation

    def own(self, request: Request, public_id: UUID) -> tuple[User, ImportBatch]:
        """The caller's own import into a negotiation that they still see; any other is not there."""
        person = person_of(request)
        rows = ImportBatch.objects.filter(user=person).select_related("negotiation", "user")
        batch: ImportBatch = one(rows, public_id=public_id)
        if batch.negotiation is not None:
            one(Negotiation.objects.visible_to(self.viewer), pk=batch.negotiation.pk)
        return person, batch

    def create(self, request: Request, person: User, target: Target) -> HttpResponse:
        """Check the file that was sent; one sent again under its key is answered again."""
        file = sent_file(request, target.kind)
        return answer_once(request, person, lambda: self.check(request, person, target, file), sent=file.data)

    def check(self, request: Request, person: User, target: Target, file: SentFile) -> HttpResponse:
        brought = Brought(
            user=person,
            kind=target.kind,
            marking=target.marking,
            name=file.name,
            data=file.data,
            negotiation=target.negotiation,
            organisation=target.organisation,
            limits=limits_for(target.kind),
        )
        batch = check_file(brought, now=timezone.now())
        batch.refresh_from_db()
        done = document_response(request, document_of(self, request, batch), status=201)
        done["Location"] = address_of(request, batch)
        return done


class Imports(OwnImports):
    """Your imports into a negotiation."""

    parser_classes = PARSERS[:2] + PARSERS[3:]

    @extend_schema(
        operation_id="imports_list",
        summary="Your imports into a negotiation, the newest first",
        parameters=[schema.SLUG, schema.CURSOR, schema.LIMIT, schema.LANG, schema.IF_NONE_MATCH],
        auth=AUTH,
        responses=schema.read(ImportPage, "import_list", 400, 401, 403, 404, 429),
    )
    def get(self, request: Request, slug: str) -> HttpResponse:
        person, negotiation = self.writer(request, slug)
        return page_of_imports(self, request, person, negotiation)

    @extend_schema(
        operation_id="imports_create",
        summary="Check a table without writing anything",
        description="The body is the file, CSV in UTF-8 or .xlsx, or a form with it as the field `file`, up to 2 MB "
        "and 2,000 rows. The answer says row by row what it would do and names everything that is wrong by its line. "
        "A file without problems waits for a day to be written by `apply/`; one with problems is forgotten.",
        parameters=[schema.SLUG, KIND, MARKING, NAME, schema.LANG, schema.IDEMPOTENCY_KEY],
        request=described(CSV, XLSX, FORM),
        auth=AUTH,
        responses=schema.made(ImportDocument, "import_batch", 400, 401, 403, 404, 409, 422),
    )
    def post(self, request: Request, slug: str) -> HttpResponse:
        person, negotiation = self.writer(request, slug)
        kind = chosen(request, "kind", sorted(MAPPINGS))
        marking = chosen(request, "marking", MARKINGS, Marking.AMBER)
        seat = Membership.objects.filter(user=person, negotiation=negotiation, ended_at__isnull=True).first()
        return self.create(request, person, Target(kind, marking, negotiation, seat.organisation if seat else None))


class OneImport(OwnImports):
    """One of your imports."""

    @extend_schema(
        operation_id="imports_retrieve",
        summary="One of your imports, row by row",
        parameters=[schema.ID, schema.LANG, schema.IF_NONE_MATCH],
        auth=AUTH,
        responses=schema.read(ImportDocument, "import_batch", 400, 401, 404, 429),
    )
    def get(self, request: Request, public_id: UUID) -> HttpResponse:
        _person, batch = self.own(request, public_id)
        return document_response(request, document_of(self, request, batch))


class ImportStep(OwnImports):
    """A step on an import that is done once: asked for again, it answers with what is so."""

    parser_classes = (StrictJson,)
    done_when: ImportState

    def step(self, request: Request, public_id: UUID, do: Callable[[ImportBatch], ImportBatch]) -> HttpResponse:
        person, batch = self.own(request, public_id)
        if batch.negotiation is not None and batch.kind in MAPPINGS:
            require_any(self.viewer, batch.negotiation, [MAPPINGS[batch.kind].made_by])
        return answer_once(request, person, lambda: self.done(request, batch, do))

    def done(self, request: Request, batch: ImportBatch, do: Callable[[ImportBatch], ImportBatch]) -> HttpResponse:
        if batch.state != self.done_when:
            batch = do(batch)
        return document_response(request, document_of(self, request, batch))


class ApplyImport(ImportStep):
    """Writes a checked file."""

    done_when = ImportState.APPLIED

    @extend_schema(
        operation_id="imports_apply",
        summary="Write a checked table: all of it, or nothing",
        description="422 `plan_outdated` where something changed since the check: read the import again to see what it "
        "would do now.",
        parameters=[schema.ID, schema.LANG, schema.IDEMPOTENCY_KEY],
        request=None,
        auth=AUTH,
        responses=schema.written(ImportDocument, "import_batch", 400, 401, 403, 404, 409, 422),
    )
    def post(self, request: Request, public_id: UUID) -> HttpResponse:
        return self.step(request, public_id, apply)


class UndoImport(ImportStep):
    """Takes an import back."""

    done_when = ImportState.UNDONE

    @extend_schema(
        operation_id="imports_undo",
        summary="Take an import back, while nothing builds on it",
        description="What it made is withdrawn, what it changed is undone. The entries stay.",
        parameters=[schema.ID, schema.LANG, schema.IDEMPOTENCY_KEY],
        request=None,
        auth=AUTH,
        responses=schema.written(ImportDocument, "import_batch", 400, 401, 403, 404, 409, 422),
    )
    def post(self, request: Request, public_id: UUID) -> HttpResponse:
        return self.step(request, public_id, lambda batch: undo_batch(batch, now=timezone.now()))


def chosen(request: Request, name: str, codes: list[str], default: str = "") -> str:
    """One code of the query. Raises Problem (400) for none of them."""
    sent = request.query_params.get(name, default)
    if sent in codes:
        return str(sent)
    message = _("Choose one of: %(codes)s.") % {"codes": ", ".join(codes)}
    raise Problem(400, "invalid", message, errors={name: message})


def page_of_imports(view: OwnImports, request: Request, person: User, negotiation: Negotiation | None) -> HttpResponse:
    """A page of the person's own imports."""
    check_parameters(request, {"cursor", "limit"})
    page = keyset_page(request, view.viewer, own_batches(person, negotiation), key=NEWEST_FIRST)
    return document_response(request, {"results": [line_of(request, one) for one in page.rows], "next": page.next})


def apply(batch: ImportBatch) -> ImportBatch:
    return apply_batch(batch, now=timezone.now(), limits=limits_for(batch.kind))


def address_of(request: Request, batch: ImportBatch) -> str:
    return request.build_absolute_uri(f"/api/v1/imports/{batch.public_id}/")


def line_of(request: Request, batch: ImportBatch) -> dict[str, Any]:
    own = address_of(request, batch)
    counts = {name: batch.counts.get(name, 0) for name in ("created", "changed", "unchanged", "sources", "problems")}
    return {
        "id": batch.public_id,
        "kind": batch.kind,
        "state": batch.state,
        "name": batch.name,
        "size": batch.size,
        "sha256": batch.sha256,
        "marking": batch.marking,
        "is_waiting": batch.state == ImportState.PLANNED and does_something(counts),
        "counts": counts,
        "created_at": batch.created_at,
        "applied_at": batch.applied_at,
        "undone_at": batch.undone_at,
        "urls": {"self": own, "apply": f"{own}apply/", "undo": f"{own}undo/"},
    }


def does_something(counts: Mapping[str, int]) -> bool:
    return not counts["problems"] and counts["created"] + counts["changed"] > 0


def document_of(view: ApiView, request: Request, batch: ImportBatch) -> dict[str, Any]:
    rows = seen_rows(batch.report.get("rows", []), batch, view.viewer)
    names = ("field", "before", "after")
    return line_of(request, batch) | {
        "problems": batch.report.get("problems", []),
        "rows": [
            {name: row[name] for name in ("line", "action", "ref", "title", "remark")}
            | {"changes": [dict(zip(names, change, strict=True)) for change in row["changes"]]}
            for row in rows
        ],
    }
