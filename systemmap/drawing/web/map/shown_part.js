// @ts-check
/** Which part of a map is shown: filters, a focus, a told loop, a comparison. */

/** @import { Box, Line, MapState, Overlay } from "./types.js" */

import { within } from "./neighbours.js";
import { insideTheme } from "./overview.js";

/** The id of a link: ids are slugs, so a slash cannot occur in them.
 * @param {{source: string, target: string}} line */
export function keyOf(line) {
  return `${line.source}/${line.target}`;
}

/** What stays while something is chosen (it, its links and what they lead to) or a theme is open; null = all.
 * @param {MapState} state @returns {Set<string> | null} ids and keys */
export function besideChoice(state) {
  const { selected, selectedLine, about, told, focus } = state;
  if (told || focus) return null;
  if (!selected && !selectedLine && !about)
    return state.opened ? insideTheme(state, state.opened) : null;
  const kept = new Set(selected ? [selected] : (about ?? []));
  if (about)
    for (const [key, { source, target }] of state.lines)
      if (about.has(source) && about.has(target)) kept.add(key);
  for (const [key, { source, target }] of state.lines) {
    if (key !== selectedLine && source !== selected && target !== selected) continue;
    for (const item of [key, source, target]) kept.add(item);
  }
  return kept;
}

/** What is away while the causes of a theme stand alone. @param {MapState} state
 * @returns {string[]} ids and keys */
export function outsideGathered({ gathered, boxes, lines }) {
  if (!gathered) return [];
  const away = [...boxes.keys()].filter((id) => !gathered.has(id));
  for (const [key, { source, target }] of lines)
    if (!gathered.has(source) || !gathered.has(target)) away.push(key);
  return away;
}

/** Whether something stands back, as it is not next to what is chosen.
 * @param {MapState} state @param {string} key */
export function recedes({ beside }, key) {
  return beside !== null && !beside.has(key);
}

/** Work out what is shown.
 * @param {MapState} state
 * @returns {{inView: string[], off: Set<string>}} ids shown; ids and keys of links that are not */
export function partShown(state) {
  const { themes, determinants, rungs, styles, agreed, said } = state.filter;
  /** @template T @param {T[] | null | undefined} list @param {T} value */
  const among = (list, value) => !list || list.includes(value);
  /** @param {Box} box */
  const passes = (box) =>
    among(said?.boxes, box.id) &&
    among(themes, box.theme) &&
    among(determinants, box.layer ?? "") &&
    (!rungs || rungs.includes(box.rung ?? -1));
  /** @param {Line} line */
  const drawn = (line) =>
    among(said?.lines, keyOf(line)) &&
    among(styles, line.style) &&
    among(agreed, line.confidence);
  const compared = state.told ? null : found(state.overlay);
  const near = nearby(state, [...state.lines.values()].filter(drawn), compared);
  /** @type {Set<string>} */
  const off = new Set();
  for (const [id, box] of state.boxes)
    if (!passes(box) || (near && !near.has(id))) off.add(id);
  const inView = [...state.boxes.keys()].filter((id) => !off.has(id));
  for (const [key, line] of state.lines) {
    const told = !state.told?.links || state.told.links.has(key);
    const same = compared && !compared.lines[key];
    if (!drawn(line) || !told || same || off.has(line.source) || off.has(line.target))
      off.add(key);
  }
  return { inView, off };
}

/** The factors a focus, a loop or a comparison leaves; null = all.
 * @param {MapState} state @param {Line[]} lines @param {Overlay | null} compared */
function nearby(state, lines, compared) {
  if (state.told) return state.told.ids;
  const focused =
    state.focus && state.boxes.has(state.focus.id)
      ? new Set(
          within(lines, state.focus.id, state.focus.way, state.focus.steps).keys(),
        )
      : null;
  return compared ? changedPart(compared, focused) : focused;
}

/** A comparison that found something. @param {Overlay | null} overlay */
function found(overlay) {
  if (!overlay) return null;
  const count = Object.keys(overlay.boxes).length + Object.keys(overlay.lines).length;
  return count > 0 ? overlay : null;
}

/** What a comparison found, with the ends of its links, within what was asked for.
 * @param {Overlay} overlay @param {Set<string> | null} focused */
function changedPart(overlay, focused) {
  const ends = Object.keys(overlay.lines).flatMap((key) => key.split("/"));
  return new Set(
    [...Object.keys(overlay.boxes), ...ends].filter(
      (id) => !focused || focused.has(id),
    ),
  );
}
