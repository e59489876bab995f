// @ts-check
/** The bar above the map: its tools, what is behind "More", and what has been saved. */

/** @import { SystemMap } from "../map/types.js" */

import { focusFirst, make, makeButton } from "../map/elements.js";
import { createDialogs } from "./dialogs.js";

/** @typedef {ReturnType<typeof createBar>} Bar */
/** @typedef {{words: () => string, onClick: () => void, offered: () => boolean}} Tool */

/** @param {SystemMap} map */
export function createBar(map) {
  const { root, parts } = map;
  const bar = make("div", root, {
    className: "sm-bar",
    role: "toolbar",
    label: "Work on the map",
  });
  const tools = make("span", bar, { className: "sm-group" });
  const saved = make("span", bar, { className: "sm-saved" });
  const who = make("span", bar, { className: "sm-who" });
  const dialogs = createDialogs(
    root,
    () => parts.list.focus(),
    () => (map.state.selected ? map.spot(map.state.selected) : null),
  );
  /** @type {Tool[]} */
  const rest = []; // what is behind "More"
  /** @type {HTMLButtonElement | null} */
  let moreButton = null;

  /** A tool of its own on the bar. @param {string} words @param {() => void} onClick */
  function tool(words, onClick) {
    const item = makeButton(words, tools, onClick);
    if (moreButton) tools.append(moreButton);
    return item;
  }

  /** A tool behind "More". @param {() => string} words as they are now @param {() => void} onClick
   * @param {() => boolean} [offered] whether it makes sense just now */
  function more(words, onClick, offered = () => true) {
    rest.push({ words, onClick, offered });
    moreButton ??= makeButton("More", tools, openMore);
    moreButton.setAttribute("aria-haspopup", "dialog");
  }

  function openMore() {
    const form = dialogs.open("More tools");
    form.parentElement?.classList.add("sm-menu");
    for (const { words, onClick } of rest.filter(({ offered }) => offered())) {
      makeButton(words(), form, () => {
        dialogs.close();
        onClick();
      });
    }
    makeButton("Close", form, dialogs.close);
    focusFirst(form, "button");
  }

  return {
    bar,
    dialogs,
    tool,
    more,
    /** @param {string} words @param {boolean} waiting */
    saved(words, waiting) {
      saved.textContent = words;
      saved.classList.toggle("sm-waiting", waiting);
    },
    /** @param {string} words */
    who(words) {
      who.textContent = words;
    },
  };
}
