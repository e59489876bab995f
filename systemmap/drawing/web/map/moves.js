// @ts-check
/** Moving factors by hand, with the mouse or with Alt and an arrow key. */

/** @import { MapMaking, Move, Point } from "./types.js" */

import { storedPlace } from "./arrangement.js";
import { forgetShapes } from "./map_state.js";

const SNAP = 6; // drawing units within which a dropped factor stands in line with another

/** @type {Record<string, [number, number]>} */
const STEPS = {
  ArrowLeft: [-20, 0],
  ArrowRight: [20, 0],
  ArrowUp: [0, -20],
  ArrowDown: [0, 20],
};

/** @param {MapMaking} map */
export function createMoves(map) {
  const { state, hooks, options } = map;

  /** @param {{nodes: string[]}} held */
  function dragged({ nodes: ids }) {
    state.dragging = false;
    state.touched = true;
    hooks.onView?.();
    if (!ids.length || options.movable !== true) return;
    if (ids.length === 1) snap(ids[0]);
    const at = map.network.getPositions(ids);
    forgetShapes(state);
    map.network.selectNodes([...state.several], false);
    for (const id of ids) Object.assign(state.boxes.get(id) ?? {}, at[id]);
    hooks.onMove?.(ids.map((id) => moveOf(id, at[id])));
    map.network.redraw();
  }

  /** A factor dropped nearly in line with another stands in line with it. @param {string} id */
  function snap(id) {
    const at = map.network.getPosition(id);
    const others = [...state.boxes.values()].filter(
      (box) => box.id !== id && !state.hidden.has(box.id),
    );
    /** @param {"x" | "y"} axis */
    const nearby = (axis) =>
      others
        .filter((box) => Math.abs(box[axis] - at[axis]) <= SNAP)
        .sort((a, b) => Math.abs(a[axis] - at[axis]) - Math.abs(b[axis] - at[axis]))[0];
    const [x, y] = [nearby("x")?.x ?? at.x, nearby("y")?.y ?? at.y];
    if (x !== at.x || y !== at.y) map.network.moveNode(id, x, y);
  }

  /** @param {string} id @param {Point} at @returns {Move} */
  function moveOf(id, at) {
    const { x, y } = storedPlace(state.together, id, at);
    return { id, x: Math.round(x * 10) / 10, y: Math.round(y * 10) / 10 };
  }

  function follow() {
    state.dragging = true;
    forgetShapes(state);
  }

  /** Moving without a mouse: Alt and an arrow key. @param {string | null} id @param {string} key */
  function nudge(id, key) {
    const step = STEPS[key];
    const box = state.boxes.get(id ?? "");
    if (!step || !box) return;
    if (state.gathered)
      return map.say("Not moved: Fit shows all, then it can be moved.");
    const moved = {
      id: box.id,
      x: Math.round((box.x + step[0]) * 10) / 10,
      y: Math.round((box.y + step[1]) * 10) / 10,
    };
    map.network.moveNode(box.id, moved.x, moved.y);
    Object.assign(box, moved);
    forgetShapes(state);
    hooks.onMove?.([moveOf(box.id, moved)]);
    map.say(`${box.label} moved.`);
  }

  return { dragged, follow, nudge };
}
