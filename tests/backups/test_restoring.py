"""A restore on a fresh data folder: whole, without what was redacted since, and nobody is alerted again."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest

from .conftest import Home, MakeHome

pytestmark = pytest.mark.serial


def look(home: Home) -> dict[str, str]:
    """What the application sees there."""
    done = home.call("-m", "tests.backups.story", "look", as_application=True)
    assert done.returncode == 0, done.stderr
    return dict(line.split() for line in done.stdout.splitlines())


@pytest.fixture(scope="module")
def untouched(new: MakeHome) -> Home:
    """An installation into which nothing is restored."""
    return new()


def test_a_backup_is_one_private_file_and_the_old_ones_stay(old: Home, backup: Path) -> None:
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600
    assert not backup.with_name(backup.name + ".part").exists()
    assert "exists" in old.refuse("backup", str(backup))


def test_everything_comes_back_but_what_was_redacted_since(restored: tuple[Home, str]) -> None:
    home, said = restored
    assert "The record is whole." in said
    assert "Redacted again: 1 entries." in said
    found = look(home)
    assert found["role"] == "tracker_app"
    assert (found["canary"], found["said"], found["redacted"], found["copies"]) == ("0", "0", "1", "1")
    assert "The record is whole" in home.manage("verify_record")
    assert home.call("-m", "tests.backups.story", "check", as_application=True).returncode == 0


def test_what_was_taken_back_since_opens_nothing(restored: tuple[Home, str]) -> None:
    home, said = restored
    assert "Taken back again: 3 tokens, links and seats." in said
    assert (look(home)["keys"], look(home)["seated"]) == ("0", "0")


def test_what_was_narrowed_and_closed_since_stays_so(restored: tuple[Home, str]) -> None:
    home, said = restored
    assert "Narrowed or closed again: 2 seats and accounts." in said
    assert (look(home)["mediator"], look(home)["closed"]) == ("reader/GREEN", "1")


def test_no_old_alert_is_sent_again(restored: tuple[Home, str]) -> None:
    home, said = restored
    assert "Alerts withheld: 1;" in said
    assert (look(home)["open"], look(home)["overdue"]) == ("0", "0")


def test_the_ledger_goes_on_in_the_new_place(old: Home, restored: tuple[Home, str]) -> None:
    home, _said = restored
    assert home.ledger.read_text() == old.ledger.read_text()
    assert stat.S_IMODE(home.ledger.stat().st_mode) == 0o600
    redacted, *revoked, seat, account = (json.loads(line) for line in home.ledger.read_text().splitlines())
    assert set(redacted) == {"entry", "origin", "ground", "fields", "lead", "second", "at"}
    assert [line["revoked"] for line in revoked] == ["token", "calendar_key", "seat"]
    assert (seat.keys(), account["is_active"]) == ({"seat", "role", "clearance", "at"}, False)


def test_it_replaces_nothing(old: Home, backup: Path) -> None:
    assert "There is data here already" in old.refuse("restore", str(backup), "--into-empty")


def test_what_is_not_sure_is_asked_first(old: Home, backup: Path, new: MakeHome) -> None:
    home = new()
    damaged = backup.with_name("damaged")
    damaged.write_bytes(backup.read_bytes()[:50_000])
    assert "damaged and nothing was changed" in home.refuse("restore", str(damaged), "--no-redactions")
    away = old.ledger.rename(old.ledger.with_name("away"))
    try:
        assert "say --no-redactions" in home.refuse("restore", str(backup))
    finally:
        away.rename(old.ledger)
    home.manage("migrate", "--no-input", "--verbosity", "0")
    assert "add --into-empty" in home.refuse("restore", str(backup))


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ('"safety"', '"a ground that nobody knows"'),
        ('"token"', '"a thing that nobody knows"'),
        ('"at": "20', '"at": "tomorrow 20'),
        ('"second": "', '"second": "x'),
        ('"role": "reader"', '"role": "owner"'),
        ('"is_active": false', '"is_active": 0'),
    ],
)
def test_a_damaged_ledger_is_noticed_before_anything_is_loaded(
    old: Home, backup: Path, untouched: Home, was: str, now: str
) -> None:
    broken = old.ledger.with_name("broken")
    broken.write_text(old.ledger.read_text().replace(was, now))
    assert "damaged and nothing was changed: line" in untouched.refuse(
        "restore", str(backup), "--redactions", str(broken)
    )
    assert "does not exist" in untouched.call("-m", "tests.backups.story", "look").stderr


def test_until_it_is_finished_nobody_gets_in_and_it_can_be_begun_anew(old: Home, backup: Path, new: MakeHome) -> None:
    home = new()
    home.ledger.mkdir()
    failed = home.call("manage.py", "restore", str(backup), "--redactions", str(old.ledger))
    assert failed.returncode != 0
    assert "run restore again" in home.refuse("migrate", "--no-input")
    # Without rights on the schema its tables are not even there.
    assert "does not exist" in home.call("-m", "tests.backups.story", "look", as_application=True).stderr
    home.ledger.rmdir()
    assert "The record is whole." in home.manage("restore", str(backup))
    assert look(home)["canary"] == "0"
