"""The file of an import as it is sent: as the body itself, or as the field `file` of a form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import IO, Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from rest_framework.parsers import BaseParser, MultiPartParser
from rest_framework.request import Request

from negotiations.imports.batches import limits_for

from ..errors import Problem
from ..parsing import too_large

CSV, XLSX = "text/csv", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LINES, FORM = "application/x-ndjson", "multipart/form-data"
ENDINGS = {CSV: ".csv", XLSX: ".xlsx", LINES: ".jsonl"}
IN_A_FORM = {"type": "object", "required": ["file"], "properties": {"file": {"type": "string", "format": "binary"}}}


class FileBody(BaseParser):
    """The body as it is: a table."""

    media_type = CSV

    def parse(  # type: ignore[override]  # the framework hands on whatever a parser gives
        self,
        stream: IO[Any],
        media_type: str | None = None,  # noqa: ARG002
        parser_context: Mapping[str, Any] | None = None,  # noqa: ARG002
    ) -> bytes:
        limit = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        body: bytes = stream.read(limit + 1)
        if len(body) > limit:
            raise too_large()
        return body


class WorkbookBody(FileBody):
    """The body as it is: a workbook."""

    media_type = XLSX


class LinesBody(FileBody):
    """The body as it is: a record."""

    media_type = LINES


PARSERS = (FileBody, WorkbookBody, LinesBody, MultiPartParser)


@dataclass(frozen=True, slots=True)
class SentFile:
    """What was sent, and what it is called."""

    data: bytes
    name: str


def described(*media_types: str) -> dict[str, Any]:
    """How the description tells of a file in these forms."""
    return {one: IN_A_FORM if one == FORM else OpenApiTypes.BINARY for one in media_types}


def sent_file(request: Request, kind: str) -> SentFile:
    """The file with its name, from the query or the form; Problem (400) for a form without one.

    Of one that is too large there is one byte more than may be: then its check says so.
    """
    media_type = str(request.content_type).partition(";")[0].strip().lower()
    name = request.query_params.get("name", "").replace("\0", "")[:150]
    sent: Any = request.data
    if media_type == FORM:
        file = request.FILES.get("file")
        if not isinstance(file, UploadedFile):
            message = _("Send the file as the field `file`.")
            raise Problem(400, "invalid", message, errors={"file": message})
        return SentFile(file.read(limits_for(kind).size + 1), name or str(file.name))
    # Without a body the framework hands on an empty form.
    data = sent if isinstance(sent, bytes) else b""
    ending = ENDINGS.get(media_type, ".csv")
    name = name or "file"
    return SentFile(data, name if name.lower().endswith(ending) else f"{name}{ending}")
