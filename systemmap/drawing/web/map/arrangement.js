/** Where factors are stored, and where they are shown when a map is drawn together. */

/**
 * A map drawn together keeps that place for each factor until it is stored
 * elsewhere; then it moves as far as it did there, and nothing else moves.
 * @typedef {{places: Map<string, Place>, stored: Map<string, Place>, across: number, down: number}} Arrangement
 * @typedef {{x: number, y: number}} Place
 */

/** The arrangement that Python made of a map stored so wide that its names could not be read.
 * @param {{together?: Record<string, [number, number]>, boxes: object[]}} scene @returns {Arrangement | null} */
export function arrangementOf({ together, boxes }) {
  if (!together) return null;
  const places = new Map(
    Object.entries(together).map(([id, [x, y]]) => [id, { x, y }]),
  );
  const stored = new Map(
    boxes.filter(({ id }) => places.has(id)).map(({ id, x, y }) => [id, { x, y }]),
  );
  const span = (all, axis) =>
    Math.max(
      1,
      Math.max(...all.map((at) => at[axis])) - Math.min(...all.map((at) => at[axis])),
    );
  const by = (axis) =>
    span([...places.values()], axis) / span([...stored.values()], axis);
  return { places, stored, across: by("x"), down: by("y") };
}

/** Where a box is shown. @param {Arrangement | null} together @returns {Place} */
export function shownPlace(together, box) {
  if (!together) return { x: box.x, y: box.y };
  const { places, stored, across, down } = together;
  const [was, at] = [stored.get(box.id), places.get(box.id)];
  if (was && at)
    return { x: at.x + (box.x - was.x) * across, y: at.y + (box.y - was.y) * down };
  const beside = nearestOf(stored, box);
  if (!beside) return { x: box.x * across, y: box.y * down };
  const [from, to] = [stored.get(beside), places.get(beside)];
  return { x: to.x + (box.x - from.x) * across, y: to.y + (box.y - from.y) * down };
}

/** The place to store for a place that is shown. @param {Arrangement | null} together @returns {Place} */
export function storedPlace(together, id, { x, y }) {
  if (!together) return { x, y };
  const { places, stored, across, down } = together;
  const beside = places.has(id) ? id : nearestOf(places, { x, y });
  if (!beside) return { x: x / across, y: y / down };
  const [from, to] = [places.get(beside), stored.get(beside)];
  return { x: to.x + (x - from.x) / across, y: to.y + (y - from.y) / down };
}

function nearestOf(places, { x, y }) {
  let [best, least] = [null, Infinity];
  for (const [id, at] of places) {
    const away = Math.hypot(at.x - x, at.y - y);
    if (away < least) [best, least] = [id, away];
  }
  return best;
}
