"""Bringing in what opens a negotiation: a whole record, or an archive of events."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request

from negotiations.access.doors import may_open
from negotiations.models import Membership, Organisation, User
from negotiations.rules.codes import ImportKind, Marking
from negotiations.rules.errors import NotPermitted

from .. import schema
from ..errors import Problem
from ..serializers.import_batch import ImportDocument, ImportPage
from ..verbs.perform import person_of
from .import_file import CSV, FORM, LINES, PARSERS, XLSX, described
from .imports import NAME, OwnImports, Target, chosen, page_of_imports
from .verb import AUTH

KINDS = (ImportKind.RECORD.value, ImportKind.UCDP_GED.value)
KIND = schema.query("kind", "A whole record, or events for an archive.", enum=list(KINDS), required=True)
ORGANISATION = schema.query(
    "organisation", "The organisation you lead it from, by id; needless where you have one.", OpenApiTypes.UUID
)


class OpeningImports(OwnImports):
    """Your imports that open a negotiation."""

    parser_classes = PARSERS

    @extend_schema(
        operation_id="imports_opening_list",
        summary="Your imports that open a negotiation, the newest first",
        parameters=[schema.CURSOR, schema.LIMIT, schema.LANG, schema.IF_NONE_MATCH],
        auth=AUTH,
        responses=schema.read(ImportPage, "import_list", 400, 401, 403, 429),
    )
    def get(self, request: Request) -> HttpResponse:
        return page_of_imports(self, request, self.opener(request), None)

    @extend_schema(
        operation_id="imports_opening_create",
        summary="Check a record or an archive without writing anything",
        description="A record is JSON Lines as `/record/` of an installation exports it, up to 20 MB as the field "
        "`file` of a form; both chains and every digest are proved again. Whoever applies it leads the negotiation "
        "that it opens.",
        parameters=[KIND, ORGANISATION, NAME, schema.LANG, schema.IDEMPOTENCY_KEY],
        request=described(FORM, LINES, CSV, XLSX),
        auth=AUTH,
        responses=schema.made(ImportDocument, "import_batch", 400, 401, 403, 409, 422),
    )
    def post(self, request: Request) -> HttpResponse:
        person = self.opener(request)
        kind = chosen(request, "kind", list(KINDS))
        return self.create(request, person, Target(kind, Marking.CLEAR, None, organisation_of(request, person)))

    def opener(self, request: Request) -> User:
        """Who may open a negotiation with a file; 401 and 403 as everywhere."""
        person = person_of(request)
        if not may_open(self.viewer, person) or not self.viewer.is_member:
            raise NotPermitted(_("Whoever leads a negotiation may open another one."))
        return person


def organisation_of(request: Request, person: User) -> Organisation:
    """The organisation that the query names among the person's own, or their only one. Raises Problem (400)."""
    seats = Membership.objects.filter(user=person, ended_at__isnull=True)
    own = {str(one.public_id): one for one in Organisation.objects.filter(pk__in=seats.values("organisation"))}
    asked = request.query_params.get("organisation", "")
    found = own.get(asked.lower()) if asked else next(iter(own.values())) if len(own) == 1 else None
    if found is None:
        message = _("Choose one of: %(codes)s.") % {"codes": ", ".join(sorted(own))}
        raise Problem(400, "invalid", message, errors={"organisation": message})
    return found
