"""What the previous release wrote loads: it migrates, its record is whole, and its pages open."""

from __future__ import annotations

import lzma
import os
import subprocess
import sys
import uuid
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg2
import pytest

from tracker.local.programs import postgres_programs

from . import RELEASED

CHECKOUT = Path(__file__).resolve().parent.parent.parent
DATA = Path(__file__).parent / "data" / f"{RELEASED[:4]}.sql.xz"
LOOK = """
import django; django.setup()
from django.test import Client
from negotiations.models import Entry
client = Client(headers={"host": "localhost"})
for path in ("/", "/n/aceh-2005/", "/n/aceh-2005/record/", "/n/aceh-2005/?as_of=2005-09-01",
             "/api/v1/negotiations/aceh-2005/state/"):
    answer = client.get(path)
    assert answer.status_code == 200, (path, answer.status_code)
print(Entry.objects.count())
"""

pytestmark = pytest.mark.serial


@pytest.fixture
def loaded() -> Iterator[dict[str, str]]:
    """A database of its own, filled by the release; the environment for programs that use it."""
    owner = os.environ["DATABASE_OWNER_URL"]
    name = f"release_{uuid.uuid4().hex[:8]}"
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": "tracker.settings"}
    env |= {key: on(os.environ[key], name) for key in ("DATABASE_OWNER_URL", "DATABASE_URL")}
    statement(owner, f"CREATE DATABASE {name}")
    try:
        words = lzma.decompress(DATA.read_bytes())
        psql = [str(postgres_programs() / "psql"), "--quiet", "--no-psqlrc", "--set", "ON_ERROR_STOP=1"]
        subprocess.run(
            [*psql, "--dbname", libpq(env["DATABASE_OWNER_URL"])], input=words, check=True, capture_output=True
        )
        yield env
    finally:
        statement(owner, f"DROP DATABASE {name} WITH (FORCE)")


def on(url: str, database: str) -> str:
    return urlunsplit(urlsplit(url)._replace(path=f"/{database}"))


def libpq(url: str) -> str:
    return url.replace("postgres://", "postgresql://", 1)


def statement(url: str, words: str) -> None:
    connection = psycopg2.connect(libpq(url))
    connection.autocommit = True
    try:
        connection.cursor().execute(words)
    finally:
        connection.close()


def run(env: dict[str, str], *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, *arguments], env=env, cwd=CHECKOUT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_it_migrates_and_is_whole_and_its_pages_open(loaded: dict[str, str]) -> None:
    run(loaded, "manage.py", "migrate", "--no-input")
    assert "The record is whole: 159 entries." in run(loaded, "manage.py", "verify_record")
    assert run({**loaded, "DJANGO_SETTINGS_MODULE": "tests.settings"}, "-c", LOOK).strip() == "159"
    assert "The record is whole: 159 entries." in run(loaded, "manage.py", "verify_record")
