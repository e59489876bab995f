// @ts-check
/** The canvas's door for Streamlit: it asks for all the scripts at once and hands over to them. */

/** @import { Component } from "./map_screen.js" */

/** @typedef {(component: Component) => (() => void) | void} Show */

/** @type {Show | null} */
let show = null;
/** @type {Map<HTMLElement, Component>} */
const waiting = new Map(); // the newest data of each place, until the scripts are here
/** @type {Map<HTMLElement, (() => void) | void>} */
const ends = new Map();

/** Called again on each change of data. @param {Component} component */
export default function enter(component) {
  if (show) return show(component);
  const root = component.parentElement;
  if (!waiting.has(root)) {
    const { script } = component.data;
    import(new URL(script, location.origin).href)
      .then((found) => {
        show = /** @type {Show} */ (found.default);
        const newest = waiting.get(root);
        if (newest) ends.set(root, show(newest));
      })
      .catch((error) => {
        root.textContent = `The map could not be drawn: ${error.message}. Load the page again.`;
      });
  }
  waiting.set(root, component);
  return () => {
    waiting.delete(root);
    ends.get(root)?.();
    ends.delete(root);
  };
}
