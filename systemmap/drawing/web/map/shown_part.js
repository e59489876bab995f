/** Which part of a map is shown: filters, a focus, a told loop, a comparison. */

import { within } from "./neighbours.js";

/** The id of a link: ids are slugs, so a slash cannot occur in them. */
export function keyOf(line) {
  return `${line.source}/${line.target}`;
}

/** Work out what is shown.
 * @param {object} state of the map: boxes, lines, filter, focus, told, overlay
 * @returns {{inView: string[], off: Set<string>}} ids shown; ids and keys of links that are not */
export function partShown(state) {
  const { themes, determinants, rungs, styles, agreed, said } = state.filter;
  const among = (list, value) => !list || list.includes(value);
  const passes = (box) =>
    among(said?.boxes, box.id) &&
    among(themes, box.theme) &&
    among(determinants, box.layer ?? "") &&
    among(rungs, box.rung);
  const drawn = (line) =>
    among(said?.lines, keyOf(line)) &&
    among(styles, line.style) &&
    among(agreed, line.confidence);
  const compared = !state.told && anyChange(state.overlay);
  const near = nearby(state, [...state.lines.values()].filter(drawn), compared);
  const off = new Set();
  for (const [id, box] of state.boxes)
    if (!passes(box) || (near && !near.has(id))) off.add(id);
  const inView = [...state.boxes.keys()].filter((id) => !off.has(id));
  for (const [key, line] of state.lines) {
    const told = !state.told?.links || state.told.links.has(key);
    const same = compared && !state.overlay.lines[key];
    if (!drawn(line) || !told || same || off.has(line.source) || off.has(line.target))
      off.add(key);
  }
  return { inView, off };
}

// The factors a focus, a loop or a comparison leaves; null = all.
function nearby(state, lines, compared) {
  if (state.told) return state.told.ids;
  const focused =
    state.focus && state.boxes.has(state.focus.id)
      ? new Set(
          within(lines, state.focus.id, state.focus.way, state.focus.steps).keys(),
        )
      : null;
  return compared ? changedPart(state.overlay, focused) : focused;
}

function anyChange(overlay) {
  return (
    overlay !== null &&
    Object.keys(overlay.boxes).length + Object.keys(overlay.lines).length > 0
  );
}

// What a comparison found, with the ends of its links, within what was asked for.
function changedPart(overlay, focused) {
  const ends = Object.keys(overlay.lines).flatMap((key) => key.split("/"));
  return new Set(
    [...Object.keys(overlay.boxes), ...ends].filter(
      (id) => !focused || focused.has(id),
    ),
  );
}
