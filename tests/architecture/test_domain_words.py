"""The words of the domain agree with each other: kinds, verbs, permissions and what is structure."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.apps import apps

import negotiations
from negotiations.models import MarkedItem, Tracked
from negotiations.models.snapshot import told_fields
from negotiations.rules.permissions import ALLOWED
from negotiations.rules.verbs import VERBS

HOME = Path(negotiations.__file__).parent
KINDS = [model for model in apps.get_app_config("negotiations").get_models() if issubclass(model, Tracked)]
MARKED = [kind for kind in KINDS if issubclass(kind, MarkedItem)]
# As the domain lists it; everything else that is marked is a statement and may be narrower than AMBER.
STRUCTURE = {
    "negotiation", "instrument", "clause", "phase", "condition", "gate", "link", "dispute", "party", "thirdparty",
    "window",
}  # fmt: skip
# What whoever sees an item sees as well, besides its negotiation.
WHOLES = {
    "clause": {"instrument"},
    "condition": {"phase"},
    "gate": {"phase", "condition"},
    "link": {"condition", "other"},
    "proposedfinding": {"condition"},
    "claim": {"conditions"},
    "dispute": {"conditions", "phase", "gate"},
    "position": {"dispute", "condition", "proposal"},
    "proposal": {"dispute"},
    "proposalversion": {"proposal"},
    "response": {"proposal_version"},
    "incident": {"conditions"},
    "note": {"thread"},
}
PREFIXES = {
    "instrument": "T", "condition": "C", "claim": "K", "dispute": "D", "position": "P", "proposal": "B", "meeting": "M",
    "message": "L", "incident": "I", "source": "S", "assessment": "A", "window": "W",
}  # fmt: skip
TOLD = re.compile(r'"([a-z]+\.[a-z_]+)"')


def verbs_in(*folders: str) -> set[str]:
    files = [file for folder in folders for file in (HOME / folder).rglob("*.py")]
    return {verb for file in files for verb in TOLD.findall(file.read_text()) if verb.split(".")[0] in NOUNS}


NOUNS = {kind.noun() for kind in KINDS} | {"entry", "marking"}


def test_structure_is_what_the_domain_says() -> None:
    assert {kind.noun() for kind in KINDS if kind.IS_STRUCTURE} == STRUCTURE


@pytest.mark.parametrize(("noun", "wholes"), WHOLES.items())
def test_an_item_belongs_to_what_the_domain_says(noun: str, wholes: set[str]) -> None:
    (kind,) = [kind for kind in MARKED if kind.noun() == noun]
    assert wholes <= set(kind.wholes())


@pytest.mark.parametrize("kind", MARKED, ids=lambda kind: kind.noun())
def test_refs_have_a_prefix_of_their_own(kind: type[MarkedItem]) -> None:
    assert PREFIXES.get(kind.noun(), "") == kind.REF_PREFIX


@pytest.mark.parametrize("kind", MARKED, ids=lambda kind: kind.noun())
def test_the_record_tells_who_may_see_an_item(kind: type[MarkedItem]) -> None:
    assert {"marking", "organisation", "release_at", "release_marking"} <= set(told_fields(kind))


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.noun())
def test_every_kind_explains_its_word(kind: type[Tracked]) -> None:
    assert kind.__doc__ is not None
    assert not kind.__doc__.startswith(f"{kind.__name__}(")


def test_a_verb_names_a_kind_of_item() -> None:
    assert {verb.split(".")[0] for verb in VERBS} <= NOUNS


def test_what_the_services_tell_is_in_the_vocabulary() -> None:
    assert verbs_in("services") <= set(VERBS)


def test_every_verb_of_the_vocabulary_is_told_by_somebody() -> None:
    assert set(VERBS) - verbs_in("services", "digests") == set()


def test_roles_are_allowed_words_of_the_vocabulary_only() -> None:
    assert {verb for verbs in ALLOWED.values() for verb in verbs} <= set(VERBS)
