"""What is looked at on an open page: rules of access, width, sizes, shifts, and what the browser complains of."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import ConsoleMessage, Error, Page

AXE = Path(__file__).parents[1] / "axe" / "axe.min.js"
MOST_SHIFT = 0.02
# Only what is broken is gathered: telling what holds takes twice as long.
BROKEN_ONLY = {"resultTypes": ["violations"], "preload": False}
EVERYTHING = {**BROKEN_ONLY, "rules": {"target-size": {"enabled": True}}}
# Runs before anything of the page does.
LISTEN = """
window.seen = {policy: [], shift: 0, moved: []};
document.addEventListener('securitypolicyviolation', e => seen.policy.push(e.violatedDirective + ' ' + e.blockedURI));
const called = one => !one ? '?' : one.nodeType === 1 ? one.tagName.toLowerCase() + '.' + one.getAttribute('class')
  : called(one.parentElement) + ' ' + one.data.trim().slice(0, 20);
new PerformanceObserver(list => {
  for (const one of list.getEntries()) if (!one.hadRecentInput) {
    seen.shift += one.value;
    seen.moved.push(...one.sources.slice(0, 2).map(part => called(part.node)));
  }
}).observe({type: 'layout-shift', buffered: true});
"""
# Things to tap that are too low for a finger. Links in running text are exempt, as in WCAG.
SMALL = """
() => [...document.querySelectorAll('button, .btn, select, .inp, .opt, summary, .tabbar a, .tabs a')]
  .filter(one => one.checkVisibility({opacityProperty: true, visibilityProperty: true}))
  .map(one => [one, one.getBoundingClientRect()])
  .filter(([one, box]) => box.height > 1 && box.height < 43.5)
  .map(([one, box]) => `${one.tagName.toLowerCase()}.${one.className} ${one.innerText.slice(0, 30)}: ${box.height}`)
"""
# What sticks out of the window, for the message of a failure.
WIDEST = """
() => [...document.querySelectorAll('body *')]
  .map(one => [one, one.getBoundingClientRect()])
  .filter(([one, box]) => box.width && (box.right > innerWidth + 1 || box.left < -1)).map(([one]) => one)
  .filter(one => !one.closest('.scroll, .tabs, .vh, .skip'))
  .slice(0, 3).map(one => one.tagName.toLowerCase() + '.' + one.getAttribute('class'))
"""


class Complaints(list[str]):
    """What the browser says is wrong while a page is open: errors of scripts, of files, against the policy."""

    def __init__(self, page: Page, *, refused: bool = False) -> None:
        super().__init__()
        self.page, self.refused = page, refused
        page.on("pageerror", self._script)
        page.on("console", self._console)

    def _script(self, error: Error) -> None:
        self.append(f"script: {error}")

    def _console(self, said: ConsoleMessage) -> None:
        # A page that is meant to be refused is told as a file that failed to load.
        if self.refused and said.location.get("url") == self.page.url:
            return
        if said.type in ("error", "warning"):
            self.append(f"console: {said.text}")


def forget_files(page: Page) -> None:
    """Let each page come as a first view does: nothing of it is there yet."""
    page.context.new_cdp_session(page).send("Network.setCacheDisabled", {"cacheDisabled": True})


@cache
def axe() -> str:
    return AXE.read_text()


def broken_rules(page: Page) -> list[str]:
    """The rules of accessible pages that this one breaks, each with where."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(axe())
    found = page.evaluate("options => axe.run(document, options)", EVERYTHING)["violations"]
    return [f"{one['id']}: {node['target']} {told(node)}" for one in found for node in one["nodes"][:4]]


def told(node: dict[str, Any]) -> str:
    return " ".join(str(node.get("failureSummary", "")).split())[:220]


def sideways(page: Page, width: int) -> list[str]:
    """Whether the page itself scrolls sideways, and what sticks out."""
    found = page.evaluate("document.documentElement.scrollWidth")
    return [] if found <= width else [f"{found} px wide on {width}: {page.evaluate(WIDEST)}"]


def too_small(page: Page) -> list[str]:
    return [f"too small to tap: {one}" for one in page.evaluate(SMALL)]


def against_policy(page: Page) -> list[str]:
    return [f"against the policy: {one}" for one in page.evaluate("seen.policy")]


def shifted(page: Page) -> list[str]:
    """How much what is on the page moved while it came."""
    moved = page.evaluate("seen.shift")
    return [] if moved <= MOST_SHIFT else [f"moved by {moved:.3f} while it loaded: {page.evaluate('seen.moved')}"]
