"""Imports point down only: pages to services to rules, never back, never across."""

from __future__ import annotations

from pathlib import Path

import pytest

from .layers import violations

APP = Path(__file__).resolve().parent.parent.parent / "negotiations"


def broken(tmp_path: Path, files: dict[str, str]) -> list[str]:
    app = tmp_path / "negotiations"
    for name, text in files.items():
        path = app / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return list(violations(app))


def test_the_app_keeps_the_rule() -> None:
    assert list(violations(APP)) == []


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("services/conditions.py", "from negotiations.models import Condition"),
        ("services/conditions.py", "from ..rules import workflow"),
        ("services/conditions.py", "from . import record"),
        ("services/conditions.py", "from .record import append"),
        ("models/record.py", "from django.db import models"),
        ("rules/due.py", "from django.utils.translation import gettext"),
        ("pages/views/conditions.py", "from negotiations.services import conditions"),
        ("tasks.py", "from negotiations.digests import send"),
        ("templatetags/marks.py", "from negotiations.rules.codes import Marking"),
        ("apps.py", "from negotiations.services import record"),
        ("migrations/0001_initial.py", "import negotiations.models.base"),
    ],
)
def test_it_allows_imports_that_point_down(tmp_path: Path, name: str, text: str) -> None:
    assert broken(tmp_path, {name: text}) == []


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        ("models/record.py", "from negotiations.services import record", "models -> services"),
        ("models/record.py", "import negotiations.services.record", "models -> services"),
        ("models/record.py", "from negotiations import services", "models -> services"),
        ("models/record.py", "from .. import services", "models -> services"),
        ("models/record.py", "from ..services.record import append", "models -> services"),
        ("pages/views/n.py", "from ...api import urls", "pages -> api"),
        ("templatetags/marks.py", "from negotiations.pages import urls", "templatetags -> pages"),
        ("access/viewer.py", "from negotiations.history import as_of", "access -> history"),
        ("digests/send.py", "from ..webhooks import deliver", "digests -> webhooks"),
        ("tasks.py", "from .pages import views", "tasks -> pages"),
        ("rules/due.py", "def late():\n    from ..models import Condition", "rules -> models"),
        ("rules/due.py", "import importlib\nimportlib.import_module('negotiations.models')", "rules -> models"),
        (
            "rules/due.py",
            "from importlib import import_module\nimport_module('..models', __package__)",
            "rules -> models",
        ),
        (
            "models/n.py",
            "from django.utils.module_loading import import_string\nimport_string('negotiations.api.x')",
            "models -> api",
        ),
        ("rules/due.py", "from django.db import models", "rules -> django.db.models (rules are pure)"),
        ("rules/due.py", "from django.conf import settings", "rules -> django.conf.settings (rules are pure)"),
        ("rules/codes/base.py", "import django.db.models", "rules -> django.db.models (rules are pure)"),
        (
            "services/n.py",
            "from tracker.settings import DEMO",
            "services -> tracker.settings.DEMO (the app does not know the project)",
        ),
        ("services/n.py", "from negotiations.apps import NegotiationsConfig", "services -> apps (no layer)"),
        ("services/n.py", "from negotiations.helpers import x", "services -> helpers (no layer)"),
    ],
)
def test_it_finds(tmp_path: Path, name: str, text: str, found: str) -> None:
    (line,) = broken(tmp_path, {name: text})
    assert line.endswith(f" {found}")


@pytest.mark.parametrize("name", ["helpers/text.py", "utils.py", "charts/svg.py", "urls.py"])
def test_it_refuses_what_has_no_place(tmp_path: Path, name: str) -> None:
    (line,) = broken(tmp_path, {name: ""})
    assert line.endswith("has no place among the layers")
