// @ts-check
"use strict";
// The clock of the running step counts on by itself between two answers of the server.
(() => {
  /** @type {HTMLElement | null} */
  let mark = null;
  let seen = performance.now();
  setInterval(() => {
    const timer = /** @type {HTMLElement | null} */ (
      document.querySelector("[data-left]")
    );
    if (!timer || "paused" in timer.dataset) return;
    if (mark !== timer) {
      mark = timer;
      seen = performance.now();
    }
    const left = Math.round(
      Number(timer.dataset.left) - (performance.now() - seen) / 1000,
    );
    const away = Math.abs(left);
    const over = (left < 0 && timer.dataset.over) || "";
    const text = `${Math.floor(away / 60)}:${String(away % 60).padStart(2, "0")}${over}`;
    if (timer.textContent !== text) timer.textContent = text;
    timer.classList.toggle("over", left < 0);
  }, 250);
})();
