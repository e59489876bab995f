// @ts-check
/** Where factors are stored, and where they are shown when a map is drawn together. */

/** @import { Box, Point } from "./types.js" */

/**
 * A map drawn together keeps that place for each factor until it is stored
 * elsewhere; then it moves as far as it did there, and nothing else moves.
 * @typedef {{places: Map<string, Point>, stored: Map<string, Point>, across: number, down: number}} Arrangement
 */

/** The arrangement that Python made of a map stored so wide that its names could not be read.
 *
 * @param {{together?: Record<string, [number, number]> | null, boxes: Box[]}} scene
 * @returns {Arrangement | null} */
export function arrangementOf({ together, boxes }) {
  if (!together) return null;
  const places = new Map(
    Object.entries(together).map(([id, [x, y]]) => [id, { x, y }]),
  );
  const stored = new Map(
    boxes.filter(({ id }) => places.has(id)).map(({ id, x, y }) => [id, { x, y }]),
  );
  /** @param {Point[]} all @param {"x" | "y"} axis */
  const span = (all, axis) =>
    Math.max(
      1,
      Math.max(...all.map((at) => at[axis])) - Math.min(...all.map((at) => at[axis])),
    );
  /** @param {"x" | "y"} axis */
  const by = (axis) =>
    span([...places.values()], axis) / span([...stored.values()], axis);
  return { places, stored, across: by("x"), down: by("y") };
}

/** Where a box is shown. @param {Arrangement | null} together
 * @param {Point & {id: string}} box @returns {Point} */
export function shownPlace(together, box) {
  if (!together) return { x: box.x, y: box.y };
  const { places, stored, across, down } = together;
  const [was, at] = [stored.get(box.id), places.get(box.id)];
  if (was && at)
    return { x: at.x + (box.x - was.x) * across, y: at.y + (box.y - was.y) * down };
  const beside = nearestOf(stored, box);
  const [from, to] = [stored.get(beside ?? ""), places.get(beside ?? "")];
  if (!from || !to) return { x: box.x * across, y: box.y * down };
  return { x: to.x + (box.x - from.x) * across, y: to.y + (box.y - from.y) * down };
}

/** The place to store for a place that is shown.
 * @param {Arrangement | null} together @param {string} id @param {Point} place
 * @returns {Point} */
export function storedPlace(together, id, { x, y }) {
  if (!together) return { x, y };
  const { places, stored, across, down } = together;
  const beside = places.has(id) ? id : nearestOf(places, { x, y });
  const [from, to] = [places.get(beside ?? ""), stored.get(beside ?? "")];
  if (!from || !to) return { x: x / across, y: y / down };
  return { x: to.x + (x - from.x) / across, y: to.y + (y - from.y) / down };
}

/** @param {Map<string, Point>} places @param {Point} place @returns {string | null} */
function nearestOf(places, { x, y }) {
  /** @type {string | null} */
  let best = null;
  let least = Infinity;
  for (const [id, at] of places) {
    const away = Math.hypot(at.x - x, at.y - y);
    if (away < least) [best, least] = [id, away];
  }
  return best;
}
