"""Files without their metadata: what an uploaded copy shows, and nothing of who made it where."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from threading import Lock

from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

from negotiations.rules.errors import RuleError
from negotiations.rules.media import Media, media_of, text_of, words_of_html

from .stripping_pdf import bare_pdf

PIXELS_MAX = 50_000_000
PAGE_MAX = 4 * 1024 * 1024
# One file at a time in each process: unfolded, a small one takes hundreds of megabytes and seconds.
WAIT_S = 20
_turn = Lock()
MODES = frozenset({"L", "RGB", "RGBA"})
SAVED_AS: dict[Media, dict[str, object]] = {
    Media.PNG: {"format": "PNG", "optimize": True},
    Media.JPEG: {"format": "JPEG", "quality": 90, "optimize": True},
    Media.WEBP: {"format": "WEBP", "quality": 90},
}


class CopyRefused(RuleError):
    """The file is of no kind that is kept, or cannot be read."""

    code = "copy_refused"


def stripped(data: bytes) -> tuple[Media, bytes]:
    """What the file is and its bytes without metadata. Raises CopyRefused.

    A page comes back as plain text. Whatever its name says, only its bytes count.
    """
    media = media_of(data)
    if media is None:
        raise refused(_("Choose a PDF, a PNG, JPEG or WebP picture, a web page or a plain text in UTF-8."))
    if media in SAVED_AS:
        return media, readable(bare_picture, data)
    if media is Media.PDF:
        return media, readable(bare_pdf, data)
    if media is Media.HTML:
        return Media.TEXT, readable(bare_page, data)
    return Media.TEXT, (text_of(data) or "").encode()


def refused(message: str) -> CopyRefused:
    return CopyRefused(message, fields={"file": message})


def readable(strip: Callable[[bytes], bytes], data: bytes) -> bytes:
    """The stripped file. Whatever a broken or hostile one makes its reader raise is one refusal."""
    if not _turn.acquire(timeout=WAIT_S):
        raise refused(_("Other files are being read just now; try again in a minute."))
    try:
        return strip(data)
    except CopyRefused:
        raise
    except (Exception, RecursionError) as unread:
        raise refused(_("This file cannot be read; save it anew and try again.")) from unread
    finally:
        _turn.release()


def bare_page(data: bytes) -> bytes:
    """The words of the page."""
    if len(data) > PAGE_MAX:
        raise refused(
            _("This web page is larger than %(limit)s MB; keep it as a PDF.") % {"limit": PAGE_MAX // 1024**2}
        )
    return words_of_html(text_of(data) or "").encode()


def bare_picture(data: bytes) -> bytes:
    """The first picture of the file, upright, encoded anew from its pixels alone."""
    media = media_of(data)
    options = SAVED_AS[Media(media)] if media else {}
    try:
        opened = Image.open(BytesIO(data), formats=[str(options["format"])])
    except UnidentifiedImageError:
        raise refused(_("This file cannot be read; save it anew and try again.")) from None
    # Asked before a pixel is decoded: a small file can unfold to gigabytes.
    if opened.width * opened.height > PIXELS_MAX:
        raise refused(_("This picture has too many pixels; make it smaller."))
    ImageOps.exif_transpose(opened, in_place=True)
    if opened.mode not in MODES:
        opened = opened.convert("RGBA" if opened.has_transparency_data else "RGB")  # type: ignore[assignment]
    pixels = Image.new(opened.mode, opened.size)
    pixels.paste(opened)
    written = BytesIO()
    pixels.save(written, **options)  # type: ignore[arg-type]  # the options of each format differ
    return written.getvalue()
