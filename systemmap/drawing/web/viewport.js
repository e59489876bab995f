/** What part of the map the screen shows: fitted whole or in part, moved, zoomed, laid closer. */

import { arrangedIn, shownPlace } from "./together.js";

const READABLE = 0.94; // the scale of a whole map drawn together to be read at once

/** @param {object} map the map's state and parts, the engine's network and nodes */
export function createViewport(map) {
  const { root, parts, state } = map;

  /** Draw the whole map together when its names could not be read otherwise. */
  function drawTogether(wide, high) {
    const [boxes] = map.withGone(state.scene);
    const [left, top, right, bottom] = boundsOf(boxes);
    const plain = Math.min(wide / (right - left), high / (bottom - top));
    const before = state.together;
    state.arranged = true;
    state.together = boxes.length && plain < READABLE - 0.1 ? arrangedIn(boxes, wide / READABLE - 60, high / READABLE - 60) : null;
    if (!before && !state.together) return;
    for (const box of boxes) Object.assign(state.boxes.get(box.id), shownPlace(state.together, box));
    map.forgetShapes();
    map.nodes.update([...state.boxes.values()].map(map.drawn.nodeOf));
  }

  function look(id) {
    const box = state.boxes.get(id);
    if (!box) return;
    const scale = map.network.getScale();
    const at = map.network.canvasToDOM({ x: box.x, y: box.y });
    const { clientWidth: wide, clientHeight: high } = parts.canvas;
    const inside = at.x > 60 && at.y > 40 && at.x < wide - 60 && at.y < high - 40;
    if (!inside) map.network.moveTo({ position: { x: box.x, y: box.y }, scale });
    else map.network.redraw();
  }

  function fit(ids) {
    const some = (ids ?? [...state.boxes.keys()]).map((id) => state.boxes.get(id)).filter(Boolean);
    const { clientWidth: wide, clientHeight: high } = parts.canvas;
    if (!wide || !high) { // not laid out yet: the first resize fits what was asked for
      Object.assign(state, { fitted: ids, touched: false });
      return;
    }
    if (!some.length) return void map.network.moveTo({ position: { x: 0, y: 0 }, scale: 1 });
    const [over, beside] = [high - roomIn(wide, high)[1], wide - roomIn(wide, high)[0]];
    state.fitted = ids;
    if (!ids || ids.length === state.boxes.size || !state.arranged) drawTogether(wide - beside, high - over);
    const [left, top, right, bottom] = boundsOf(some);
    const under = stripHeight(high);
    const scale = Math.min((wide - beside) / (right - left), (high - over - under) / (bottom - top), 1.25);
    const position = { x: (left + right) / 2 + beside / 2 / scale, y: (top + bottom) / 2 - (over - under) / 2 / scale };
    map.network.moveTo({ position, scale });
  }

  // The strip below, while something is told or several are chosen.
  function stripHeight(high) {
    const strip = parts.foot.querySelector(".sm-strip:not([hidden])");
    return strip ? Math.min(strip.offsetHeight + 16, high / 3) : 0;
  }

  /** What the bar above and the buttons beside leave free. */
  function roomIn(wide, high) {
    const bar = root.querySelector(".sm-bar");
    return [wide - (wide > 500 ? 64 : 0), high - (bar ? Math.min(bar.offsetHeight + 20, high / 3) : 0)];
  }

  function zoom(factor) {
    state.touched = true;
    const scale = Math.min(4, Math.max(0.05, map.network.getScale() * factor));
    map.network.moveTo({ scale });
  }

  function resized() {
    const { clientWidth: wide, clientHeight: high } = parts.canvas;
    if (!wide || !high) return;
    map.network.setSize(`${wide}px`, `${high}px`);
    if (!state.touched) fit(state.fitted);
    else if (!state.arranged) drawTogether(...roomIn(wide, high)); // a kept view looks at this arrangement
    map.network.redraw();
    root.dataset.ready = "true";
  }

  return { drawTogether, look, fit, zoom, resized };
}

function boundsOf(some) {
  return [
    Math.min(...some.map((b) => b.x - b.width / 2)) - 30,
    Math.min(...some.map((b) => b.y - b.height / 2)) - 30,
    Math.max(...some.map((b) => b.x + b.width / 2)) + 30,
    Math.max(...some.map((b) => b.y + b.height / 2)) + 30,
  ];
}
