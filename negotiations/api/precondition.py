"""`If-Match`: which version of an item the caller has seen and means to change."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _
from rest_framework.request import Request

from .errors import Problem

TAG = re.compile(r'(?:W/)?"v(\d{1,9})(?:-[0-9a-f]{1,64})?"')


def required_version(request: Request) -> int:
    """The version in `If-Match`; 428 without one, 400 for what is no tag of this interface."""
    version = sent_version(request)
    if version is None:
        raise missing()
    return version


def sent_version(request: Request) -> int | None:
    """The version in `If-Match`, None without one; 400 for what is no tag of this interface."""
    return version_in(request.META.get("HTTP_IF_MATCH", ""))


def version_in(header: str) -> int | None:
    """The version that a tag begins with.

    Only it is compared: the rest of a tag changes with the language and the clock.
    """
    header = header.strip()
    if header in ("", "*"):
        return None
    found = TAG.fullmatch(header)
    if found is None:
        raise Problem(400, "invalid_if_match", _("If-Match takes one ETag as this interface gave it."))
    return int(found[1])


def missing() -> Problem:
    """The refusal of a change that does not say of what version."""
    return Problem(
        428,
        "precondition_required",
        _("Send If-Match with the ETag of the version you have read and mean to change."),
    )
