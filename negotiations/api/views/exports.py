"""Large files: wanted here, made by a worker, fetched while they are fresh and the rights are the same."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request

from negotiations.access.doors import one
from negotiations.exports.table import MEDIA
from negotiations.models import ExportJob, Negotiation, User
from negotiations.rules.codes import AccessKind, ExportState, Marking
from negotiations.services.access_log import note_reading, shown
from negotiations.services.export_job import OPEN, fetchable, path_of, ring_for_exports, want_export

from .. import schema
from ..documents import document_response
from ..errors import Problem
from ..fields import check_parameters
from ..pagination import Sort, keyset_page
from ..sending import answer_once
from ..serializers.export import ExportDocument, ExportPage, ExportWrite
from .own import OwnView

NEWEST_FIRST = (Sort("wanted_at", is_descending=True), Sort("public_id"))


class OwnExports(OwnView):
    """What every address of exports does: answer the person alone, of negotiations that they still see."""

    def own(self, person: User) -> QuerySet[ExportJob]:
        seen = Negotiation.objects.visible_to(self.viewer)
        return ExportJob.objects.filter(user=person, negotiation__in=seen).select_related("negotiation")

    def documents(self, request: Request, jobs: Iterable[ExportJob]) -> list[dict[str, Any]]:
        found = list(jobs)
        open_to = fetchable(found, self.viewer, self.now())
        return [document_of(request, job, is_fetchable=job.pk in open_to) for job in found]


class Exports(OwnExports):
    """The files that you wanted."""

    @extend_schema(
        operation_id="exports_list",
        summary="Files that you wanted, newest first",
        parameters=[schema.LANG, schema.CURSOR, schema.LIMIT, schema.IF_NONE_MATCH],
        responses=schema.read(ExportPage, "export_page", 400, 401),
    )
    def get(self, request: Request) -> HttpResponse:
        person = self.person(request)
        check_parameters(request, {"cursor", "limit"})
        page = keyset_page(request, self.viewer, self.own(person), key=NEWEST_FIRST)
        return document_response(request, {"results": self.documents(request, page.rows), "next": page.next})

    @extend_schema(
        operation_id="exports_create",
        summary="Want the whole record of a negotiation as a file",
        description="A worker makes it with the rights you have then; look at `Location` to see how far it is. The "
        "same file wanted again while it is not ready is the same. It is kept for two days.",
        parameters=[schema.LANG, schema.IDEMPOTENCY_KEY],
        request=ExportWrite,
        examples=[schema.EXPORT_WANTED],
        responses=schema.taken_up(ExportDocument, "export", 400, 401, 403, 422),
    )
    def post(self, request: Request) -> HttpResponse:
        person = self.person(request)
        return answer_once(request, person, lambda: self._wanted(request, person))

    def _wanted(self, request: Request, person: User) -> HttpResponse:
        sent = ExportWrite(data=request.data)
        sent.is_valid(raise_exception=True)
        slug, form = sent.validated_data["negotiation"], sent.validated_data["format"]
        negotiation = Negotiation.objects.visible_to(self.viewer).filter(slug=slug).first()
        if negotiation is None:
            raise ValidationError({"negotiation": [_("There is no such negotiation.")]})
        job = want_export(person, negotiation=negotiation, format=form, now=self.now())
        ring_for_exports()
        (document,) = self.documents(request, [job])
        done = document_response(request, document, status=202)
        done["Location"] = document["urls"]["self"]
        return done


class OneExport(OwnExports):
    """One of them."""

    @extend_schema(
        operation_id="exports_retrieve",
        summary="How far it is, and where to fetch it",
        parameters=[schema.ID, schema.LANG, schema.IF_NONE_MATCH],
        responses=schema.read(ExportDocument, "export", 400, 401, 404),
    )
    def get(self, request: Request, public_id: UUID) -> HttpResponse:
        person = self.person(request)
        check_parameters(request, ())
        (document,) = self.documents(request, [one(self.own(person), public_id=public_id)])
        return document_response(request, document)


class ExportFile(OwnExports):
    """The bytes."""

    @extend_schema(
        operation_id="exports_file",
        summary="The file, to whoever wanted it",
        description="Handed out only while you may see exactly what you could see when it was made, and until it "
        "expires; then 410, and you may want it again. 409 while it is not ready.",
        parameters=[schema.ID, schema.LANG],
        responses={
            **{
                (200, MEDIA[form]): OpenApiResponse(OpenApiTypes.BINARY, description="The file.")
                for form in ("jsonl", "csv", "xlsx")
            },
            **schema.refused(400, 401, 404, 409, 410),
        },
    )
    def get(self, request: Request, public_id: UUID) -> HttpResponseBase:
        person = self.person(request)
        check_parameters(request, ())
        job: ExportJob = one(self.own(person), public_id=public_id)
        if job.state in OPEN:
            raise Problem(409, "export_not_ready", _("The file is not ready yet."))
        if job.pk not in fetchable([job], self.viewer, self.now()):
            raise Problem(410, "export_gone", gone_because(job))
        try:
            opened = path_of(job).open("rb")
        except FileNotFoundError:
            raise Http404(_("There is nothing here.")) from None
        note_reading(self.viewer, job.negotiation, [shown(job.negotiation, job.marking)], AccessKind.EXPORT)
        response = FileResponse(opened, as_attachment=True, filename=job.name, content_type=MEDIA[job.format])
        response["TLP"] = Marking(job.marking).english
        return response


def gone_because(job: ExportJob) -> str:
    if job.state == ExportState.FAILED:
        return _("It could not be made; want it again.")
    return _("This file is not handed out any more: what you may see has changed, or its time has passed. Want it "
             "again.")  # fmt: skip


def document_of(request: Request, job: ExportJob, *, is_fetchable: bool) -> dict[str, Any]:
    here = request.build_absolute_uri(f"/api/v1/exports/{job.public_id}/")
    return {
        "id": job.public_id,
        "negotiation": job.negotiation.slug,
        "format": job.format,
        "state": job.state,
        "state_label": ExportState(job.state).label,
        "total": job.total,
        "done": job.done,
        "marking": job.marking or None,
        "name": job.name or None,
        "size": job.size or None,
        "sha256": job.sha256 or None,
        "wanted_at": job.wanted_at,
        "settled_at": job.settled_at,
        "expires_at": job.expires_at,
        "urls": {"self": here, "file": f"{here}file/" if is_fetchable else None},
    }
