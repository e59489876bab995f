// @ts-check
/** The wheel scrolls the page until the map was clicked or Ctrl is held; then it zooms. */

/** @import { MapMaking } from "./types.js" */

const HINT = "Click the map first, or hold Ctrl, to zoom with the wheel.";

/** @param {MapMaking} map @returns {() => void} ends it */
export function guardWheel({ root, parts, say }) {
  let awake = false;
  let hinted = false;
  /** @param {PointerEvent} event */
  const pointed = (event) => {
    awake = event.composedPath().includes(root);
  };
  document.addEventListener("pointerdown", pointed, { capture: true });
  parts.canvas.addEventListener(
    "wheel",
    (event) => {
      if (awake || event.ctrlKey || event.metaKey) return;
      event.stopPropagation(); // the engine never hears of it, so the page scrolls
      if (!hinted) say(HINT);
      hinted = true;
    },
    { capture: true, passive: true },
  );
  return () => document.removeEventListener("pointerdown", pointed, { capture: true });
}
