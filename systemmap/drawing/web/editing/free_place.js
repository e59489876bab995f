// @ts-check
/** Where a new factor goes: near the middle of the screen, and over no other. */

/** @import { Frame, Point, Sized, SystemMap } from "../map/types.js" */

const CLEAR = 14; // drawing units between two boxes

/** The place to store for a new box. @param {SystemMap} map @param {Sized} size @returns {Point} */
export function freePlace(map, size) {
  const place = map.stored(nearestFree(map, size));
  return { x: Math.round(place.x), y: Math.round(place.y) };
}

/** @param {SystemMap} map @param {Sized} size @returns {Point} */
function nearestFree(map, { width, height }) {
  const at = map.network.getViewPosition();
  const boxes = [...map.state.boxes.values()];
  /** @param {Frame} box @param {Point} place */
  const apart = (box, { x, y }) =>
    Math.abs(x - box.x) > (width + box.width) / 2 + CLEAR ||
    Math.abs(y - box.y) > (height + box.height) / 2 + CLEAR;
  let found = at;
  for (let away = 0; away < 40; away += 1) {
    for (let turn = 0; turn < 16; turn += 1) {
      const angle = (turn * Math.PI) / 8;
      found = {
        x: at.x + away * 24 * Math.cos(angle),
        y: at.y + away * 16 * Math.sin(angle),
      };
      if (boxes.every((box) => apart(box, found))) return found;
    }
  }
  return found;
}
