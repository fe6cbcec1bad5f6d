"""Verbs on stored copies: the file of a source, without its metadata, kept under the digest of its bytes."""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
from pathlib import Path, PurePath
from typing import BinaryIO

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from negotiations.models import Source, StoredCopy
from negotiations.rules.errors import NotPermitted
from negotiations.rules.media import Media

from .act import Act
from .source import edit_source
from .stripping import refused, stripped

SIZE_MAX = 20 * 1024 * 1024


def store_copy(source: Source, *, act: Act, version: int | None, file: BinaryIO, name: str) -> StoredCopy:
    """Keep a file as a copy of a source, and tell its digest in the record. Returns the copy that is kept.

    The same file again is the copy that is there already; nothing is told twice. Raises CopyRefused
    for a file that is too large, of another kind or unreadable, VersionConflict as every edit does.
    """
    if act.actor is None:
        raise NotPermitted(_("Only a person can keep a copy."))
    data = file.read(SIZE_MAX + 1)
    if len(data) > SIZE_MAX:
        raise refused(_("This file is larger than %(limit)s MB.") % {"limit": SIZE_MAX // 1024 // 1024})
    if not data:
        raise refused(_("This file is empty."))
    media, bare = stripped(data)
    digest = hashlib.sha256(bare).hexdigest()
    write_bytes(digest, bare)
    with transaction.atomic():
        kept = StoredCopy.objects.filter(source=source, sha256=digest).first()
        if kept is not None:
            return kept
        edit_source(source, act=act, version=version, sha256=digest)
        facts = {"media_type": media.value, "size": len(bare), "uploaded_by": act.actor}
        stored, _is_new = StoredCopy.objects.get_or_create(
            source=source, sha256=digest, defaults={"name": plain_name(name, media), **facts}
        )
        return stored


def digest_of_upload(file: BinaryIO) -> str:
    """The digest that this file would be kept under, to find copies of it. Raises CopyRefused; keeps nothing."""
    data = file.read(SIZE_MAX + 1)
    file.seek(0)
    if len(data) > SIZE_MAX:
        raise refused(_("This file is larger than %(limit)s MB.") % {"limit": SIZE_MAX // 1024 // 1024})
    return hashlib.sha256(stripped(data)[1]).hexdigest()


def path_of(digest: str) -> Path:
    """Where the bytes with this digest lie."""
    return Path(settings.MEDIA_ROOT) / "copies" / digest[:2] / digest


def write_bytes(digest: str, data: bytes) -> None:
    """Put the bytes in their place, whole or not at all; only this account may read them.

    A file that a failed transaction leaves behind does no harm: nobody is led to it, and the next
    upload of the same bytes finds it there.
    """
    place = path_of(digest)
    if place.exists():
        return
    for folder in (place.parent.parent.parent, place.parent.parent, place.parent):
        folder.mkdir(mode=0o700, exist_ok=True)
    handle, partial = tempfile.mkstemp(dir=place.parent)
    try:
        with os.fdopen(handle, "wb") as written:
            written.write(data)
            written.flush()
            os.fsync(written.fileno())
        Path(partial).replace(place)
    except OSError:
        with contextlib.suppress(OSError):
            Path(partial).unlink()
        raise


def plain_name(name: str, media: Media) -> str:
    """The name the copy is offered under: its stem without anything odd, and the ending of what it really is."""
    stem = "".join(char for char in PurePath(name.replace("\\", "/")).stem if char.isalnum() or char in " -_.()")
    return f"{stem.strip(' .')[:80] or 'copy'}.{media.suffix}"
