// @ts-check
/** What part of the map the screen shows: fitted whole or in part, moved, zoomed, laid closer. */

/** @import { Frame, MapMaking, Point, ThemeName } from "./types.js" */

import { numberWords } from "./neighbours.js";
import { FAR } from "./painter.js";
import { gridOf } from "./theme_grid.js";

const LARGEST = 1.6; // the scale to which a small map grows to fill its frame
const EDGE = 6; // drawing units round what is fitted

const BORDER = 4; // pixels between the map and the sides of its canvas
const BESIDE = 16; // pixels of the bar's and the foot's own distance from edge and map

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
    const [over, under] = [barHeight(high), footHeight(high)];
    state.fitted = ids;
    const names = some.length === state.boxes.size ? map.painter.namesShown() : [];
    const [left, top, right, bottom] = boundsOf([...some, ...names.map(asFrame)]);
    const scale = Math.min(
      (wide - 2 * BORDER) / (right - left),
      (high - over - under) / (bottom - top),
      LARGEST,
    );
    const position = {
      x: (left + right) / 2,
      y: (top + bottom) / 2 - (over - under) / 2 / scale,
    };
    map.network.moveTo({ position, scale });
  }

  /** What the row of key and buttons takes, and a strip above it while something is told.
   * @param {number} high */
  function footHeight(high) {
    const strips = /** @type {NodeListOf<HTMLElement>} */ (
      parts.foot.querySelectorAll(".sm-strip:not([hidden])")
    );
    const taken = [...strips].reduce((sum, strip) => sum + strip.offsetHeight + 8, 0);
    return Math.min(taken + parts.tools.offsetHeight + BESIDE, high / 3);
  }

  /** What the bar above takes. @param {number} high */
  function barHeight(high) {
    const bar = /** @type {HTMLElement | null} */ (root.querySelector(".sm-bar"));
    return bar ? Math.min(bar.offsetHeight + BESIDE, high / 3) : 0;
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

  /** The name of a theme tells of it, and from afar it opens it too.
   * @param {Point} at @returns {boolean} */
  function openTheme(at) {
    const scale = map.network.getScale();
    const far = scale < FAR;
    const least = far ? [60 / scale, 14 / scale] : [0, 0];
    const name = map.painter
      .namesShown()
      .find(
        ({ x, y, half }) =>
          Math.abs(at.x - x) < Math.max(half[0], least[0]) &&
          Math.abs(at.y - y) < Math.max(half[1], least[1]),
      );
    if (!name || !(far || map.hooks.onTheme)) return false;
    open(name.theme);
    return true;
  }

  /** Open a theme: it fills the frame, and what is not of it stands back. Where its
   * names could not be read side by side, its causes stand in a grid, alone.
   * @param {string} key */
  function open(key) {
    gather(null);
    const own = [...state.boxes.values()].filter(({ theme }) => theme === key);
    if (!own.length) return;
    state.opened = key;
    map.view.apply();
    const ids = own.map(({ id }) => id);
    fit(ids);
    if (map.network.getScale() < FAR && !state.overlay) {
      const { clientWidth: wide, clientHeight: high } = parts.canvas;
      gather(
        gridOf(own, wide / Math.max(1, high - barHeight(high) - footHeight(high))),
      );
      fit(ids);
    }
    state.touched = true;
    map.hooks.onTheme?.(key);
    const name = state.themes.get(key)?.name ?? "";
    map.say(
      `${name}: ${numberWords(own.length)} of ${numberWords(state.boxes.size)} causes. Fit shows all.`,
    );
  }

  /** Let some causes stand elsewhere and alone for now; null = all where they were.
   * @param {Map<string, Point> | null} places */
  function gather(places) {
    if (!places && !state.gathered) return;
    state.gathered = places;
    map.network.setOptions({
      interaction: { dragNodes: map.options.movable === true && !places },
    });
    map.refresh();
  }

  /** Show the whole map again, no theme open. */
  function whole() {
    state.touched = false;
    if (state.opened) {
      state.opened = null;
      gather(null);
      map.view.apply();
    }
    fit();
  }

  return { look, fit, zoom, resized, openTheme, open, whole };
}

/** How much a theme's name takes on its ground. @param {ThemeName} name */
function asFrame({ x, y, half }) {
  return { x, y, width: 2 * half[0], height: 2 * half[1] };
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
