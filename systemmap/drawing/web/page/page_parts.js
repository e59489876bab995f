// @ts-check
/** The parts of the exported page, and what it carries. */

/** @import { CardSaid } from "../map/card_parts.js" */
/** @import { Filter, Looks, Scene, ToldLoop } from "../map/types.js" */

/** @typedef {Filter & {name: string, text: string, focus: string, steps: number, layers: string[]}} StoryStep */

/** @typedef {Scene & {looks: Looks, loops: ToldLoop[], story: StoryStep[], cards: Record<string, CardSaid>}} PageData */

/** A part that the page always has. @param {string} id @returns {HTMLElement} */
export function by(id) {
  const found = document.getElementById(id);
  if (!found) throw new Error(`the page has no part ${id}`);
  return found;
}

/** What is chosen or typed in a control; "" where the page has none. @param {string} id */
export function valueIn(id) {
  const found = document.getElementById(id);
  const control =
    found instanceof HTMLSelectElement || found instanceof HTMLInputElement;
  return control ? found.value : "";
}

/** @param {string} words */
export function say(words) {
  by("said").textContent = words;
}

/** The buttons that only a page with its script has. @param {string} which */
export function buttonsOf(which) {
  return [
    .../** @type {NodeListOf<HTMLButtonElement>} */ (document.querySelectorAll(which)),
  ];
}
