// @ts-check
/** One way to make a part of the page: words are always set as text, never as HTML. */

/** What draws on a canvas. @param {HTMLCanvasElement} canvas @returns {CanvasRenderingContext2D} */
export function contextOf(canvas) {
  return /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
}

/** What has the focus in an element's page or shadow. @param {Element} item
 * @returns {HTMLElement | null} */
export function focusedIn(item) {
  const root = /** @type {Document | ShadowRoot} */ (item.getRootNode());
  return root.activeElement instanceof HTMLElement ? root.activeElement : null;
}

/** Give the focus to the first of some parts. @param {Element} item @param {string} which */
export function focusFirst(item, which) {
  const first = item.querySelector(which);
  if (first instanceof HTMLElement) first.focus();
}

/** @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag @param {Element | null} parent
 * @param {{words?: string, className?: string, role?: string, label?: string}} [about]
 * @returns {HTMLElementTagNameMap[Tag]} */
export function make(tag, parent, { words, className, role, label } = {}) {
  const item = document.createElement(tag);
  if (words) item.textContent = words;
  if (className) item.className = className;
  if (role) item.setAttribute("role", role);
  if (label) item.setAttribute("aria-label", label);
  parent?.append(item);
  return item;
}

/** @param {string} words @param {Element} parent @param {() => void} onClick @returns {HTMLButtonElement} */
export function makeButton(words, parent, onClick) {
  const item = make("button", parent, { words });
  item.type = "button";
  item.addEventListener("click", onClick);
  return item;
}

/** A strip at the map's lower edge: what is being told or chosen, and what can be done about it.
 * @param {HTMLElement} foot the map's lower edge @param {string} label */
export function makeStrip(foot, label) {
  const strip = make("section", foot, { className: "sm-strip", label });
  const letter = make("b", strip, { className: "sm-letter" });
  const words = make("p", strip);
  const buttons = make("div", strip);
  letter.hidden = true;
  strip.hidden = true;
  return { strip, letter, words, buttons };
}
