"""The proof of the record: salted digests of payloads, chained in order of insertion."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

import rfc8785


def plain(value: Any) -> Any:
    """The value as JSON that reads the same everywhere: moments in UTC, numbers as text."""
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    return value


def digest(document: Any) -> str:
    """SHA-256 over the canonical JSON (RFC 8785) of the document, in hexadecimal."""
    return hashlib.sha256(rfc8785.dumps(plain(document))).hexdigest()


def payload_digest(
    *,
    salt: str,
    changes: Mapping[str, Any],
    reason: str,
    no_source_reason: str,
    basis: list[Any],
) -> str:
    """Digest of an entry's words; without the salt nobody can guess short words back from it."""
    return digest(
        {
            "salt": salt,
            "changes": changes,
            "reason": reason,
            "no_source_reason": no_source_reason,
            "basis": basis,
        }
    )


def clear_header(entry: Mapping[str, Any]) -> dict[str, Any]:
    """The part of an entry that a public export may prove: it counts and names nothing hidden."""
    public = (
        "id",
        "verb",
        "subject_type",
        "subject_id",
        "marking",
        "effective_at",
        "inserted_at",
        "recorded_at",
        "backfilled",
        "supersedes",
        "payload_digest",
    )
    return {key: entry[key] for key in public}


def clear_hash(entry: Mapping[str, Any], previous: str) -> str:
    """The next link of the chain of CLEAR entries."""
    return digest({**clear_header(entry), "previous": previous})


def full_hash(entry: Mapping[str, Any], previous: str) -> str:
    """The next link of the chain of all entries of a stream."""
    internal = {key: entry[key] for key in ("seq", "subject_version", "actor", "organisation", "request_id")}
    return digest({**clear_header(entry), **internal, "previous": previous})
