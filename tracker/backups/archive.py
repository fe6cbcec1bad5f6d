"""The file of a backup: a tar with its parts and, last, a manifest with the digest of each."""

from __future__ import annotations

import hashlib
import io
import json
import os
import re
import tarfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

FORMAT, VERSION = "ceasefire-tracker-backup", 1
DUMP, MANIFEST, COPIES = "database.dump", "manifest.json", "copies"
NAMES = re.compile(rf"{re.escape(DUMP)}|{COPIES}/[0-9a-f]{{64}}")
BLOCK = 1 << 20
MANIFEST_MAX = 16 << 20


class Damaged(Exception):
    """The file is no backup, or not whole, or not what was written."""


class Writer:
    """Adds parts to the file of a backup; made by `writing` alone."""

    def __init__(self, archive: tarfile.TarFile) -> None:
        self._archive = archive
        self.parts: dict[str, dict[str, Any]] = {}

    def add(self, name: str, file: Path) -> str:
        """Add a file as a part; returns the digest of its bytes."""
        reader = _Digesting(file.open("rb"))
        with reader.stream:
            info = tarfile.TarInfo(name)
            info.size, info.mode = file.stat().st_size, 0o600
            self._archive.addfile(info, reader)
        self.parts[name] = {"size": info.size, "sha256": reader.digest.hexdigest()}
        return reader.digest.hexdigest()

    def finish(self, facts: Mapping[str, Any]) -> None:
        """Write the manifest: what the backup holds, and of which parts it is made."""
        told = {"format": FORMAT, "version": VERSION, **facts, "parts": self.parts}
        words = json.dumps(told, indent=1, sort_keys=True).encode()
        sealed = json.dumps({"manifest": words.decode(), "sha256": hashlib.sha256(words).hexdigest()}).encode()
        info = tarfile.TarInfo(MANIFEST)
        info.size, info.mode = len(sealed), 0o600
        self._archive.addfile(info, io.BytesIO(sealed))


class _Digesting:
    """Reads a stream and digests what was read."""

    def __init__(self, stream: IO[bytes]) -> None:
        self.stream = stream
        self.digest = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        data = self.stream.read(size)
        self.digest.update(data)
        return data


@contextmanager
def writing(target: Path) -> Iterator[Writer]:
    """Write a backup under another name, and give it its own when it is whole and on the disk."""
    part = target.with_name(target.name + ".part")
    part.unlink(missing_ok=True)
    try:
        with os.fdopen(os.open(part, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "wb") as stream:
            with tarfile.open(fileobj=stream, mode="w") as archive:
                yield Writer(archive)
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


def unpack(source: Path, folder: Path) -> dict[str, Any]:
    """Put the parts into a folder and return the manifest; raises Damaged unless all is as it was written."""
    found: dict[str, dict[str, Any]] = {}
    manifest: dict[str, Any] | None = None
    try:
        with tarfile.open(source, mode="r:") as archive:
            for member in archive:
                stream = archive.extractfile(member) if member.isreg() else None
                if stream is None or manifest is not None:
                    raise Damaged("It holds something that a backup does not hold.")
                if member.name == MANIFEST:
                    manifest = _manifest(stream.read(MANIFEST_MAX))
                else:
                    found[member.name] = _take(stream, member.name, folder)
    except (tarfile.TarError, OSError, EOFError) as error:
        raise Damaged(f"It cannot be read: {error}.") from error
    if manifest is None:
        raise Damaged("Its end is missing.")
    wrong = sorted(name for name in {*found, *manifest["parts"]} if found.get(name) != manifest["parts"].get(name))
    if wrong:
        raise Damaged(f"Not as it was written: {', '.join(wrong[:5])}.")
    return manifest


def _take(stream: IO[bytes], name: str, folder: Path) -> dict[str, Any]:
    if not NAMES.fullmatch(name):
        raise Damaged("It holds something that a backup does not hold.")
    reader = _Digesting(stream)
    target = folder / name
    target.parent.mkdir(mode=0o700, exist_ok=True)
    size = 0
    with target.open("wb") as written:
        while data := reader.read(BLOCK):
            written.write(data)
            size += len(data)
    return {"size": size, "sha256": reader.digest.hexdigest()}


def _manifest(sealed: bytes) -> dict[str, Any]:
    try:
        told = json.loads(sealed)
        words = told["manifest"].encode()
        manifest: dict[str, Any] = json.loads(words)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise Damaged("Its manifest cannot be read.") from error
    if hashlib.sha256(words).hexdigest() != told.get("sha256"):
        raise Damaged("Its manifest is not as it was written.")
    if manifest.get("format") != FORMAT or manifest.get("version") != VERSION:
        raise Damaged("It is of another kind or of a newer version.")
    return manifest
