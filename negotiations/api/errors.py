"""Every refusal as RFC 9457 problem details, with a stable code; never HTML, never a stack trace."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, cast

from django.core.exceptions import (
    BadRequest,
    DisallowedHost,
    PermissionDenied,
    RequestDataTooBig,
    SuspiciousOperation,
    ValidationError,
)
from django.db import DataError, IntegrityError, InternalError, OperationalError
from django.http import Http404
from django.http.multipartparser import MultiPartParserError
from django.utils.translation import gettext as _
from drf_standardized_errors.formatter import flatten_errors
from drf_standardized_errors.handler import ExceptionHandler
from drf_standardized_errors.types import ExceptionHandlerContext
from rest_framework import exceptions
from rest_framework.response import Response

from negotiations.history.moment import MomentRefused
from negotiations.rules.errors import NotPermitted, RuleError
from negotiations.rules.marking import ANYBODY, Viewer
from negotiations.services.conflict import VersionConflict
from negotiations.services.same_wishes import WishedAlready
from negotiations.services.subscription import SettingsMoved
from negotiations.services.violations import violation_of

from .conflict import conflict_document
from .parsing import too_large

MEDIA_TYPE = "application/problem+json"
TYPE_PREFIX = "urn:ceasefire-tracker:problem:"
Errors = dict[str, list[dict[str, str]]]


class Problem(exceptions.APIException):
    """A refusal with a code of its own, wrong fields, and members beyond those of the standard."""

    def __init__(
        self,
        status: int,
        code: str,
        detail: str,
        *,
        errors: Mapping[str, str] | None = None,
        more: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(detail, code)
        self.status_code = status
        self.code = code
        self.errors: Errors = {name: [{"code": code, "detail": text}] for name, text in (errors or {}).items()}
        self.more = dict(more or {})


def handle(exc: Exception, context: Mapping[str, Any]) -> Response | None:
    """The framework's hook: any exception of a view to a response."""
    response: Response | None = ProblemHandler(exc, cast("ExceptionHandlerContext", context)).run()
    return response


class ProblemHandler(ExceptionHandler):
    """Turns what the layers below raise into problem details."""

    def convert_known_exceptions(self, exc: Exception) -> Exception:
        return problem_of(exc, getattr(self.context.get("view"), "viewer", ANYBODY)) or exc

    def should_not_handle(self, exc: Exception) -> bool:  # noqa: ARG002
        return False

    def format_exception(self, exc: exceptions.APIException) -> dict[str, Any]:
        request = self.context.get("request")
        return problem_document(exc, request_id=getattr(request, "request_id", ""))

    def get_response(self, exc: exceptions.APIException, data: dict[str, Any]) -> Response:
        return Response(data, status=exc.status_code, headers=self.get_headers(exc), content_type=MEDIA_TYPE)


def problem_of(exc: Exception, viewer: Viewer) -> Exception | None:
    """The refusal that an exception of the layers below stands for, None for what is none."""
    match exc:
        case VersionConflict():
            return Problem(412, exc.code, exc.message, more={"conflict": conflict_document(exc, viewer)})
        case SettingsMoved():
            versions = {"opened_version": exc.opened, "saved_version": exc.saved}
            untold: dict[str, Any] = {"fields": [], "changed_at": None, "changed_by": None}
            return Problem(412, exc.code, exc.message, more={"conflict": {**versions, **untold}})
        case WishedAlready():
            there = {"id": exc.present.public_id, "url": f"/api/v1/subscriptions/{exc.present.public_id}/"}
            return Problem(409, exc.code, exc.message, more={"present": there})
        case MomentRefused():
            return Problem(400, exc.code, exc.message, errors=exc.fields)
        case NotPermitted():
            return Problem(403, exc.code, exc.message, errors=exc.fields)
        case RuleError():
            return Problem(422, exc.code, exc.message, errors=exc.fields)
        case ValidationError():
            return _violation(exc) or exceptions.ValidationError(
                exc.message_dict if hasattr(exc, "error_dict") else exc.messages
            )
        case Http404():
            return exceptions.NotFound(_("There is nothing here."))
        case PermissionDenied():
            return exceptions.PermissionDenied(str(exc) or None)
        case RequestDataTooBig():
            return too_large()
        case DisallowedHost():
            return Problem(400, "bad_host", _("The tracker is not reached by this host name."))
        case BadRequest() | SuspiciousOperation() | MultiPartParserError():
            return Problem(400, "bad_request", _("The request cannot be read."))
    return _database_problem(exc)


def as_problem(exc: Exception, viewer: Viewer) -> Problem | None:
    """The refusal in one form, whichever layer raised it; None for what is none."""
    known = problem_of(exc, viewer) or exc
    if isinstance(known, Problem):
        return known
    if not isinstance(known, exceptions.APIException):
        return None
    document = problem_document(known, request_id="")
    problem = Problem(known.status_code, document["code"], document["detail"])
    problem.errors = document["errors"]
    return problem


def _violation(exc: Exception) -> Problem | None:
    """What a constraint of the database stands for in words."""
    found = violation_of(exc)
    return Problem(found.status, found.code, found.sentence, errors=found.errors) if found else None


def _database_problem(exc: Exception) -> Exception | None:
    match exc:
        case IntegrityError():
            return _violation(exc) or Problem(409, "database_conflict", _("What is saved does not allow this change."))
        case DataError():
            return Problem(400, "out_of_range", _("A value is out of range."))
        case InternalError() if getattr(exc.__cause__, "pgcode", "") == "P0001":
            return Problem(409, "database_conflict", _("What is saved does not allow this change."))
        case OperationalError():
            return Problem(503, "unavailable", _("The database cannot be reached; try again soon."))
    return None


def problem_document(exc: exceptions.APIException, *, request_id: str) -> dict[str, Any]:
    """The members of the standard, a stable code, wrong fields, and the request's id."""
    errors: Errors = getattr(exc, "errors", {})
    code, detail = str(getattr(exc.detail, "code", exc.default_code)), str(exc.detail)
    if isinstance(exc, exceptions.ValidationError):
        errors, code, detail = by_field(exc), "invalid", _("Some fields are wrong.")
    return {
        "type": f"{TYPE_PREFIX}{code}",
        "title": HTTPStatus(exc.status_code).phrase,
        "status": exc.status_code,
        "detail": detail,
        "code": code,
        "errors": errors,
        "request_id": request_id,
        **getattr(exc, "more", {}),
    }


def by_field(exc: exceptions.ValidationError) -> Errors:
    """What is wrong, by the path of the field; under "body" what concerns the whole."""
    found: defaultdict[str, list[dict[str, str]]] = defaultdict(list)
    for error in flatten_errors(exc.detail):
        path = [part for part in (error.attr or "").split(".") if part not in ("", "non_field_errors", "__all__")]
        found[".".join(path) or "body"].append({"code": error.code, "detail": error.detail})
    return dict(found)
