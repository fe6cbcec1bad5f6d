"""The containers run what the scripts run, with secrets from outside and few rights."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import Any

import pytest
import yaml

from tracker.local.engines import Engines
from tracker.local.server import WORKER_PATIENCE_S, processes
from tracker.queues import GROUPS, Workers

from .conftest import MakeFolder

CHECKOUT = Path(__file__).resolve().parent.parent.parent
TEXT = (CHECKOUT / "docker-compose.yml").read_text()
SERVICES: dict[str, dict[str, Any]] = yaml.safe_load(TEXT)["services"]
WORKERS = tuple(group.name for group in GROUPS)
OURS = ("web", *WORKERS, "beat", "migrate")
# Where a container differs from this machine on purpose: addresses and places of files.
PLACES = {"--bind", "--worker-tmp-dir", "--hostname", "--schedule", "--pidfile"}


def options(words: list[str]) -> dict[str, str]:
    """The options of a command by name, without places; a flag has an empty value."""
    found = {}
    for index, word in enumerate(words):
        if word.startswith("--") and word.partition("=")[0] not in PLACES:
            after = words[index + 1] if index + 1 < len(words) else "--"
            found[word] = "" if after.startswith("--") else after
    return found


def words_of(command: str) -> list[str]:
    return shlex.split(command.rpartition("exec ")[2].rstrip().removesuffix('"'))


@pytest.mark.parametrize("name", ["web", *WORKERS, "beat"])
def test_a_container_runs_what_the_scripts_run(make_folder: MakeFolder, name: str) -> None:
    folder = make_folder()
    (process,) = (p for p in processes(Engines(folder, {}), CHECKOUT, 8000) if p.name == name)
    mine = options(list(process.argv))
    assert options(words_of(SERVICES[name]["command"])) == {key: value for key, value in mine.items() if key != "-m"}


@pytest.mark.parametrize("group", GROUPS, ids=lambda group: group.queue)
def test_each_queue_has_workers_that_are_asked_through_it_and_may_finish(group: Workers) -> None:
    service = SERVICES[group.name]
    assert service["healthcheck"]["test"][-2:] == ["heartbeat", group.queue]
    assert service["stop_grace_period"] == f"{WORKER_PATIENCE_S}s"


def test_it_has_every_service_and_each_says_whether_it_is_well() -> None:
    assert set(SERVICES) == {*OURS, "postgres", "redis", "mail"}
    assert all("healthcheck" in service for name, service in SERVICES.items() if name != "migrate")


def test_every_secret_comes_from_outside_and_a_missing_one_stops_the_start() -> None:
    for name in ("SECRET_KEY", "ALLOWED_HOSTS", "DATABASE_APP_PASSWORD", "DATABASE_OWNER_PASSWORD", "REDIS_PASSWORD"):
        assert f"${{{name}:?" in TEXT
    assert not re.search(r"(PASSWORD|SECRET_KEY): [A-Za-z0-9]", TEXT)


def test_only_the_migration_knows_the_owner() -> None:
    knowing = [name for name in OURS if "DATABASE_OWNER_URL" in SERVICES[name]["environment"]]
    assert knowing == ["migrate"]


def test_who_backs_up_restores_and_redacts_reaches_the_data_folder() -> None:
    assert "data:/data" in SERVICES["migrate"]["volumes"]


def test_containers_have_few_rights() -> None:
    for name in OURS:
        assert SERVICES[name]["cap_drop"] == ["ALL"]
        assert SERVICES[name]["read_only"] is True
    assert re.search(r"^USER (?!root)\w+$", (CHECKOUT / "Dockerfile").read_text(), re.MULTILINE)


def test_ports_are_open_to_this_machine_alone() -> None:
    ports = [port for service in SERVICES.values() for port in service.get("ports", [])]
    assert ports
    assert all(port.startswith("127.0.0.1:") for port in ports)
