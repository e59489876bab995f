// @ts-check
/** The look of the canvas on a Streamlit screen: light or dark, as the screen's own. */

/** @import { Look } from "../map/types.js" */

/** Streamlit tells its theme through variables on the host. @param {HTMLElement} host */
export function lookOf(host) {
  const ground = getComputedStyle(host)
    .getPropertyValue("--st-background-color")
    .trim();
  const numbers = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})/i.exec(ground);
  if (!numbers) return "light";
  const [red, green, blue] = numbers.slice(1).map((part) => parseInt(part, 16));
  return 0.3 * red + 0.6 * green + 0.1 * blue < 110 ? "dark" : "light";
}

/** @param {HTMLElement} host @param {Look} look */
export function paint(host, look) {
  if (host.dataset.look === look.name) return;
  host.dataset.look = look.name;
  for (const [role, colour] of Object.entries(look)) {
    if (role !== "name") host.style.setProperty(`--sm-${role}`, colour);
  }
}
