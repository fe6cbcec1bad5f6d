"""Seals what has to be read again later: under a key derived from the site's, bound to where it is kept."""

from __future__ import annotations

import base64
import binascii
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

VERSION, NONCE_BYTES, KEY_BYTES = "s1.", 12, 32
PURPOSE = b"negotiations.sealing.v1"


class SealBroken(Exception):
    """Not sealed by this site for this place, or under a key that it no longer has."""


def seal(text: str, *, place: str) -> str:
    """The text sealed with AES-GCM under the present key; it opens for this `place` alone."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    sealed = AESGCM(_key(settings.SECRET_KEY)).encrypt(nonce, text.encode(), place.encode())
    return VERSION + base64.b64encode(nonce + sealed).decode()


def unseal(sealed: str, *, place: str) -> str:
    """What was sealed, also under a key that is on its way out. Raises SealBroken."""
    if not sealed.startswith(VERSION):
        raise SealBroken
    try:
        raw = base64.b64decode(sealed.removeprefix(VERSION), validate=True)
    except binascii.Error:
        raise SealBroken from None
    for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        try:
            return AESGCM(_key(key)).decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], place.encode()).decode()
        except (InvalidTag, ValueError):
            continue
    raise SealBroken


def resealed(sealed: str, *, place: str) -> str:
    """The same sealed under the present key; as it is where it opens under that. Raises SealBroken."""
    text = unseal(sealed, place=place)
    return sealed if _opens(sealed, settings.SECRET_KEY, place) else seal(text, place=place)


def _opens(sealed: str, key: str, place: str) -> bool:
    raw = base64.b64decode(sealed.removeprefix(VERSION))
    try:
        AESGCM(_key(key)).decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], place.encode())
    except InvalidTag:
        return False
    return True


def _key(secret: str) -> bytes:
    """The site's secret has enough entropy of its own; the purpose keeps this key apart from all others."""
    return HKDF(algorithm=hashes.SHA256(), length=KEY_BYTES, salt=None, info=PURPOSE).derive(secret.encode())
