"""Which account a server runs under: ours, or an unprivileged one when we are root."""

from __future__ import annotations

import os
import pwd
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .failure import Refusal

CANDIDATES = ("postgres", "nobody")


@dataclass(frozen=True)
class Account:
    """An account of this machine that PostgreSQL, which refuses root, can run under."""

    name: str
    uid: int
    gid: int

    @property
    def process_options(self) -> dict[str, Any]:
        """What `subprocess` needs to start a program as this account."""
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def can_reach(self, path: Path) -> bool:
        """Whether the account may pass every folder down to `path` and open `path` itself."""
        return all(self._may_pass(part) for part in [path, *path.parents])

    def _may_pass(self, path: Path) -> bool:
        status = path.stat()
        if status.st_uid == self.uid:
            return bool(status.st_mode & stat.S_IXUSR)
        if status.st_gid == self.gid:
            return bool(status.st_mode & stat.S_IXGRP)
        return bool(status.st_mode & stat.S_IXOTH)


def is_root() -> bool:
    return os.geteuid() == 0


def server_account(existing_data: Path | None = None) -> Account | None:
    """None when we are an ordinary user. As root: who owns the existing data, else the first candidate."""
    if not is_root():
        return None
    if existing_data is not None and existing_data.exists() and (uid := existing_data.stat().st_uid) != 0:
        return _by_uid(uid)
    for name in CANDIDATES:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)
    raise Refusal(
        "PostgreSQL does not run as root, and this machine has neither an account 'postgres' nor 'nobody'.",
        todo="run the command as an ordinary user, or name a server with DATABASE_URL.",
    )


def _by_uid(uid: int) -> Account:
    try:
        entry = pwd.getpwuid(uid)
    except KeyError:
        return Account(str(uid), uid, uid)
    return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)
