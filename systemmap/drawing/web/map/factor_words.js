// @ts-check
/** A factor in words, as it is read out, and which factor a point means. */

/** @import { MapState, Point } from "./types.js" */

import { countWords } from "./neighbours.js";

const MARKS = 6; // drawing units by which marks stick out of their box

/** A factor as the list for keys and readers names it. @param {MapState} state @param {string} id */
export function optionWords(state, id) {
  const name = state.boxes.get(id)?.label ?? id;
  const counted = `${name}: ${countWords(state.counts.get(id))}`;
  return [counted, changeWords(state, id)].filter(Boolean).join(", ");
}

/** All that the map shows of a factor. @param {MapState} state @param {string | null} id
 * @param {{movable: boolean}} about whether it could be moved at all */
export function factorWords(state, id, { movable }) {
  const box = id === null ? undefined : state.boxes.get(id);
  if (!box) return "";
  const voted = state.layers.votes ? (box.priority ?? 0) : 0;
  return [
    box.label,
    state.themes.get(box.theme)?.name,
    countWords(state.counts.get(box.id)),
    coverWords(state, box),
    voted ? `${voted} ${voted === 1 ? "vote" : "votes"}` : "",
    box.pinned && movable ? "kept in its place" : "",
    state.heat?.[box.id]?.[1],
    changeWords(state, box.id),
  ]
    .filter(Boolean)
    .join(", ");
}

/** How far a factor is acted on. @param {MapState} state @param {{rung?: number | null}} box */
export function coverWords(state, { rung }) {
  return state.scene.cover_words?.[String(rung ?? "")] ?? "";
}

/** @param {MapState} state @param {string} id */
function changeWords(state, id) {
  const kind = state.overlay?.boxes[id];
  return kind ? (state.overlay?.words[kind] ?? "") : "";
}

/** The factor at a place; of boxes that cover each other the last is drawn on top.
 * @param {MapState} state @param {Point} place @param {string | null} [but] is looked through */
export function factorAt(state, place, but) {
  const found = [...state.boxes.values()].filter(
    (box) =>
      box.id !== but &&
      !state.hidden.has(box.id) &&
      Math.abs(place.x - box.x) < box.width / 2 + 4 &&
      Math.abs(place.y - box.y) < box.height / 2 + 4,
  );
  return found.at(-1)?.id ?? null;
}

/** The factor whose mark is at a place: tags, discs, notch and code stick out of their box.
 * @param {MapState} state @param {Point} place @returns {string | undefined} */
export function markedAt(state, { x, y }) {
  const found = [...state.boxes.values()].filter(
    (box) =>
      !state.hidden.has(box.id) &&
      Math.abs(x - box.x) < box.width / 2 + MARKS &&
      Math.abs(y - box.y) < box.height / 2 + MARKS,
  );
  return found.at(-1)?.id;
}
