"""Whatever is sent to whatever verb, it is answered in kind: problem+json, and never a 500."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from negotiations.api.verbs import VERBS
from tests.factories import Talks

from .conftest import signed_in
from .test_batches import send as send_batch
from .verb_cases import CASES, Case, call, tag_of

json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=8)
    | st.sampled_from(["C1", "D1", "S1", "1", "", "CLEAR", "RED", "AMBER+STRICT", "2025-10-10T09:00:00Z", "P1D", "$x"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
GIVEN = settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=settings().max_examples // 6 or 1
)


@pytest.fixture
def lead(small: Talks) -> Client:
    return signed_in(small, "lead")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_any_body_of_any_verb_is_answered_in_kind(small: Talks, lead: Client, case: Case) -> None:
    target = case.on(small) if case.on else small.negotiation
    names = st.sampled_from(sorted(case.verb.body().fields))

    @GIVEN
    @given(sent=st.dictionaries(names | st.text(max_size=6), json_values, max_size=4), is_whole=st.booleans())
    def check(sent: dict[str, Any], is_whole: bool) -> None:
        body = {**case.body(small), **sent} if is_whole else sent
        response = call(lead, case.verb, target, body, **{"if-match": tag_of(target)})
        assert response.status_code in (200, 201, 204, 400, 409, 422), response.content
        if response.status_code >= 400:
            assert response.headers["Content-Type"] == "application/problem+json"

    check()


BROKEN = [b"[]", b"7", b"null", b"{", b'{"a":' * 5000, b'{"reason": "\\u0000"}']


def test_what_is_no_object_is_refused(small: Talks, lead: Client) -> None:
    targets = {type(target): target for target in (small.negotiation, small.withdrawal, small.claim, small.dispute)}
    for verb in VERBS:
        if target := targets.get(verb.on):
            for body in BROKEN:
                response = call(lead, verb, target, body, **{"if-match": '"v1"'})
                assert response.status_code == 400, (verb.name, body)
                assert response.headers["Content-Type"] == "application/problem+json"


@GIVEN
@given(operations=st.lists(st.dictionaries(st.sampled_from(["verb", "item", "body", "as", "if_match"]), json_values)))
def test_any_batch_is_answered_in_kind(small: Talks, lead: Client, operations: list[dict[str, Any]]) -> None:
    response = send_batch(lead, *operations)
    assert response.status_code in (400, 404)
    assert response.headers["Content-Type"] == "application/problem+json"
