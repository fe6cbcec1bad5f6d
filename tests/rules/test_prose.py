"""Markdown becomes a few harmless tags, whatever somebody writes."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from negotiations.rules.prose import LONGEST, TAGS, prose

# After the OWASP cheat sheet on filter evasion, and what Markdown itself can be talked into.
ATTACKS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<math><mtext><table><mglyph><style><img src onerror=alert(1)>",
    "<iframe src=javascript:alert(1)></iframe>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<object data=javascript:alert(1)></object>",
    "<embed src=//evil.example/x.swf>",
    "<link rel=stylesheet href=//evil.example/x.css>",
    "<meta http-equiv=refresh content='0;url=javascript:alert(1)'>",
    "<base href=//evil.example/>",
    "<form action=//evil.example><input name=csrf></form>",
    "<a href=javascript:alert(1)>x</a>",
    "<p style=background:url(//evil.example)>x</p>",
    "<div onmouseover=alert(1)>x</div>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<template><script>alert(1)</script></template>",
    "<!--<img src=x onerror=alert(1)>-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java\nscript:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](javascript&colon;alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)",
    "[x](vbscript:msgbox(1))",
    "[x](file:///etc/passwd)",
    "[x](  javascript:alert(1))",
    "[x](\x01javascript:alert(1))",
    "<javascript:alert(1)>",
    "![x](javascript:alert(1))",
    "![x](//evil.example/pixel.gif)",
    '![x](x "onerror=alert(1)")',
    '[x](https://a.example "onmouseover=alert(1)")',
    '[x](https://a.example" onmouseover="alert(1))',
    "[a]: javascript:alert(1)\n\n[a]",
    "`<script>alert(1)</script>`",
    "```html\n<script>alert(1)</script>\n```",
    "    <script>alert(1)</script>",
    "**<img src=x onerror=alert(1)>**",
    "> <script>alert(1)</script>",
    "* <script>alert(1)</script>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "\u202e<script>alert(1)</script>",
    "<ſcript>alert(1)</ſcript>",
    "<a href='https://a.example' style='position:fixed' class=x id=y target=_top>x</a>",
]
TAG = re.compile(r"<(/?)([a-z]+)((?: [a-z]+=\"[^\"<>]*\")*)>")
LINK = re.compile(r' href="(?:https?|mailto):[^"]*"')


def check(html: str) -> None:
    """Every angle bracket belongs to a tag of the list, every attribute to the ones a tag may have."""
    assert "<" not in TAG.sub("", html)
    for _closing, tag, attributes in TAG.findall(html):
        assert tag in TAGS
        rest = LINK.sub("", attributes.replace(' rel="nofollow noopener noreferrer"', ""))
        assert re.fullmatch(r'( start="\d+")?', rest), attributes


@pytest.mark.parametrize("attack", ATTACKS)
def test_no_attack_leaves_more_than_harmless_tags(attack: str) -> None:
    for text in (attack, f"Text before {attack} and after", f"1. {attack}\n\n{attack}"):
        check(prose(text))


@given(st.text(alphabet=st.sampled_from(list("<>&\"'`[]()!*_#-=:/\\\n\t javscriptonerdh1.\x00é")), max_size=80))
def test_no_text_does(text: str) -> None:
    check(prose(text))


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Ask **again**.", "<p>Ask <strong>again</strong>.</p>"),
        ("One\nline", "<p>One<br>\nline</p>"),
        ("* one\n* two", "<ul>\n<li>one</li>\n<li>two</li>\n</ul>"),
        ("# 1 hostage", "<p># 1 hostage</p>"),
        ("5 < 6 & 7", "<p>5 &lt; 6 &amp; 7</p>"),
        ("    indented", "<p>indented</p>"),
        ("", ""),
    ],
)
def test_it_reads_what_editors_write(text: str, html: str) -> None:
    assert prose(text).strip() == html


def test_links_name_no_page_they_come_from() -> None:
    html = prose("[The text](https://example.org/pact)")
    assert 'href="https://example.org/pact" rel="nofollow noopener noreferrer"' in html


def test_a_link_without_a_scheme_leads_nowhere() -> None:
    assert "href" not in prose("[x](//evil.example) and [y](/accounts/logout/)")


def test_deep_nesting_costs_no_more_than_its_length() -> None:
    for text in ("> " * 5000, "[" * 20000, "*a " * 8000, "- " * 3000, "`" * 9000 + "x"):
        check(prose(text))


def test_a_text_beyond_what_forms_take_is_shown_without_a_look_at_its_marks() -> None:
    html = prose("**First** <b>line</b>\nsecond\n\n" + "[" * LONGEST)
    assert html.startswith("<p>**First** &lt;b&gt;line&lt;/b&gt;<br>\nsecond</p>\n<p>[[[")
    check(html)
