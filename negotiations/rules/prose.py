"""Markdown as editors write it in notes and rationales: a few marks, no HTML, nothing that runs or loads."""

from __future__ import annotations

import nh3
from markdown_it import MarkdownIt

TAGS = frozenset({"a", "blockquote", "br", "code", "em", "li", "ol", "p", "strong", "ul"})
# The empty set under "*" takes away what the sanitiser would allow everywhere.
ATTRIBUTES: dict[str, set[str]] = {"a": {"href"}, "ol": {"start"}, "*": set()}
SCHEMES = frozenset({"http", "https", "mailto"})
# Headings would break the outline of the page, images would be fetched from elsewhere, and pasted
# text is often indented or ruled without meaning anything by it.
LEFT_AS_WRITTEN = ["code", "fence", "heading", "hr", "html_block", "html_inline", "image", "lheading", "reference"]

_markdown = MarkdownIt("commonmark", {"html": False, "breaks": True}).disable(LEFT_AS_WRITTEN)


def prose(text: str) -> str:
    """The text as HTML of the few tags above, safe to show as it is; links name no page they come from.

    Sanitised after rendering, so that a fault of the renderer is no hole.
    """
    return nh3.clean(
        str(_markdown.render(text)),
        tags=set(TAGS),
        attributes=ATTRIBUTES,
        attribute_filter=only_absolute,
        url_schemes=set(SCHEMES),
        link_rel="nofollow noopener noreferrer",
        strip_comments=True,
    )


def only_absolute(_tag: str, name: str, value: str) -> str | None:
    """An address names its scheme: one that does not could lead anywhere on this site, or to another."""
    if name == "href" and value.partition(":")[0].lower() not in SCHEMES:
        return None
    return value
