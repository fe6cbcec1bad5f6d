"""Every code of the domain, with its definition and its names elsewhere."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import get_language
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request

from negotiations.rules.codes import Marking
from negotiations.selectors.codes import code_sets

from .. import schema
from ..documents import document_response, provenance
from ..fields import check_parameters
from ..serializers.code import CodeDocument
from .base import ApiView


class Codes(ApiView):
    """The same for everybody, in both languages at once."""

    @extend_schema(
        operation_id="codes_list",
        summary="Every code, what it means in English and Arabic, and what PA-X and PAM call it",
        parameters=[schema.LANG, schema.IF_NONE_MATCH],
        responses=schema.read(CodeDocument, "codes", 400),
    )
    def get(self, request: Request) -> HttpResponse:
        check_parameters(request, ())
        document = {
            "sets": code_sets(),
            "language": get_language(),
            "marking": Marking.CLEAR,
            **provenance(request, title="Codes", as_of=None, marking=Marking.CLEAR),
        }
        return document_response(request, document)
