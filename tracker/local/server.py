"""`script/server`: everything the tracker needs, on one machine, until Ctrl-C."""

from __future__ import annotations

import os
import socket
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from tracker.queues import GROUPS, arguments

from .engines import Engines, running
from .failure import Refusal
from .folder import DataFolder
from .prepare import prepare
from .supervisor import LOOK_EVERY_S, Process, Supervisor
from .terminal import say, step

HOST = "127.0.0.1"
READY_WITHIN_S = 120
# How long each may take to end what it has in hand; docker-compose.yml gives a container as long.
WEB_PATIENCE_S, WORKER_PATIENCE_S = 8, 60
WORKERS = frozenset(group.name for group in GROUPS)


def serve(folder: DataFolder, checkout: Path, _arguments: list[str]) -> int:
    """Start all, say when it is ready, and stay; returns only by an exception."""
    port = _free_port()
    step(f"Starting PostgreSQL and Valkey in {folder.base}")
    with running(folder, "script/server") as engines:
        prepare(engines, checkout)
        step("Starting web, workers and beat")
        supervisor = Supervisor(folder)
        try:
            for engine in engines.started:
                supervisor.adopt(engine)
            for process in processes(engines, checkout, port):
                supervisor.adopt(process)
            _stay(supervisor, port)
        finally:
            say("Stopping.")
            supervisor.stop()
    return 0


def _free_port() -> int:
    try:
        port = int(os.environ.get("PORT") or 8000)
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((HOST, port))
    except (ValueError, OverflowError):
        raise Refusal(f"PORT={os.environ.get('PORT')} is not a port.", todo="set PORT to a number like 8000.") from None
    except PermissionError:
        raise Refusal(f"Port {port} is reserved for root.", todo="set PORT to a number from 1024 on.") from None
    except OSError:
        raise Refusal(f"Port {port} is taken by another program.", todo=f"try PORT={port + 1} script/server.") from None
    return port


def processes(engines: Engines, checkout: Path, port: int) -> list[Process]:
    """The same processes that docker-compose.yml runs in containers: web, beat, and workers for each queue."""
    folder, env = engines.folder, {"SITE_URL": f"http://{HOST}:{port}", **engines.application_env}
    celery = [sys.executable, "-m", "celery", "--app", "tracker"]
    commands = {
        "web": [
            *(sys.executable, "-m", "gunicorn", "tracker.wsgi:application"),
            *("--bind", f"{HOST}:{port}", "--worker-class", "gthread", "--workers", "2", "--threads", "4"),
            *("--worker-tmp-dir", str(folder.base), "--no-control-socket"),
        ],
        **{
            group.name: [*celery, *arguments(group), "--hostname", f"{folder.name}-{group.queue}@localhost"]
            for group in GROUPS
        },
        "beat": [*celery, "beat", "--loglevel", "INFO", "--pidfile", ""],
    }
    return [
        Process(name, folder, argv, env, checkout, patience_s=WORKER_PATIENCE_S if name in WORKERS else WEB_PATIENCE_S)
        for name, argv in commands.items()
    ]


def _stay(supervisor: Supervisor, port: int) -> None:
    started, is_ready, trouble = time.monotonic(), False, ""
    while True:
        supervisor.look()
        if not is_ready:
            is_ready, trouble = _is_ready(port)
            if is_ready:
                say(f"Ready: http://{HOST}:{port}/")
                say(f"Logs are in {supervisor.folder.logs}; Ctrl-C stops everything.")
            elif time.monotonic() - started > READY_WITHIN_S:
                raise Refusal(
                    f"Not ready after {READY_WITHIN_S} s; /readyz says: {trouble}",
                    todo=f"read the logs in {supervisor.folder.logs}.",
                )
        time.sleep(LOOK_EVERY_S)


def _is_ready(port: int) -> tuple[bool, str]:
    # Straight to the loopback: a proxy of the environment has no business here.
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(f"http://{HOST}:{port}/readyz", timeout=5) as answer:
            return answer.status == 200, ""
    except urllib.error.HTTPError as error:
        return False, error.read(2000).decode(errors="replace")
    except OSError as error:
        return False, str(error)
