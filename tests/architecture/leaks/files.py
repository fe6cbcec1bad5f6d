"""Every file that somebody can take away, opened: what lies compressed inside it is read as well."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from zipfile import ZipFile, is_zipfile

from django.http.response import HttpResponseBase
from django.test import Client
from django.utils import timezone
from pypdf import PdfReader
from pypdf.generic import IndirectObject, StreamObject

from negotiations.api.resources import RESOURCES
from negotiations.exports.jobs import make_waiting
from negotiations.pages.reading import FORMATS
from negotiations.rules.codes import ExportFormat
from negotiations.services.export_job import want_export

from .asking import Answer
from .world import World

HERE, ROOT = "/n/two-shores/", "/api/v1/negotiations/two-shores/"
LISTS = (
    "/", "/calendar/", "/sources/", "/?as_of=2025-12-01", "/calendar/?as_of=2025-12-01",
    "/sources/?as_of=2025-12-01&known_at=2026-01-01", f"{HERE}conditions/", f"{HERE}disputes/", f"{HERE}positions/",
    f"{HERE}messages/", f"{HERE}incidents/", f"{HERE}sources/", f"{HERE}calendar/", f"{HERE}diff/?since=2020-01-01",
    f"{HERE}changes/?since=2020-01-01", f"{HERE}corrections/", HERE, f"{HERE}roadmap/", f"{HERE}text/",
    f"{HERE}outlook/", f"{HERE}completeness/", f"{HERE}record/",
)  # fmt: skip
BRIEFS = tuple(f"{HERE}brief.pdf?lang={language}" for language in ("en", "ar"))
THEN = "&as_of=2025-12-01"
WHOLE = (
    f"{HERE}record/export.jsonl", f"{HERE}feed.atom", f"{HERE}calendar.ics", "/calendar.ics", f"{ROOT}record.jsonl",
    f"{ROOT}record.atom", f"{ROOT}calendar.ics", "/api/v1/calendar.ics", f"{ROOT}badge.svg",
)  # fmt: skip


def addresses() -> Iterator[str]:
    """The address of every file but for those that somebody has made first."""
    for page in LISTS:
        yield from (f"{page}{'&' if '?' in page else '?'}format={form}" for form in FORMATS)
    for one in RESOURCES.values():
        yield from (f"{ROOT}{one.plural}/?format={form}{then}" for form in ("csv", "xlsx") for then in ("", THEN))
    yield from WHOLE
    yield from BRIEFS


def large_files(world: World, who: str) -> Iterator[str]:
    """The addresses of the files that a worker made for somebody; nobody in particular has none."""
    person = world.people[who]
    if person is None:
        return
    for form in ExportFormat:
        want_export(person, negotiation=world.small.negotiation, format=form, now=timezone.now())
    make_waiting()
    for job in person.export_jobs.all():
        yield f"/me/exports/{job.public_id}/"
        yield f"/api/v1/exports/{job.public_id}/file/"


def opened(client: Client, path: str) -> Answer:
    """The answer with everything in its body as text."""
    response: HttpResponseBase = client.get(path)
    whole: bytes = response.getvalue()  # type: ignore[attr-defined]  # of every response, streamed or not
    return Answer(response.status_code, dict(response.headers), text_of(whole))


def text_of(whole: bytes) -> str:
    """The bytes as text; of a workbook all its parts, of a PDF its words and whatever it says of itself."""
    if whole.startswith(b"%PDF"):
        return "\n".join(_pdf(PdfReader(BytesIO(whole))))
    if is_zipfile(BytesIO(whole)):
        with ZipFile(BytesIO(whole)) as parts:
            return "\n".join(parts.read(name).decode("utf-8", "replace") for name in parts.namelist())
    return whole.decode("utf-8", "replace")


def _pdf(reader: PdfReader) -> Iterator[str]:
    for page in reader.pages:
        text = page.extract_text()
        # A word may be set over two lines.
        yield from (text, "".join(text.split()))
    for number in range(1, int(reader.trailer["/Size"])):
        found = reader.get_object(IndirectObject(number, 0, reader))
        yield repr(found)
        if isinstance(found, StreamObject) and found.get("/Type") in ("/Metadata", None):
            yield found.get_data().decode("utf-8", "replace")
