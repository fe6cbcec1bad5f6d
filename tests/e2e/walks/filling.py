"""Filling in a form as a person without scripts does, and what stands in it afterwards."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Locator, Page

TYPED = "Typed without scripts."
# Fields that one leaves alone: a source is chosen, so none is added and none is missing.
FILL = """
(form, [typed, given, only]) => {
  const left = name => /^new_|^(no_source_reason|on_top|search)$/.test(name);
  const plain = {url: 'https://example.org/x', email: 'walk@example.org', number: '3', date: '2026-01-05',
                 'datetime-local': '2026-01-05T10:00', text: typed, textarea: typed};
  for (const one of form.elements) {
    if (!one.name || ['hidden', 'submit', 'button', 'file'].includes(one.type) || one.disabled) continue;
    if (one.name in given) {
      if (one.type === 'radio' || one.type === 'checkbox') one.checked = [given[one.name]].flat().includes(one.value);
      else one.value = given[one.name];
    } else if (only || left(one.name)) continue;
    else if (one.type === 'radio') {
      const every = [...form.elements].filter(other => other.name === one.name && other.value);
      if (!every.some(other => other.checked) && every.length) every[0].checked = true;
    } else if (one.tagName === 'SELECT') {
      if (one.name.endsWith('credibility')) one.value = '2';
      const first = [...one.options].find(option => option.value);
      if (!one.value && one.required && first) one.value = first.value;
    } else if (one.type in plain && !one.value) {
      if (one.required || plain[one.type] === typed) one.value = plain[one.type];
    }
  }
}
"""
# Takes away what is named, or something that is needed: the reason first. Tells what it was, to put it back.
BREAK = """
(form, name) => {
  const apart = ['hidden', 'radio', 'checkbox'];
  const needed = [...form.elements].filter(one => one.required && one.value && !apart.includes(one.type));
  const words = needed.filter(one => ['text', 'textarea'].includes(one.type));
  const one = form.elements[name] || words.find(one => one.name === 'reason') || words[0] || needed[0];
  if (!one) return null;
  const was = [one.name, one.value];
  one.value = '';
  return was;
}
"""
# What a browser would send, but for what is new on every page and what is never shown again.
ENTRIES = """
form => [...new FormData(form)]
  .filter(([name]) => !/^(csrfmiddlewaretoken|once|whose|draft|page|.*password.*)$/.test(name))
  .filter(([name, value]) => typeof value === 'string').map(([name, value]) => name + '=' + value).sort()
"""


def fill(form: Locator, given: dict[str, Any] | None = None) -> None:
    """Put something right into every field that needs it, and words wherever there is room for words."""
    form.evaluate(FILL, [TYPED, given or {}, False])


def put(form: Locator, **given: Any) -> None:
    """Put these in, and leave everything else as it is."""
    form.evaluate(FILL, [TYPED, given, True])


def take_away(form: Locator, name: str = "") -> dict[str, str]:
    """Leave out something that is needed, or what is named; returns what puts it right again."""
    found = form.evaluate(BREAK, name)
    assert found is not None, "nothing in this form is needed"
    return {found[0]: found[1]}


def typed(form: Locator) -> list[str]:
    found: list[str] = form.evaluate(ENTRIES)
    return found


def send(page: Page, form: Locator, button: str = "button:not([formnovalidate])") -> int:
    """Press the form's first button (or the one that is named); returns what the server answered."""
    with page.expect_response(lambda answer: answer.request.method == "POST") as told:
        form.locator(button).first.click()
    page.wait_for_load_state()
    return told.value.status


def refused(page: Page, form: Locator, **wrong: Any) -> None:
    """Send it with something that cannot be: the page says so, and everything typed stands in it still."""
    put(form, **wrong)
    before = typed(form)
    status = send(page, form)
    assert status in (200, 422), f"answered {status}: {page.locator('main').inner_text()[:200]}"
    assert page.locator("#problems, .err, [role=alert]").locator("visible=true").count() > 0
    assert typed(form) == before, f"not kept as typed: {sorted({*before} ^ {*typed(form)})}"


def saved(page: Page, form: Locator, button: str = "button:not([formnovalidate])", **right: Any) -> None:
    """Send it as it should be: it is taken, and the page that follows is a page."""
    put(form, **right)
    status = send(page, form, button)
    told = " ".join(page.locator("#problems, .err, [role=alert]").all_inner_texts())
    assert status in (201, 302, 303), f"{status}: {told}"
    assert page.locator("h1").first.is_visible()
