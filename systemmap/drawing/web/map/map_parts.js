// @ts-check
/** The elements a map stands in: the list for readers, the canvas, the buttons, the foot. */

let made = 0;

/** @param {HTMLElement} root */
export function buildParts(root) {
  made += 1;
  root.classList.add("sm-map");
  /** @template {keyof HTMLElementTagNameMap} Tag @param {Tag} tag @param {string} className
   * @returns {HTMLElementTagNameMap[Tag]} */
  const part = (tag, className) => {
    const item = document.createElement(tag);
    item.className = className;
    root.append(item);
    return item;
  };
  const list = part("ul", "sm-list");
  list.setAttribute("role", "listbox");
  list.setAttribute(
    "aria-label",
    "Causes on the map. Arrow keys walk, Enter opens, Escape leaves.",
  );
  list.tabIndex = 0;
  const canvas = part("div", "sm-canvas");
  canvas.setAttribute("aria-hidden", "true");
  const tools = part("div", "sm-tools");
  /** @param {string} words @param {string} label */
  const button = (words, label) => {
    const item = document.createElement("button");
    item.type = "button";
    item.textContent = words;
    item.setAttribute("aria-label", label);
    tools.append(item);
    return item;
  };
  const closer = button("+", "Zoom in");
  const further = button("−", "Zoom out");
  const fit = button("Fit", "Fit the map");
  const foot = part("div", "sm-foot");
  const low = document.createElement("div");
  low.className = "sm-low";
  foot.append(low);
  const status = part("p", "sm-status");
  status.setAttribute("role", "status");
  return {
    list,
    canvas,
    tools,
    closer,
    further,
    fit,
    foot,
    low,
    status,
    prefix: `sm${made}`,
  };
}

/** The engine's frame arrives with tabindex 0, which a hidden element must not have.
 * @param {HTMLElement} canvas */
export function hideFromReaders(canvas) {
  for (const item of canvas.querySelectorAll("[tabindex]")) {
    item.setAttribute("tabindex", "-1");
  }
}
