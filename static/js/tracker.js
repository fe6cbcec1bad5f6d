/* What scripts add to pages that work without them: keys, forms that survive a lost connection, news of changes. */
(() => {
  "use strict";
  const one = (selector, within = document) => within.querySelector(selector);

  /* Forms: a failed send keeps what was typed and offers to try again, under the same key. */
  const isOurs = (form) =>
    form instanceof HTMLFormElement && form.method === "post" && form.closest("main") && one("[name=once]", form);

  async function send(form, submitter) {
    form.setAttribute("aria-busy", "true");
    one(".unsent", form)?.remove();
    try {
      const response = await fetch(form.action, {
        method: "POST",
        body: new FormData(form, submitter),
        credentials: "same-origin",
      });
      if (response.status >= 500) throw new Error(String(response.status));
      show(await response.text(), response);
    } catch {
      offerAgain(form, submitter);
    } finally {
      form.removeAttribute("aria-busy");
    }
  }

  function offerAgain(form, submitter) {
    const note = one("#unsent").content.firstElementChild.cloneNode(true);
    form.prepend(note);
    one("button", note).addEventListener("click", () => send(form, submitter));
    note.focus();
  }

  function show(html, response) {
    const page = new DOMParser().parseFromString(html, "text/html");
    const fresh = one("main", page);
    if (!fresh) return location.assign(response.url);
    for (const part of ["main", ".topbar", ".side", ".tabbar"]) {
      const [mine, theirs] = [one(part), one(part, page)];
      if (mine && theirs) mine.replaceWith(document.adoptNode(theirs));
    }
    document.title = page.title;
    if (response.redirected) history.pushState({}, "", response.url);
    window.htmx?.process(document.body);
    const spot = one("#problems, #conflict, #alike, .err") ?? one(".toast") ?? one("h1");
    spot?.setAttribute("tabindex", "-1");
    spot?.focus();
    spot?.scrollIntoView({ block: "center" });
  }

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!isOurs(form)) return;
    event.preventDefault();
    if (form.getAttribute("aria-busy") !== "true") send(form, event.submitter);
  });
  window.addEventListener("popstate", () => location.reload());

  /* Keys: off in fields, off where the reader switched them off. */
  const go = { o: "overview", c: "conditions", d: "disputes", p: "positions", m: "messages" };
  let waiting = 0;

  function move(step) {
    const links = [...document.querySelectorAll("main :is(.tbl tbody tr, .links li, .feed li, .attn li)")]
      .map((row) => one("a[href]", row))
      .filter((link) => link?.offsetParent);
    const here = links.indexOf(document.activeElement);
    links[Math.max(0, Math.min(links.length - 1, here + step))]?.focus();
  }

  function reach(selector) {
    const found = one(selector);
    found?.scrollIntoView({ block: "center" });
    found?.focus();
    return Boolean(found);
  }

  const follow = (rel) => one(`a[rel=${rel}]`)?.click();
  const keys = {
    "?": () => one("#keys")?.showModal(),
    "/": () => reach("input[type=search], input[name=q]") || one("a[data-go=search]")?.click(),
    g: () => { waiting = Date.now(); },
    j: () => move(1),
    k: () => move(-1),
    u: () => reach(".update input:checked, .update input[type=radio]"),
    s: () => reach("form[data-key=s] button[type=submit]"),
    w: () => one("form[data-key=w] button")?.click(),
    "[": () => follow("prev"),
    "]": () => follow("next"),
  };

  document.addEventListener("keydown", (event) => {
    const { target, key } = event;
    if (document.body.dataset.keys !== "on" || event.ctrlKey || event.metaKey || event.altKey) return;
    if (target.closest("input, select, textarea, [contenteditable], dialog")) return;
    if (Date.now() - waiting < 1500 && go[key]) {
      waiting = 0;
      one(`[data-go=${go[key]}]`)?.click();
    } else if (keys[key]) {
      event.preventDefault();
      keys[key]();
    }
  });

  document.addEventListener("click", (event) => {
    const opens = event.target.closest("[data-opens]");
    if (opens) one(`#${opens.dataset.opens}`)?.showModal();
    if (event.target.closest("[data-dismiss]")) event.target.closest(".toast, .news")?.remove();
  });

  /* News: a tiny document is asked for while the page is looked at; nothing moves until the reader says so. */
  const since = document.body.dataset.since;
  let place = "";

  async function look() {
    if (document.hidden) return;
    const response = await fetch(`${since}?after=${encodeURIComponent(place)}`, { credentials: "same-origin" });
    if (!response.ok) return;
    const news = await response.json();
    place ||= news.latest;
    if (news.changes) tell(news.says);
  }

  function tell(words) {
    let note = one(".news");
    if (!note) {
      note = one("#news").content.firstElementChild.cloneNode(true);
      one("main").prepend(note);
      one("button", note).addEventListener("click", () => location.reload());
    }
    one("[role=status]", note).textContent = words;
  }

  if (since && one("#news")) {
    const quietly = () => look().catch(() => undefined);
    setTimeout(quietly, 2000);
    setInterval(quietly, 60000);
  }

  /* On a narrow screen the tab of this page may lie outside the row. */
  const here = one(".tabs [aria-current]");
  if (here) here.parentElement.scrollLeft = here.offsetLeft - (here.parentElement.clientWidth - here.clientWidth) / 2;
})();
