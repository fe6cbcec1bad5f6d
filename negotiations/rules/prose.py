"""Markdown as editors write it in notes and rationales: a few marks, no HTML, nothing that runs or loads."""

from __future__ import annotations

from html import escape

import nh3
from markdown_it import MarkdownIt

TAGS = frozenset({"a", "blockquote", "br", "code", "em", "li", "ol", "p", "strong", "ul"})
# The empty set under "*" takes away what the sanitiser would allow everywhere.
ATTRIBUTES: dict[str, set[str]] = {"a": {"href"}, "ol": {"start"}, "*": set()}
SCHEMES = frozenset({"http", "https", "mailto"})
# Headings would break the outline of the page, images would be fetched from elsewhere, and pasted
# text is often indented or ruled without meaning anything by it.
LEFT_AS_WRITTEN = ["code", "fence", "heading", "hr", "html_block", "html_inline", "image", "lheading", "reference"]

# Above what any form takes; parsing costs some microseconds a character where the marks are hostile.
LONGEST = 24_000

_markdown = MarkdownIt("commonmark", {"html": False, "breaks": True}).disable(LEFT_AS_WRITTEN)


def prose(text: str) -> str:
    """The text as HTML of the few tags above, safe to show as it is; links name no page they come from.

    Sanitised after rendering, so that a fault of the renderer is no hole. A text longer than LONGEST
    is not searched for marks; it keeps its lines.
    """
    return nh3.clean(
        str(_markdown.render(text)) if len(text) <= LONGEST else as_written(text),
        tags=set(TAGS),
        attributes=ATTRIBUTES,
        attribute_filter=only_absolute,
        url_schemes=set(SCHEMES),
        link_rel="nofollow noopener noreferrer",
        strip_comments=True,
    )


def as_written(text: str) -> str:
    """The text in paragraphs as HTML, without a look at its marks."""
    paragraphs = (escape(one).replace("\n", "<br>\n") for one in text.split("\n\n"))
    return "".join(f"<p>{one}</p>\n" for one in paragraphs)


def only_absolute(_tag: str, name: str, value: str) -> str | None:
    """An address names its scheme: one that does not could lead anywhere on this site, or to another."""
    if name == "href" and value.partition(":")[0].lower() not in SCHEMES:
        return None
    return value
