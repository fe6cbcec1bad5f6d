"""A client that a program generates from the committed description reads, follows and writes."""

from __future__ import annotations

import importlib
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pytest_django.live_server_helper import LiveServer

from negotiations.demo.load import load
from negotiations.models import Membership, Negotiation
from negotiations.rules.codes import Role, TokenScope
from negotiations.services.token import create_token

COMMITTED = Path(__file__).resolve().parents[2] / "openapi.yaml"
PACKAGE = "tracker_client"
OPTIONS = f"package_name_override: {PACKAGE}\npost_hooks: []\n"
SLUG = "gaza-2025"


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The generated package, importable while these tests run."""
    folder = tmp_path_factory.mktemp("client")
    (folder / "options.yaml").write_text(OPTIONS, encoding="utf-8")
    command = [sys.executable, "-m", "openapi_python_client", "generate", "--path", str(COMMITTED), "--meta", "none"]
    command += ["--output-path", str(folder / PACKAGE), "--config", str(folder / "options.yaml")]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr
    sys.path.insert(0, str(folder))
    yield folder
    sys.path.remove(str(folder))
    for name in [name for name in sys.modules if name.split(".")[0] == PACKAGE]:
        del sys.modules[name]


def part(name: str) -> Any:
    return importlib.import_module(f"{PACKAGE}.{name}")


@pytest.mark.django_db(transaction=True)
def test_it_reads_follows_and_writes(generated: Path, live_server: LiveServer) -> None:
    load()
    anybody = part("client").Client(base_url=live_server.url, raise_on_unexpected_status=True)
    state = part("api.negotiations.negotiations_state").sync(SLUG, client=anybody)
    assert state.negotiation.slug == SLUG
    assert [phase.number for phase in state.phases] == [1, 2, 3]
    assert follow(anybody) > 50
    write(live_server)


def follow(client: Any) -> int:
    """Follow the record from the beginning to where nothing more is; how many entries it told of."""
    ask, after, seen = part("api.negotiations.record_list").sync, "", list[Any]()
    while (page := ask(SLUG, client=client, after=after, limit=100)).results:
        seen += [row.id for row in page.results]
        after = page.latest
    assert len(seen) == len(set(seen))
    return len(seen)


def write(live_server: LiveServer) -> None:
    """Read a condition, and set where it stands with a token."""
    lead = Membership.objects.get(negotiation=Negotiation.objects.get(slug=SLUG), role=Role.LEAD).user
    _token, secret = create_token(lead, name="A newsroom's program", scope=TokenScope.WRITE)
    client, models = part("client").AuthenticatedClient(base_url=live_server.url, token=secret), part("models")
    rows = part("api.negotiations.conditions_list").sync(SLUG, client=client, limit=100).results
    row = next(row for row in rows if row.status == models.ConditionStatus.PARTLY_MET)
    read = part("api.conditions.conditions_retrieve").sync_detailed(row.id, client=client)
    body = models.ConditionStatusWriteRequest(
        status=models.ConditionStatus.IN_PROGRESS, reason="Counted anew.", no_source_reason="A test of the client."
    )
    verb = part("api.conditions.conditions_status").sync_detailed
    answer = verb(row.id, client=client, body=body, if_match=read.headers["ETag"], idempotency_key="one-key")
    assert answer.status_code == 200, answer.content
    assert answer.parsed.status == models.ConditionStatus.IN_PROGRESS
