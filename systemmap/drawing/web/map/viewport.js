// @ts-check
/** What part of the map the screen shows: fitted whole or in part, moved, zoomed, laid closer. */

/** @import { Frame, MapMaking, Point, ThemeName } from "./types.js" */

import { FAR } from "./painter.js";

const LARGEST = 1.6; // the scale to which a small map grows to fill its frame
const EDGE = 14; // drawing units round what is fitted

/** @typedef {ReturnType<typeof createViewport>} Viewport */

/** @param {MapMaking} map */
export function createViewport(map) {
  const { root, parts, state } = map;

  /** Bring a factor into sight. @param {string} id */
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

  /** Fit some factors, or all of them. @param {string[]} [ids] */
  function fit(ids) {
    const some = (ids ?? [...state.boxes.keys()]).flatMap(
      (id) => state.boxes.get(id) ?? [],
    );
    const { clientWidth: wide, clientHeight: high } = parts.canvas;
    if (!wide || !high) {
      // not laid out yet: the first resize fits what was asked for
      Object.assign(state, { fitted: ids, touched: false });
      return;
    }
    if (!some.length)
      return void map.network.moveTo({ position: { x: 0, y: 0 }, scale: 1 });
    const [over, beside] = [high - roomIn(wide, high)[1], wide - roomIn(wide, high)[0]];
    state.fitted = ids;
    const names = some.length === state.boxes.size ? map.painter.namesShown() : [];
    const [left, top, right, bottom] = boundsOf([...some, ...names.map(asFrame)]);
    const under = stripHeight(high);
    const scale = Math.min(
      (wide - beside) / (right - left),
      (high - over - under) / (bottom - top),
      LARGEST,
    );
    const position = {
      x: (left + right) / 2 + beside / 2 / scale,
      y: (top + bottom) / 2 - (over - under) / 2 / scale,
    };
    map.network.moveTo({ position, scale });
  }

  /** The key, and the strip below it while something is told or several are chosen.
   * @param {number} high */
  function stripHeight(high) {
    const strips = /** @type {NodeListOf<HTMLElement>} */ (
      parts.foot.querySelectorAll(".sm-strip:not([hidden]), .sm-key[open]")
    );
    const taken = [...strips].reduce((sum, strip) => sum + strip.offsetHeight + 8, 0);
    return strips.length ? Math.min(taken + 8, high / 3) : 0;
  }

  /** What the bar above and the buttons beside leave free. @param {number} wide @param {number} high */
  function roomIn(wide, high) {
    const bar = /** @type {HTMLElement | null} */ (root.querySelector(".sm-bar"));
    return [
      wide - (wide > 500 ? 64 : 0),
      high - (bar ? Math.min(bar.offsetHeight + 20, high / 3) : 0),
    ];
  }

  /** @param {number} factor */
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
    map.network.redraw();
    root.dataset.ready = "true";
  }

  /** From afar, the name of a theme opens it. @param {Point} at @returns {boolean} */
  function openTheme(at) {
    const scale = map.network.getScale();
    if (scale >= FAR) return false;
    const name = map.painter
      .namesShown()
      .find(
        ({ x, y, lines }) =>
          Math.abs(at.x - x) < (6 * longest(lines)) / scale &&
          Math.abs(at.y - y) < 14 / scale,
      );
    if (!name) return false;
    state.touched = true;
    fit(
      [...state.boxes.values()]
        .filter((box) => box.theme === name.theme)
        .map(({ id }) => id),
    );
    map.say(`${name.lines.join(" ")}. Fit shows the whole map again.`);
    return true;
  }

  return { look, fit, zoom, resized, openTheme };
}

/** @param {string[]} lines */
function longest(lines) {
  return Math.max(...lines.map((line) => line.length));
}

/** Roughly how much a theme's name takes on its ground. @param {ThemeName} name */
function asFrame({ x, y, lines }) {
  return { x, y, width: 8 * longest(lines), height: 15 * lines.length };
}

/** @param {Frame[]} some */
function boundsOf(some) {
  return [
    Math.min(...some.map((b) => b.x - b.width / 2)) - EDGE,
    Math.min(...some.map((b) => b.y - b.height / 2)) - EDGE,
    Math.max(...some.map((b) => b.x + b.width / 2)) + EDGE,
    Math.max(...some.map((b) => b.y + b.height / 2)) + EDGE,
  ];
}
