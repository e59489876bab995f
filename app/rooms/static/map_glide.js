// @ts-check
"use strict";
// The wall's map: what is new comes in, what is known glides or stays; nothing moves where that is not wanted.
(() => {
  const Lasts = 180; // milliseconds
  const Marked = 6000; // milliseconds that a new cause stands out
  const still = matchMedia("(prefers-reduced-motion: reduce)");

  /** @typedef {{at: Map<string, number[]>, lines: Set<string>, view: number[]}} Picture */

  /** @param {string | null} words */
  const numbers = (words) => (words || "").split(" ").map(Number);

  /** What a picture shows and where; null = there is none. @param {Element} part @returns {Picture | null} */
  function seen(part) {
    const svg = part.querySelector(".picture svg");
    if (!svg) return null;
    const boxes = [...svg.querySelectorAll("[data-box]")];
    const lines = [...svg.querySelectorAll("[data-line]")];
    return {
      at: new Map(
        boxes.map((box) => [
          box.getAttribute("data-box") || "",
          numbers(box.getAttribute("data-at")),
        ]),
      ),
      lines: new Set(lines.map((line) => line.getAttribute("data-line") || "")),
      view: numbers(svg.getAttribute("viewBox")),
    };
  }

  /** Lead over from the picture before to the one that stands there now. @param {Element} part @param {Picture | null} before */
  function leadOver(part, before) {
    const now = seen(part);
    const svg = part.querySelector(".picture svg");
    if (!before || !now || !svg) return;
    for (const box of svg.querySelectorAll("[data-box]")) {
      const id = box.getAttribute("data-box") || "";
      const old = before.at.get(id);
      const at = now.at.get(id) || [0, 0];
      if (!old) {
        box.classList.add("fresh");
        setTimeout(() => box.classList.remove("fresh"), Marked);
        comesIn(box);
      } else if (!still.matches && (old[0] !== at[0] || old[1] !== at[1])) {
        const from = `translate(${old[0] - at[0]}px, ${old[1] - at[1]}px)`;
        box.animate([{ transform: from }, { transform: "none" }], {
          duration: Lasts,
          easing: "ease-out",
        });
      }
    }
    for (const line of svg.querySelectorAll("[data-line]")) {
      const key = line.getAttribute("data-line") || "";
      const ends = key.split("/");
      const moved = ends.some((id) => `${before.at.get(id)}` !== `${now.at.get(id)}`);
      if (moved || !before.lines.has(key)) comesIn(line);
    }
    if (!still.matches) zoom(svg, before.view, now.view);
  }

  /** @param {Element} one */
  function comesIn(one) {
    if (still.matches) return;
    one.animate([{ opacity: 0 }, { opacity: 1 }], { duration: Lasts });
  }

  /** @param {Element} svg @param {number[]} from @param {number[]} to */
  function zoom(svg, from, to) {
    if (from.every((value, at) => value === to[at])) return;
    const begin = performance.now();
    /** @param {number} moment */
    const step = (moment) => {
      const share = Math.max(0, Math.min(1, (moment - begin) / Lasts));
      const view = to.map((value, at) => from[at] + (value - from[at]) * share);
      svg.setAttribute("viewBox", view.join(" "));
      if (share < 1) requestAnimationFrame(step);
    };
    step(begin);
  }

  Object.assign(window, { mapGlide: { seen, leadOver } });
})();
