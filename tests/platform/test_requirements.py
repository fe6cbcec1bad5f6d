"""The locked packages are the wanted ones, each with its hashes, from wherever this machine takes packages."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parent.parent.parent
PROJECT = tomllib.loads((CHECKOUT / "pyproject.toml").read_text())
FILES = {
    "requirements.txt": PROJECT["project"]["dependencies"],
    "requirements-dev.txt": PROJECT["dependency-groups"]["dev"],
}


def name_of(requirement: str) -> str:
    return re.split(r"[\[<>=~! ;]", requirement, maxsplit=1)[0].lower().replace("_", "-")


@pytest.mark.parametrize("file", FILES)
def test_everything_wanted_is_locked_with_hashes(file: str) -> None:
    text = (CHECKOUT / file).read_text()
    blocks = [block for block in re.split(r"\n(?=[a-z0-9])", text) if "==" in block.splitlines()[0]]
    locked = {name_of(block) for block in blocks}
    assert {name_of(wanted) for wanted in FILES[file]} <= locked
    assert all("--hash=sha256:" in block for block in blocks)


@pytest.mark.parametrize("file", FILES)
def test_no_address_of_a_registry_is_written_down(file: str) -> None:
    assert not re.search(r"https?://|file:|--(extra-)?index-url|--find-links", (CHECKOUT / file).read_text())
