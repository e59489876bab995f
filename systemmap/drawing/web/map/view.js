// @ts-check
/** What of the map is shown: a focus, a filter, a told loop, layers, a measure. */

/** @import { Filter, Focus, Heat, Layer, MapMaking, Pair } from "./types.js" */

import { forgetShapes } from "./map_state.js";
import { MARKS_FROM } from "./painter.js";
import { besideChoice, outsideGathered, partShown } from "./shown_part.js";

/** @type {Layer[]} */
const LAYERS = ["gaps", "actions", "assets", "votes", "loops"];

/** Which layers are on, by their names. @param {string[]} names
 * @returns {Partial<Record<Layer, boolean>>} */
export function layersOf(names) {
  return Object.fromEntries(LAYERS.map((layer) => [layer, names.includes(layer)]));
}

/** A filter as Python writes it: an empty list asks for nothing in particular.
 * @param {Filter} asked @returns {Filter} */
export function filterOf(asked) {
  /** @template T @param {T[] | null | undefined} list */
  const some = (list) => (list?.length ? list : null);
  return {
    themes: some(asked.themes),
    determinants: some(asked.determinants),
    styles: some(asked.styles),
    rungs: some(asked.rungs),
    agreed: some(asked.agreed),
    said: asked.said ?? null,
    hide: asked.hide === true,
  };
}

/** @typedef {ReturnType<typeof createView>} MapView */

/** @param {MapMaking} map */
export function createView(map) {
  const { state, nodes, edges, items } = map;
  /** @type {(() => void)[]} */
  const heard = []; // who wants to know that the map shows something else

  /** Show what the state asks for. @returns {string[]} the factors shown */
  function apply() {
    const { inView, off } = partShown(state);
    const hide = state.filter.hide === true;
    state.hidden = new Set([...(hide ? off : []), ...outsideGathered(state)]);
    state.faded = hide ? new Set() : off;
    state.beside = besideChoice(state);
    forgetShapes(state);
    items.stroke();
    nodes.update(items.newsOfNodes());
    edges.update(items.newsOfEdges());
    map.network.body?.emitter.emit("_requestRedraw"); // soon, and once for all that changed
    map.listbox.sync();
    changed();
    return inView;
  }

  function changed() {
    for (const hear of heard) hear();
  }

  return {
    apply,
    changed,
    /** Hear when the map shows something else. @param {() => void} hear */
    onChange: (hear) => void heard.push(hear),
    /** Dashes come and go with the scale, on large maps. @param {number} scale */
    keepLevel(scale) {
      const close = scale >= MARKS_FROM;
      if (state.close === close) return;
      state.close = close;
      if (items.many()) items.stroke();
    },
    /** Show what surrounds a factor; null shows everything again. @param {Focus | null} next */
    focus(next) {
      state.focus = next;
      state.told = null;
      return apply();
    },
    /** Show only some `themes`, `determinants` (layers), `styles` of link, `rungs`, agreed words, what tables `said`; null = all. `hide` takes the rest away.
     * @param {Filter} next */
    filter(next) {
      state.filter = { ...state.filter, ...next };
      return apply();
    },
    /** Tell a loop or a route: these factors and links stand out.
     * @param {string[] | null} ids @param {Pair[]} [pairs] @param {string} [kind] */
    tell(ids, pairs = [], kind = "") {
      state.told = ids
        ? {
            ids: new Set(ids),
            links: new Set(pairs.map(([a, b]) => `${a}/${b}`)),
            kind,
          }
        : null;
      return apply();
    },
    /** What lies on top: `gaps` the cover notches and dotted outlines, `actions`, `assets`, `votes`, `loops`.
     * @param {Partial<Record<Layer, boolean>>} shown */
    layers(shown) {
      Object.assign(state.layers, shown);
      changed();
      map.network.redraw();
    },
    /** Fill boxes by a measure: by factor a share of 1 or null, and words; null = no measure.
     * @param {Heat | null} values */
    heat(values) {
      if (!values && !state.heat) return;
      state.heat = values;
      nodes.update(items.allNodes());
      map.network.redraw();
    },
  };
}
