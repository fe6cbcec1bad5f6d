"""The file of a backup: whole or not there, private, and believed only where it is what was written."""

from __future__ import annotations

import stat
import tarfile
from pathlib import Path

import pytest

from tracker.backups.archive import COPIES, DUMP, Damaged, unpack, writing

COPY = f"{COPIES}/{'ab' * 32}"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A backup with two parts."""
    part, target = tmp_path / "part", tmp_path / "kept"
    part.write_bytes(bytes(range(256)) * 400)
    with writing(target) as archive:
        archive.add(DUMP, part)
        archive.add(COPY, part)
        archive.finish({"made_at": "2026-01-01", "streams": [[None, 3, "ab", ""]]})
    return target


def room(tmp_path: Path) -> Path:
    made = tmp_path / "room"
    made.mkdir()
    return made


def test_what_was_written_comes_back(file: Path, tmp_path: Path) -> None:
    place = room(tmp_path)
    manifest = unpack(file, place)
    assert manifest["streams"] == [[None, 3, "ab", ""]]
    assert (place / COPY).read_bytes() == (place / DUMP).read_bytes() == bytes(range(256)) * 400
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_failure_leaves_no_file(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="full"), writing(tmp_path / "kept"):
        raise OSError("full")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("place", [0.01, 0.3, 0.6, 0.97])
def test_one_other_bit_is_noticed(file: Path, tmp_path: Path, place: float) -> None:
    data = bytearray(file.read_bytes().rstrip(b"\0"))
    data[int(len(data) * place)] ^= 1
    file.write_bytes(data + bytes(10240))
    with pytest.raises(Damaged):
        unpack(file, room(tmp_path))


@pytest.mark.parametrize("share", [0, 0.2, 0.5, 0.95])
def test_a_file_cut_short_is_noticed(file: Path, tmp_path: Path, share: float) -> None:
    data = file.read_bytes().rstrip(b"\0")
    file.write_bytes(data[: int(len(data) * share)])
    with pytest.raises(Damaged):
        unpack(file, room(tmp_path))


@pytest.mark.parametrize("name", ["../outside", "/etc/passwd", f"{COPIES}/../x", "more", f"{COPIES}/{'AB' * 32}"])
def test_a_strange_name_is_refused(file: Path, tmp_path: Path, name: str) -> None:
    strange = tmp_path / "strange"
    with tarfile.open(strange, "w") as archive:
        archive.add(file, arcname=name)
    with pytest.raises(Damaged):
        unpack(strange, room(tmp_path))


def test_a_link_is_refused(tmp_path: Path) -> None:
    strange = tmp_path / "strange"
    with tarfile.open(strange, "w") as archive:
        link = tarfile.TarInfo(DUMP)
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
    with pytest.raises(Damaged):
        unpack(strange, room(tmp_path))
