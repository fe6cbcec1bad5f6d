"""What account pages draw and name: the square code of an app, devices, roles."""

from __future__ import annotations

import json
import re
from typing import Any

import qrcode
from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from negotiations.rules.codes import Role, TokenScope

register = template.Library()
BROWSERS = (("Edg", "Edge"), ("Firefox", "Firefox"), ("Chrom", "Chrome"), ("Safari", "Safari"), ("curl", "curl"))
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)
QUIET_ZONE = 4


@register.simple_tag
def qr_code(text: str) -> SafeString:
    """The text as a square code: an element of the page, so that no address of an image is needed."""
    code = qrcode.QRCode(border=0)
    code.add_data(text)
    code.make(fit=True)
    rows = code.get_matrix()
    size = len(rows) + 2 * QUIET_ZONE
    dots = "".join(
        f"M{x + QUIET_ZONE} {y + QUIET_ZONE}h1v1h-1z"
        for y, row in enumerate(rows)
        for x, dark in enumerate(row)
        if dark
    )
    return format_html(
        '<svg class="qr" viewBox="0 0 {0} {0}" width="208" height="208" role="img" aria-label="{1}">'
        '<rect width="{0}" height="{0}" fill="#fff"/><path d="{2}" fill="#000"/></svg>',
        size,
        _("Square code for the app; the key below says the same"),
        dots,
    )


@register.filter
def as_json(value: Any) -> str:
    """For an attribute that a script reads."""
    return json.dumps(value)


@register.filter
def device(user_agent: str) -> str:
    """Browser and system in a few words; what is not known is not guessed."""
    found = [next((name for mark, name in names if re.search(mark, user_agent)), "") for names in (BROWSERS, SYSTEMS)]
    return " · ".join(filter(None, found)) or _("Unknown device")


@register.filter
def role_label(code: str) -> str:
    return Role(code).label


@register.filter
def scope_label(code: str) -> str:
    return TokenScope(code).label
