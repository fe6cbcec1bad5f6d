"""The data folder: where everything of one running copy lives."""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import shutil
import sys
import tempfile
from pathlib import Path

from .account import Account, is_root
from .failure import Refusal

SOCKET_PATH_MAX = 103 if sys.platform == "darwin" else 107
LONGEST_SOCKET = "postgres/.s.PGSQL.5432.lock"
MOVED_DATA = Path("/var/lib/ceasefire-tracker")
NEEDED_BYTES = 400 * 1024 * 1024
# Others may pass but not list: the server account of root has to get to its own folder inside.
PASSABLE, PRIVATE = 0o711, 0o700


class DataFolder:
    """One data folder and the few paths derived from it."""

    def __init__(self, base: Path) -> None:
        self.base = base.expanduser().absolute()
        self._make(self.base)
        self.logs = self.base / "logs"
        self.logs.mkdir(mode=PRIVATE, exist_ok=True)
        self.name = self._own_name()

    def _make(self, path: Path) -> Path:
        try:
            path.mkdir(mode=PASSABLE if is_root() else PRIVATE, parents=True, exist_ok=True)
            if not os.access(path, os.W_OK | os.X_OK):
                raise PermissionError  # noqa: TRY301  one sentence for both ways to be refused
        except PermissionError:
            raise Refusal(
                f"The data folder {path} cannot be written by this account.",
                todo="set DATA_DIR to a folder of yours, or run as the account that made it.",
            ) from None
        except OSError as error:
            raise Refusal(f"The data folder {path} cannot be made: {error.strerror}.", todo="set DATA_DIR.") from None
        return path

    def _own_name(self) -> str:
        """A random name kept inside: a new checkout at an old path must not find the old data."""
        file = self.base / "name"
        if not file.exists():
            file.write_text(secrets.token_hex(4))
        return file.read_text().strip()

    def check_space(self) -> None:
        free = shutil.disk_usage(self.base).free
        if free < NEEDED_BYTES:
            raise Refusal(
                f"Only {free // 2**20} MB are free where {self.base} is; {NEEDED_BYTES // 2**20} MB are needed.",
                todo="free some space, or set DATA_DIR to a folder on another disk.",
            )

    def home_for(self, account: Account | None) -> Path:
        """Where a server's own data goes: here, or beside the system's data when here is out of its reach.

        Opening up the folders above (a 0700 home, say) would be wrong, so the data moves instead.
        """
        if account is None or account.can_reach(self.base):
            return self.base
        home = MOVED_DATA / self.name
        for path in (MOVED_DATA, home):
            path.mkdir(mode=PASSABLE, parents=True, exist_ok=True)
        return home

    def sockets_for(self, account: Account | None) -> Path:
        """A folder short enough for socket addresses, which the server account can reach."""
        near = self.home_for(account) / "run"
        if len(str(near / LONGEST_SOCKET)) > SOCKET_PATH_MAX:
            near = self._short()
        near.mkdir(mode=PASSABLE if is_root() else PRIVATE, exist_ok=True)
        if near.is_symlink() or near.stat().st_uid != os.geteuid():
            raise Refusal(f"{near} belongs to somebody else.", todo="remove it, or set DATA_DIR to a shorter path.")
        return near

    def _short(self) -> Path:
        mark = hashlib.sha256(f"{self.base}{self.name}".encode()).hexdigest()[:10]
        candidates = (Path(tempfile.gettempdir()), Path("/tmp"))  # noqa: S108  owner and mode are checked above
        for parent in candidates:
            path = parent / f"tracker-{os.geteuid()}-{mark}"
            if len(str(path / LONGEST_SOCKET)) <= SOCKET_PATH_MAX:
                return path
        raise Refusal("No folder is short enough for a socket.", todo="set TMPDIR to a short path.")

    def secret(self, name: str) -> str:
        """A password made once and kept readable for this account alone."""
        file = self.base / "secrets.json"
        known: dict[str, str] = json.loads(file.read_text()) if file.exists() else {}
        if name not in known:
            known[name] = secrets.token_urlsafe(40)
            write_private(file, json.dumps(known, indent=1))
        return known[name]


def write_private(file: Path, text: str) -> None:
    """Write a file that only this account can read; whole or not at all."""
    part = file.with_name(file.name + ".part")
    part.unlink(missing_ok=True)
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as stream:
        stream.write(text)
    part.rename(file)
