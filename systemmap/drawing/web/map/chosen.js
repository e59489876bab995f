// @ts-check
/** What is chosen: one factor, one link, or several factors at once. */

/** @import { MapMaking } from "./types.js" */

import { linkSentence } from "./neighbours.js";
import { besideChoice } from "./shown_part.js";

/** @param {MapMaking} map */
export function createChoice(map) {
  const { root, parts, state, hooks } = map;

  /** Choose a factor, or none. @param {string | null} id
   * @param {{quiet?: boolean, center?: boolean}} [how] quiet = nobody is told */
  function select(id, { quiet = false, center = false } = {}) {
    if (state.gathered && id !== null && !state.gathered.has(id)) map.viewport.whole();
    state.selected = id !== null && state.boxes.has(id) ? id : null;
    state.selectedLine = null;
    state.about = null;
    if (state.several.size) choose([]);
    map.network.unselectAll();
    standBack();
    if (center && state.selected) map.viewport.look(state.selected);
    map.listbox.sync();
    if (!quiet) hooks.onSelect?.(state.selected);
    root.dataset.selected = state.selected ?? "";
  }

  // What is not next to the choice fades, and comes back with it.
  function standBack() {
    state.beside = besideChoice(state);
    map.items.stroke();
    map.network.redraw();
  }

  /** Choose a link. @param {string} key source/target */
  function selectLine(key) {
    const line = state.lines.get(key);
    if (!line) return;
    state.selected = null;
    state.about = null;
    state.selectedLine = key;
    map.network.unselectAll();
    standBack();
    hooks.onLine?.([line.source, line.target]);
    map.say(linkSentence(line, map.items.name));
  }

  /** Let all but some factors stand back: an open card is about them.
   * @param {string[]} ids */
  function surround(ids) {
    const about = new Set(ids.filter((id) => state.boxes.has(id)));
    state.about = about.size && !state.selected ? about : null;
    standBack();
  }

  /** Several at once: the engine drags what it holds as selected together.
   * @param {string[]} ids @param {{choosing?: boolean}} [how] whether taps add to them */
  function choose(ids, { choosing = state.choosing } = {}) {
    state.several = new Set(ids.filter((id) => state.boxes.has(id)));
    state.choosing = choosing;
    root.classList.toggle("sm-choosing", choosing);
    parts.list.setAttribute("aria-multiselectable", String(choosing));
    if (state.several.size && state.selected) {
      state.selected = null;
      standBack();
      hooks.onSelect?.(null);
    }
    map.network.selectNodes([...state.several], false);
    map.listbox.sync();
    for (const hear of map.chosenMany) hear();
    map.network.redraw();
  }

  /** Take a factor among the chosen, or out of them. @param {string} id */
  function toggle(id) {
    const held = new Set(state.several);
    if (state.selected) held.add(state.selected);
    const takes = !held.delete(id);
    if (takes) held.add(id);
    choose([...held]);
    map.say(
      `${map.items.name(id)} ${takes ? "chosen" : "left out"}. ${state.several.size} chosen.`,
    );
  }

  return { select, selectLine, surround, choose, toggle };
}
