/** One way to make a part of the page: words are always set as text, never as HTML. */

/** @param {string} tag @param {Element | null} parent
 * @param {{words?: string, className?: string, role?: string, label?: string}} [about]
 * @returns {HTMLElement} */
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
  const item = /** @type {HTMLButtonElement} */ (make("button", parent, { words }));
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
