// @ts-check
"use strict";
// The wall: what was committed stands on it within a moment; the clock counts on by itself.
(() => {
  const Slowly = 4000; // milliseconds after which the wall asks though nothing was told

  /** @type {{seen: (part: Element) => unknown, leadOver: (part: Element, before: unknown) => void}} */
  const glide = /** @type {any} */ (window).mapGlide;

  let asking = false;
  let again = false;
  async function refresh() {
    if (asking) {
      again = true;
      return;
    }
    asking = true;
    do {
      again = false;
      try {
        const reply = await fetch(location.href, { headers: { "X-Refresh": "1" } });
        if (reply.ok) {
          const page = new DOMParser().parseFromString(await reply.text(), "text/html");
          show(page);
        }
      } catch {
        /* the next round tries again */
      }
    } while (again);
    asking = false;
  }
  /** @param {Document} page */
  const show = (page) => {
    for (const part of document.querySelectorAll("[data-part]")) {
      const name = part.getAttribute("data-part") || "";
      const fresh = page.querySelector(`[data-part="${CSS.escape(name)}"]`);
      if (fresh && fresh.innerHTML !== part.innerHTML) {
        const before = glide.seen(part);
        part.replaceChildren(...fresh.childNodes);
        glide.leadOver(part, before);
      }
    }
    fit();
  };

  /** Leave out, from the end, what would be cut in half; say how many are left out. */
  const fit = () => {
    for (const list of /** @type {NodeListOf<HTMLElement>} */ (
      document.querySelectorAll("[data-fit]")
    )) {
      const items = /** @type {HTMLElement[]} */ ([...list.children]);
      for (const item of items) item.hidden = false;
      const floor = list.getBoundingClientRect().top + list.clientHeight + 1;
      for (const item of items) {
        if (item.getBoundingClientRect().bottom > floor) item.hidden = true;
      }
      const out = items.filter((item) => item.hidden).length;
      const more = document.querySelector(`[data-more="${list.dataset.fit}"]`);
      if (more) more.textContent = out ? `and ${out} more` : "";
    }
  };
  addEventListener("resize", fit);
  fit();

  /** @type {{hear: (refresh: () => void, slowly: number) => void}} */
  const news = /** @type {any} */ (window).roomNews;
  news.hear(refresh, Slowly);
})();
