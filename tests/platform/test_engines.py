"""The engines start anywhere, say who holds them, survive kill -9, and leave nothing behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg2
import pytest
import redis

from tracker.local import children
from tracker.local.engines import borrowed, running
from tracker.local.lock import Held
from tracker.local.postgres import Postgres

from .conftest import MakeFolder

CHECKOUT = Path(__file__).resolve().parent.parent.parent
HOLDER = """
import signal, sys, time
from pathlib import Path
from tracker.local.engines import running
from tracker.local.folder import DataFolder
with running(DataFolder(Path(sys.argv[1])), "the first one"):
    print("up", flush=True)
    time.sleep(120)
"""


def ask(env: dict[str, str], statement: str) -> object:
    url = env["DATABASE_OWNER_URL"].replace("postgres://", "postgresql://", 1)
    connection = psycopg2.connect(url)
    try:
        with connection, connection.cursor() as cursor:
            cursor.execute(statement)
            return cursor.fetchone()[0] if cursor.description else None
    finally:
        connection.close()


def ping(env: dict[str, str]) -> bool:
    with redis.Redis.from_url(env["REDIS_URL"]) as client:
        return bool(client.ping())


def holder(base: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", HOLDER, str(base)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=CHECKOUT)
    assert process.stdout is not None
    assert process.stdout.readline() == "up\n"
    return process


def is_gone(pid: int) -> bool:
    for _ in range(200):
        try:
            state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        except (FileNotFoundError, ProcessLookupError):
            return True
        if state == "Z":
            return True
        time.sleep(0.05)
    return False


def test_both_answer_and_both_end(make_folder: MakeFolder) -> None:
    with running(make_folder(), "test") as engines:
        assert ping(engines.env)
        assert ask(engines.env, "SELECT current_user") == "tracker_owner"
        pids = [engine.process.pid for engine in engines.started if engine.process]
    assert len(pids) == 2
    assert all(is_gone(pid) for pid in pids)


def test_the_data_is_there_the_next_time(make_folder: MakeFolder) -> None:
    folder = make_folder()
    with running(folder, "test") as engines:
        ask(engines.env, "CREATE TABLE kept AS SELECT 42 AS answer")
    with running(folder, "test") as engines:
        assert ask(engines.env, "SELECT answer FROM kept") == 42


@pytest.mark.parametrize("mode", [0o755, 0o700])
def test_it_works_in_a_deep_path_and_below_a_private_folder(make_folder: MakeFolder, mode: int) -> None:
    folder = make_folder("/".join(["a-rather-long-name-of-a-folder"] * 6), mode=mode)
    with running(folder, "test") as engines:
        assert ping(engines.env)
        assert ask(engines.env, "SELECT 1") == 1
    assert (folder.base.parents[5].stat().st_mode & 0o777) == mode


def test_two_copies_run_side_by_side(make_folder: MakeFolder) -> None:
    with running(make_folder(), "one") as one, running(make_folder(), "other") as other:
        ask(one.env, "CREATE TABLE only_here (id int)")
        assert ask(other.env, "SELECT to_regclass('only_here')::text") is None


def test_a_second_start_says_who_holds_the_data(make_folder: MakeFolder) -> None:
    folder = make_folder()
    first = holder(folder.base)
    try:
        with pytest.raises(Held, match=rf"process {first.pid} \(the first one\), since \d{{4}}-"), running(folder, "b"):
            pass
    finally:
        first.terminate()
        first.wait()


def test_a_command_borrows_engines_that_run(make_folder: MakeFolder) -> None:
    folder = make_folder()
    with running(folder, "server") as engines, borrowed(folder, "command") as env:
        assert env["DATABASE_URL"] == engines.settings["DATABASE_URL"]
        assert ping(env)


def test_a_command_alone_runs_engines_for_its_time(make_folder: MakeFolder) -> None:
    folder = make_folder()
    with borrowed(folder, "command") as env:
        assert ask(env, "SELECT 1") == 1
    assert not (folder.base / "engines.json").exists()


def test_it_starts_again_after_its_launcher_was_killed(make_folder: MakeFolder) -> None:
    folder = make_folder()
    first = holder(folder.base)
    first.kill()
    first.wait()
    with running(folder, "test") as engines:
        assert ask(engines.env, "SELECT 1") == 1
        assert ping(engines.env)


def test_it_ends_what_an_earlier_run_left_behind(make_folder: MakeFolder) -> None:
    folder = make_folder()
    command = [sys.executable, "-c", "print('up', flush=True); import time; time.sleep(60)"]
    left = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, start_new_session=True)
    assert left.stdout is not None
    left.stdout.readline()
    children._remember(folder, "worker", left.pid, command)
    assert children.stop_left_behind(folder, ["worker"]) == ["worker"]
    assert left.wait() == -signal.SIGTERM


def test_it_leaves_a_stranger_with_the_same_number_alone(make_folder: MakeFolder) -> None:
    folder = make_folder()
    stranger = subprocess.Popen(["sleep", "60"])
    children._remember(folder, "worker", stranger.pid, ["celery", "worker"])
    assert children.stop_left_behind(folder, ["worker"]) == []
    assert stranger.poll() is None
    stranger.kill()
    stranger.wait()


def test_an_interrupted_first_start_is_begun_anew(make_folder: MakeFolder) -> None:
    folder = make_folder()
    half = Postgres(folder).data.with_name("pg18.new")
    half.mkdir()
    (half / "rubbish").touch()
    with running(folder, "test") as engines:
        assert ask(engines.env, "SELECT 1") == 1
    assert not half.exists()


def test_secrets_are_for_this_account_alone(make_folder: MakeFolder) -> None:
    folder = make_folder()
    secret = folder.secret("tracker_app")
    assert folder.secret("tracker_app") == secret
    assert (folder.base / "secrets.json").stat().st_mode & 0o077 == 0
    assert (folder.base / "secrets.json").stat().st_uid == os.geteuid()
