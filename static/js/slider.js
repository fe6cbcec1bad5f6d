/* The ways through the past get a slider: it stops at the days with changes and opens the page of the day it rests on.
   Its stops are the links of the list that stands there anyway. */
(() => {
  "use strict";
  const PAUSE = 700;
  const dayOf = (text) => Date.parse(`${text}T00:00:00Z`) / 86400000;

  function slide(way) {
    const links = [...document.querySelectorAll(`#${way.dataset.days} a[data-on]`)];
    if (links.length < 2) return;
    const [first, last, here] = ["first", "last", "here"].map((name) => dayOf(way.dataset[name]));
    const stops = links.map((link) => ({ at: dayOf(link.dataset.on) - first, says: link.textContent.trim(), link }));
    // Half a day of room at both ends, like the drawing above it.
    const range = Object.assign(document.createElement("input"), { type: "range", step: 0.5 });
    Object.assign(range, { min: -0.5, max: last - first + 0.5, value: here - first });
    range.setAttribute("aria-labelledby", way.dataset.named);
    const words = Object.assign(document.createElement("p"), { className: "xs" });
    words.setAttribute("aria-hidden", "true");
    let timer = 0;

    const nearest = (value) =>
      stops.reduce((best, stop) => (Math.abs(stop.at - value) < Math.abs(best.at - value) ? stop : best));
    const tell = (text) => {
      range.setAttribute("aria-valuetext", text);
      words.textContent = text;
    };
    function rest(stop) {
      clearTimeout(timer);
      range.value = stop.at;
      tell(stop.says);
      timer = setTimeout(() => {
        if (stop.at !== here - first) location.assign(`${stop.link.href}#${way.id}`);
      }, PAUSE);
    }
    function step(by) {
      const value = Number(range.value);
      const ahead = by > 0 ? stops.filter((stop) => stop.at > value) : stops.filter((stop) => stop.at < value).reverse();
      rest(ahead[Math.min(Math.abs(by), ahead.length) - 1] ?? nearest(value));
    }
    function back() {
      clearTimeout(timer);
      range.value = here - first;
      const stop = stops.find((one) => one.at === here - first);
      tell(stop ? stop.says : way.dataset.at);
    }

    const onwards = getComputedStyle(way).direction === "rtl" ? -1 : 1;
    const keys = {
      ArrowRight: () => step(onwards),
      ArrowLeft: () => step(-onwards),
      ArrowUp: () => step(1),
      ArrowDown: () => step(-1),
      PageUp: () => step(7),
      PageDown: () => step(-7),
      Home: () => rest(stops[0]),
      End: () => rest(stops[stops.length - 1]),
      Escape: back,
    };
    range.addEventListener("keydown", (event) => {
      if (!keys[event.key] || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      keys[event.key]();
    });
    range.addEventListener("input", () => {
      clearTimeout(timer);
      tell(nearest(Number(range.value)).says);
    });
    range.addEventListener("change", () => rest(nearest(Number(range.value))));
    back();
    way.querySelector("svg").after(range, words);
    // Whoever came by the slider finds it open and in focus, once the browser has gone to the place it names.
    if (location.hash !== `#${way.id}`) return;
    way.closest("details")?.setAttribute("open", "");
    addEventListener("load", () => setTimeout(() => range.focus(), 0));
  }

  for (const way of document.querySelectorAll(".way")) slide(way);
})();
