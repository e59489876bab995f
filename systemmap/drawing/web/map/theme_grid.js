// @ts-check
/** A theme opened on a large map: its causes stand in a grid that fills the frame, each with its name. */

/** @import { Box, Point } from "./types.js" */

const [BETWEEN, BELOW] = [18, 22]; // drawing units between two boxes, for their lines and marks

/** Where the boxes of a theme stand in a grid: each as near to its neighbours as it was.
 * @param {Box[]} own @param {number} shape width of the frame by its height
 * @returns {Map<string, Point>} */
export function gridOf(own, shape) {
  const wide = Math.max(...own.map(({ width }) => width)) + BETWEEN;
  const high = Math.max(...own.map(({ height }) => height)) + BELOW;
  const across = Math.max(1, Math.round(Math.sqrt((own.length * shape * high) / wide)));
  const down = Math.ceil(own.length / across);
  const byHeight = [...own].sort((a, b) => a.y - b.y || (a.id < b.id ? -1 : 1));
  /** @type {Map<string, Point>} */
  const places = new Map();
  for (let row = 0; row < down; row += 1) {
    const beside = byHeight
      .slice(row * across, (row + 1) * across)
      .sort((a, b) => a.x - b.x || (a.id < b.id ? -1 : 1));
    beside.forEach(({ id }, at) => {
      places.set(id, { x: at * wide, y: row * high });
    });
  }
  return places;
}
