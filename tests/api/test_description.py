"""The OpenAPI description: complete, committed, and true to what is answered."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from django.test import Client
from drf_spectacular.drainage import GENERATOR_STATS
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.renderers import OpenApiYamlRenderer
from drf_spectacular.validation import validate_schema

from negotiations.services.assessment import assess
from negotiations.services.gate import assert_gate
from negotiations.services.window import open_window
from tests.factories import START, Talks

from .calls import LIST, STATE, change, condition_url, post

COMMITTED = Path(__file__).resolve().parents[2] / "openapi.yaml"


@pytest.fixture(scope="module")
def description() -> dict[str, Any]:
    GENERATOR_STATS.reset()
    found: dict[str, Any] = SchemaGenerator().get_schema(request=None, public=True)
    return found


def test_it_is_valid_and_was_made_without_guessing(description: dict[str, Any]) -> None:
    validate_schema(description)
    assert not GENERATOR_STATS


def test_the_committed_description_is_the_present_one(description: dict[str, Any]) -> None:
    """After a change that is meant: script/manage spectacular --file openapi.yaml"""
    assert COMMITTED.read_bytes() == OpenApiYamlRenderer().render(description, renderer_context={})


def checker(description: dict[str, Any]) -> Callable[[str, Any], None]:
    """A check of a document against one of the described schemas; members beyond it are wrong too."""

    def check(name: str, document: Any) -> None:
        schema = {"$ref": f"#/components/schemas/{name}", "components": description["components"]}
        jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker()).validate(document)
        schemas = description["components"]["schemas"]
        kinds = [one["$ref"].rsplit("/", 1)[-1] for one in schemas[name].get("oneOf", ())] or [name]
        assert set(document) in [set(schemas[kind]["properties"]) for kind in kinds]

    return check


def test_documents_are_as_described(
    description: dict[str, Any], small: Talks, anybody: Client, mediator: Client
) -> None:
    fill(small)
    check = checker(description)
    check("NegotiationPage", anybody.get(LIST).json())
    check("NegotiationDocument", anybody.get("/api/v1/negotiations/two-shores/").json())
    check("ConditionItem", mediator.get(condition_url(small.withdrawal)).json())
    state = mediator.get(STATE).json()
    check("PhaseStateDocument", state)
    parts = {"phases": "PhaseLine", "conditions": "ConditionLine", "disputes": "DisputeLine", "windows": "WindowLine"}
    for name, kind in (parts | {"outlook": "OutlookLine", "parties": "PartyLine"}).items():
        assert state[name], name
        check(kind, state[name][0])


def test_refusals_are_as_described(description: dict[str, Any], small: Talks, mediator: Client) -> None:
    check = checker(description)
    check("ProblemDocument", mediator.get("/api/v1/nowhere/").json())
    check("ProblemDocument", post(mediator, small.withdrawal, {}, version=1).json())
    check("ConflictDocument", post(mediator, small.withdrawal, change(), version=9).json())


def test_its_examples_are_as_described(description: dict[str, Any]) -> None:
    check = checker(description)
    for path in description["paths"].values():
        for verb in path.values():
            answers = [verb["responses"][status] for status in ("200", "201") if status in verb["responses"]]
            # Beside documents there is one picture, the badge.
            for content in [found for answer in answers if (found := answer["content"].get("application/json"))]:
                assert content["examples"]
                for example in content["examples"].values():
                    check(content["schema"]["$ref"].rsplit("/", 1)[-1], example["value"])


def test_anybody_reads_it(db: None, anybody: Client) -> None:
    response = anybody.get("/api/v1/schema/")
    assert response.status_code == 200
    assert yaml.safe_load(response.content)["openapi"].startswith("3.1")


def test_the_page_takes_nothing_from_elsewhere(db: None, anybody: Client) -> None:
    response = anybody.get("/api/v1/docs/")
    assert response.status_code == 200
    assert b"http" not in response.content.replace(b"http-equiv", b"")
    assert b"<style" not in response.content
    assert "unsafe" not in response.headers["Content-Security-Policy"]


def fill(small: Talks) -> None:
    """Give every kind of part at least one row."""
    act = small.act(small.cast.analyst, at=START)
    small.set_status(small.withdrawal, "met", at=START, value=3)
    assert_gate(act=act, phase=small.second, condition=small.release, authority="actors", asserted_by=[small.north])
    open_window(act=act, negotiation=small.negotiation, title="Talks on the island", opens_at=START)
    assess(
        act=act, negotiation=small.negotiation, author=small.cast.analyst, question="Phase 2 by May",
        likelihood="unlikely", trend="unchanged", rationale="The line is open.", assessed_at=START,
    )  # fmt: skip
