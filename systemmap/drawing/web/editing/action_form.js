// @ts-check
/** The small form in a factor's card that adds an action for it. */

/** @import { Editing } from "./editor.js" */

import { make, makeButton } from "../map/elements.js";

const LONGEST = 200;

/** @param {Editing} editing */
export function createActionForm({ map, done }) {
  /** Ask for an action, or take the question away again. @param {string} id of the factor
   * @param {HTMLElement} place in its card */
  return function ask(id, place) {
    const opener = document.activeElement?.shadowRoot?.activeElement;
    if (place.firstChild) return close();
    const form = make("form", place, {
      label: `Add an action for “${map.name(id)}”`,
    });
    const title = field("What will be done");
    const owner = field("Who leads (organisation or role)");
    const due = field("By when, in your own words");
    title.required = true;
    const acts = make("div", form, { className: "sm-card-acts" });
    makeButton("Add this action", acts, () => {}).type = "submit";
    makeButton("Cancel", acts, close);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const words = title.value.trim();
      if (!words) return title.focus();
      done({
        op: "add_action",
        factor_id: id,
        title: words,
        owner: owner.value.trim(),
        due: due.value.trim(),
      });
      map.say(`${words} is added for ${map.name(id)}.`);
      close();
    });
    form.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      event.stopPropagation();
      close();
    });
    title.focus();

    /** @param {string} words */
    function field(words) {
      const input = make("input", make("label", form, { words }));
      input.maxLength = LONGEST;
      return input;
    }

    function close() {
      place.replaceChildren();
      if (opener instanceof HTMLElement) opener.focus();
    }
  };
}
