"""Letters as mail programs show them: HTML with its own styles, behind a policy of its own."""

from __future__ import annotations

from django.http import HttpResponse

# A letter brings its styles along, as mail programs want it. Everything else is shut: no script, no image, no form,
# no frame, and no origin, so that even a letter written by somebody else could reach nothing of this site.
POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
    "sandbox allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation"
)


def letter_page(html: str) -> HttpResponse:
    """The letter by itself, kept by nobody. It is no page of the tracker: its frame, words and forms are elsewhere."""
    response = HttpResponse(html)
    response["Content-Security-Policy"] = POLICY
    response["Cache-Control"] = "private, no-store"
    return response
