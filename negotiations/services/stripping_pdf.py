"""PDF files reduced to what their pages show: no metadata, no attachments, nothing that runs or is filled in."""

from __future__ import annotations

from io import BytesIO

from pypdf import PdfReader, PdfWriter
from pypdf.generic import DictionaryObject, NameObject, StreamObject

from negotiations.rules.media import bare_jpeg

PAGES_MAX = 2000
# Each takes its time to read and to write: a file of nothing but objects would hold its reader for minutes.
OBJECTS_MAX = 50_000
# A page is what it draws on which paper; annotations, actions, thumbnails and structure stay behind.
DRAWN = frozenset({"/Type", "/Contents", "/CropBox", "/Group", "/MediaBox", "/Resources", "/Rotate", "/UserUnit"})
# On pictures, forms and fonts that pages draw with.
TOLD = frozenset({"/AA", "/AF", "/Alternates", "/EF", "/LastModified", "/Metadata", "/OPI", "/PieceInfo", "/Ref"})


def bare_pdf(data: bytes) -> bytes:
    """The pages alone, as a new file. Raises whatever the reader raises for a broken or locked one."""
    reader = PdfReader(BytesIO(data))
    if reader.is_encrypted or not 1 <= len(reader.pages) <= PAGES_MAX:
        raise ValueError("locked, empty or too long")
    if sum(map(len, reader.xref.values())) + len(reader.xref_objStm) > OBJECTS_MAX:
        raise ValueError("too many parts")
    writer = PdfWriter()
    for page in reader.pages:
        for name in set(page) - DRAWN - {"/Parent"}:
            del page[NameObject(name)]
        writer.add_page(page)
    for number in range(len(writer._objects)):
        told = writer._objects[number]
        if isinstance(told, DictionaryObject):
            strip_object(told)
    writer.compress_identical_objects(remove_duplicates=False, remove_unreferenced=True)
    writer.metadata = None
    written = BytesIO()
    writer.write(written)
    return written.getvalue()


def strip_object(told: DictionaryObject) -> None:
    """Take away what one object tells of its making; photographs keep their pixels as they are."""
    for name in TOLD & set(told):
        del told[NameObject(name)]
    if isinstance(told, StreamObject) and told.get("/Filter") in ("/DCTDecode", ["/DCTDecode"]):
        told._data = bare_jpeg(told._data)
