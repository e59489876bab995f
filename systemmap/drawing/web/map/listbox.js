// @ts-check
/** The list that mirrors the map for keyboards and screen readers: one stop, arrows walk. */

/** @import { Hooks, MapState } from "./types.js" */

import { neighbourTowards, nextByName } from "./arrow_keys.js";

export const WALK_KEYS = [
  "ArrowLeft",
  "ArrowRight",
  "ArrowUp",
  "ArrowDown",
  "Home",
  "End",
];

/**
 * @typedef {object} ListboxDoes
 * @property {(id: string) => string} words
 * @property {(id: string | null | undefined) => void} activate
 * @property {(id: string | null) => void} entered
 * @property {() => void} left
 * @property {() => void} redraw
 * @property {(words: string) => void} say
 * @property {((key: string) => void) | null} nudge
 */

/** @typedef {ReturnType<typeof createListbox>} Listbox */

/** @param {HTMLElement} list @param {MapState} state @param {string} prefix of the options' ids
 * @param {Hooks} hooks @param {ListboxDoes} does */
export function createListbox(list, state, prefix, hooks, does) {
  let typed = "";
  let typedAt = -Infinity; // a page may be a moment old
  const items = () => /** @type {HTMLElement[]} */ ([...list.children]);
  const open = () => state.named.filter((box) => !state.hidden.has(box.id));
  list.addEventListener("focus", () => {
    if (!state.boxes.has(state.active ?? ""))
      does.activate(state.selected ?? open()[0]?.id);
  });
  list.addEventListener("blur", () => {
    state.active = null;
    sync();
    does.redraw();
  });
  list.addEventListener("keydown", pressed);

  /** @param {KeyboardEvent} event */
  function pressed(event) {
    if (event.altKey && does.nudge && WALK_KEYS.includes(event.key)) {
      event.preventDefault();
      return void does.nudge(event.key);
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (hooks.onKey?.(event.key, state.active)) return void event.preventDefault();
    if (WALK_KEYS.includes(event.key)) {
      event.preventDefault();
      walk(event.key);
    } else if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      if (!hooks.onEnter?.(state.active)) does.entered(state.active);
    } else if (event.key === "Escape") {
      event.preventDefault();
      does.left();
    } else if (
      hooks.onStartLink &&
      event.key.toLowerCase() === "l" &&
      event.timeStamp - typedAt > 700
    ) {
      event.preventDefault();
      hooks.onStartLink(state.active);
    } else if (event.key.length === 1) {
      event.preventDefault();
      typed = event.timeStamp - typedAt < 700 ? typed + event.key : event.key;
      typedAt = event.timeStamp;
      does.activate(nextByName(open(), state.active, typed));
    }
  }

  /** @param {string} key */
  function walk(key) {
    const shown = open();
    if (key === "Home") return void does.activate(shown[0]?.id);
    if (key === "End") return void does.activate(shown.at(-1)?.id);
    const boxes = new Map(shown.map((box) => [box.id, box]));
    const next = neighbourTowards(boxes, [...state.lines.values()], state.active, key);
    if (next) does.activate(next);
    else does.say("Nothing further that way.");
  }

  /** Make the options anew from the map, keeping those that are still true. */
  function fill() {
    const wanted = state.named.map((box) => box.id);
    const present = new Map(items().map((item) => [item.dataset.id ?? "", item]));
    for (const [id, item] of present) if (!state.boxes.has(id)) item.remove();
    wanted.forEach((id, at) => {
      const item = present.get(id) ?? option(id);
      const words = does.words(id);
      if (item.textContent !== words) item.textContent = words;
      if (list.children[at] !== item)
        list.insertBefore(item, list.children[at] ?? null);
    });
    list.hidden = wanted.length === 0;
  }

  /** @param {string} id */
  function option(id) {
    const item = document.createElement("li");
    item.setAttribute("role", "option");
    item.dataset.id = id;
    item.id = `${prefix}-${id}`;
    return item;
  }

  /** Say which options are chosen, hidden and active. */
  function sync() {
    for (const item of items()) {
      const { id = "" } = item.dataset;
      const chosen = String(id === state.selected || state.several.has(id));
      if (item.getAttribute("aria-selected") !== chosen)
        item.setAttribute("aria-selected", chosen);
      const gone = state.hidden.has(id);
      if (item.hidden !== gone) item.hidden = gone;
    }
    if (state.active)
      list.setAttribute("aria-activedescendant", `${prefix}-${state.active}`);
    else list.removeAttribute("aria-activedescendant");
  }

  return { fill, sync };
}
