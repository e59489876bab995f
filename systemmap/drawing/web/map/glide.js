// @ts-check
/** Boxes that have another place glide there, so that the eye can follow them. */

/** @import { MapMaking, Point } from "./types.js" */

import { forgetShapes } from "./map_state.js";

const GLIDE = 180; // milliseconds
const MOST_GLIDING = 400; // boxes; beyond, they jump: gliding would stutter
const FAR_ENOUGH = 2; // drawing units that a box must move to be seen moving

/** Where all boxes are drawn now. @param {MapMaking} map @returns {Map<string, Point>} */
export function placesOf({ state }) {
  return new Map([...state.boxes].map(([id, { x, y }]) => [id, { x, y }]));
}

/** Let boxes glide from where they stood to where the state has them now.
 * @param {MapMaking} map @param {Map<string, Point>} before */
export function glide(map, before) {
  const { state, network } = map;
  state.glides += 1; // one under way ends: what it glides to is old
  const mine = state.glides;
  if (state.gliding) state.gliding = state.dragging = false;
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  if (still || state.boxes.size > MOST_GLIDING || state.dragging) return;
  const moved = [...placesOf(map)].flatMap(([id, to]) => {
    const from = before.get(id);
    if (!from || Math.hypot(to.x - from.x, to.y - from.y) < FAR_ENOUGH) return [];
    return [{ id, from, to }];
  });
  if (!moved.length) return;
  const start = performance.now();
  state.gliding = state.dragging = true; // until they stand, lines follow the boxes
  step(start);

  /** @param {number} now */
  function step(now) {
    if (mine !== state.glides || !network.body) return; // taken down meanwhile
    const share = Math.min(1, Math.max(0, (now - start) / GLIDE));
    const eased = share * (2 - share);
    for (const { id, from, to } of moved) {
      const node = network.body.nodes[id];
      if (!node) continue; // taken away meanwhile
      // the engine's own `moveNode` draws the whole map, for each box that is moved
      node.x = from.x + (to.x - from.x) * eased;
      node.y = from.y + (to.y - from.y) * eased;
    }
    if (share === 1) {
      state.gliding = state.dragging = false;
      for (const { id, to } of moved) Object.assign(state.boxes.get(id) ?? {}, to);
    }
    forgetShapes(state);
    network.redraw();
    if (share < 1) requestAnimationFrame(step);
  }
}

/** Take the drawing away; an answer or a look that comes late redraws nothing.
 * @param {MapMaking} map */
export function takeDown({ state, network }) {
  state.glides += 1; // one under way ends
  network.destroy();
  network.redraw = () => undefined;
}
