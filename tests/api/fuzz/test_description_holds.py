"""Whatever the description allows and forbids is sent: each answer is one that the description knows."""

from __future__ import annotations

import os
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from negotiations.api.fields import SPARSE
from negotiations.api.resources import RESOURCES
from tests.factories import Talks

from .callers import callers

CHECKS = [
    not_a_server_error, status_code_conformance, content_type_conformance, response_headers_conformance,
    response_schema_conformance,
]  # fmt: skip
# A caller who names members gets those alone, which a schema has no words for.
WHOLE = response_schema_conformance
EXAMPLES = 200 if os.environ.get("TEST_FULL") == "true" else 6
COMMITTED = Path(__file__).resolve().parents[3] / "openapi.yaml"
DESCRIPTION = schemathesis.openapi.from_path(str(COMMITTED))
DESCRIPTION.config.update(base_url="http://testserver")
DESCRIPTION.app = get_wsgi_application()
NOUNS = {one.plural: noun for noun, one in RESOURCES.items()} | {"entries": "entry", "memberships": "membership"}


def operations() -> dict[str, list[Any]]:
    """The operations of the description by the noun they are about."""
    found: defaultdict[str, list[Any]] = defaultdict(list)
    for result in DESCRIPTION.get_all_operations():
        operation = result.ok()
        words = [word for word in operation.path.split("/")[3:] if word and "{" not in word]
        found[words[min(1, len(words) - 1)] if words[0] == "negotiations" else words[0]].append(operation)
    return found


OPERATIONS = operations()


@pytest.mark.parametrize("noun", sorted(OPERATIONS))
def test_every_answer_is_as_described(small: Talks, known: dict[str, Any], noun: str) -> None:
    allowed = callers(small)
    for operation in OPERATIONS[noun]:
        sent = operation.as_strategy(generation_mode=GenerationMode.POSITIVE) | operation.as_strategy(
            generation_mode=GenerationMode.NEGATIVE
        )

        @settings(max_examples=EXAMPLES, deadline=None, database=None, suppress_health_check=list(HealthCheck))
        @given(case=sent, who=st.sampled_from(sorted(allowed)), is_there=st.sampled_from([True, True, False]))
        def check(case: Any, who: str, is_there: bool) -> None:
            if is_there:
                aim(case, small, known)
            with transaction.atomic():
                response = case.call(headers=allowed[who])
                transaction.set_rollback(True)
            case.validate_response(response, checks=[one for one in CHECKS if not (one is WHOLE and is_sparse(case))])

        check()


def is_sparse(case: Any) -> bool:
    return not SPARSE.isdisjoint(case.query or {})


def aim(case: Any, small: Talks, known: dict[str, Any]) -> None:
    """Have the case name something that is there, on the version it has."""
    plural = [word for word in case.path.split("/") if word in NOUNS]
    item = known.get(NOUNS[plural[0]]) if plural else None
    if "slug" in case.path_parameters:
        case.path_parameters["slug"] = small.negotiation.slug
    if item is not None and "public_id" in case.path_parameters:
        case.path_parameters["public_id"] = str(item.public_id)
    if item is not None and "ref" in case.path_parameters:
        case.path_parameters["ref"] = str(getattr(item, RESOURCES[NOUNS[plural[0]]].named_by))
    if case.headers is not None and "If-Match" in case.headers:
        version = getattr(item, "version", small.negotiation.version)
        case.headers["If-Match"] = f'"v{version}"'
