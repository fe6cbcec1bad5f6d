"""PostgreSQL on a Unix socket, with data in the data folder."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import time
from pathlib import Path
from urllib.parse import quote

from . import children
from .account import server_account
from .failure import Refusal
from .folder import PRIVATE, DataFolder, write_private
from .programs import postgres_programs, postgres_version, within_reach
from .provision import provision
from .terminal import say

DATABASE, SUPERUSER, OWNER, APPLICATION = "tracker", "postgres", "tracker_owner", "tracker_app"
PATIENCE_S = 60
SETTINGS = {
    "listen_addresses": "",
    "shared_buffers": "128MB",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "jit": "off",
    "log_min_messages": "warning",
    "log_checkpoints": "off",
    # Statements and details of errors quote the rows they fail on; a log is no place for those.
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
}
# Tests may lose everything with the machine, so they need not wait for the disk.
THROWAWAY = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


class Postgres:
    """One cluster of one data folder; no TCP port is opened."""

    name = "postgres"

    def __init__(self, folder: DataFolder, *, connections: int = 100, is_throwaway: bool = False) -> None:
        self.folder = folder
        self.settings = {**SETTINGS, "max_connections": str(connections), **(THROWAWAY if is_throwaway else {})}
        self.process: subprocess.Popen[bytes] | None = None
        major = postgres_version().split(".")[0]
        self.account = server_account()
        self.data = folder.home_for(self.account) / f"pg{major}"
        self.account = server_account(self.data)
        self.home = self.data.parent
        if self.home != folder.base and self.account is not None:
            say(f"{self.account.name} cannot reach {folder.base}; PostgreSQL keeps its data in {self.home}.")
        self._refuse_other_version(major)
        self.programs = within_reach(postgres_programs(), self.account, self.home)
        self.sockets = self._private(folder.sockets_for(self.account) / "postgres")
        kept = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
        self.env = {**kept, "LC_ALL": "C", "TZ": "UTC"}

    def _refuse_other_version(self, major: str) -> None:
        others = [path.name for path in self.home.glob("pg[0-9][0-9]") if path != self.data]
        if others and not self.data.exists():
            raise Refusal(
                f"{self.home} holds data of another PostgreSQL ({', '.join(others)}); this one is version {major}.",
                todo="dump it with the release that made it, or set DATA_DIR to begin anew.",
            )

    def _private(self, path: Path) -> Path:
        path.mkdir(mode=PRIVATE, exist_ok=True)
        if self.account is not None:
            os.chown(path, self.account.uid, self.account.gid)
        return path

    def url(self, role: str) -> str:
        """The address for a role; libpq and Django both read an encoded folder as a socket."""
        return f"postgres://{role}:{self.folder.secret(role)}@{quote(str(self.sockets), safe='')}/{DATABASE}"

    def start(self) -> None:
        if not (self.data / "PG_VERSION").exists():
            self._create()
        argv = [str(self.programs / "postgres"), "-D", str(self.data), "-k", str(self.sockets)]
        argv += [word for name, value in self.settings.items() for word in ("-c", f"{name}={value}")]
        self.process = children.start(
            self.folder, self.name, argv, env=self.env, cwd=Path("/"), end_signal=signal.SIGINT, account=self.account
        )
        self._wait_until_ready(self.process)
        passwords = {role: self.folder.secret(role) for role in (SUPERUSER, OWNER, APPLICATION)}
        provision(
            self.sockets,
            superuser=SUPERUSER,
            owner=OWNER,
            application=APPLICATION,
            database=DATABASE,
            passwords=passwords,
        )

    def _create(self) -> None:
        """Make the cluster under another name first: an interrupted start leaves nothing half made."""
        self.folder.check_space()
        new = self.data.with_name(self.data.name + ".new")
        shutil.rmtree(new, ignore_errors=True)
        self._private(new)
        password = self.sockets / "password"
        write_private(password, self.folder.secret(SUPERUSER))
        if self.account is not None:
            os.chown(password, self.account.uid, self.account.gid)
        try:
            self._initdb(new, password)
        finally:
            password.unlink()
        if self.data.exists():
            self.data.rmdir()
        new.rename(self.data)

    def _initdb(self, data: Path, password: Path) -> None:
        argv = [str(self.programs / "initdb"), "-D", str(data), "-U", SUPERUSER, "-E", "UTF8", "--locale=C"]
        argv += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", f"--pwfile={password}", "--no-instructions"]
        argv += ["--auth-local=scram-sha-256", "--auth-host=reject"]
        options = self.account.process_options if self.account else {}
        made = subprocess.run(argv, cwd="/", env=self.env, capture_output=True, text=True, check=False, **options)
        if made.returncode:
            raise Refusal(
                f"PostgreSQL could not make its data in {data}:\n{made.stdout[-600:]}{made.stderr[-600:]}",
                todo="mend what it names (space, rights, shared memory), or name a server with DATABASE_URL.",
            )

    def _wait_until_ready(self, process: subprocess.Popen[bytes]) -> None:
        deadline = time.monotonic() + PATIENCE_S
        while not self._is_ready(process.pid):
            if process.poll() is not None:
                raise Refusal(
                    f"PostgreSQL ended (code {process.returncode}):\n{children.last_lines(self.folder, self.name)}",
                    todo=f"read {self.folder.logs / 'postgres.log'}.",
                )
            if time.monotonic() > deadline:
                raise Refusal(
                    f"PostgreSQL was not ready within {PATIENCE_S} s.", todo="try again; the machine may be busy."
                )
            time.sleep(0.03)

    def _is_ready(self, pid: int) -> bool:
        """The file must name our process: another one on the same data would answer just as well."""
        with contextlib.suppress(OSError, ValueError, IndexError):
            lines = (self.data / "postmaster.pid").read_text().splitlines()
            return int(lines[0]) == pid and lines[7].strip() == "ready"
        return False

    def stop(self) -> None:
        if self.process is not None:
            # SIGINT is its fast shutdown, SIGQUIT the immediate one.
            children.stop(self.process, signal.SIGINT, signal.SIGQUIT, patience_s=20)
