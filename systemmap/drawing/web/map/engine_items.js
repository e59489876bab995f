// @ts-check
/** What the engine is told of each factor and link, and how a factor is drawn. */

/** @import { Box, Line, MapMaking, Point } from "./types.js" */

import { drawBox } from "./box_marks.js";
import { blend, changeColour } from "./colours.js";
import { coverWords } from "./factor_words.js";
import { distanceTo } from "./link_routes.js";
import { linkSentence } from "./neighbours.js";
import { FAR } from "./painter.js";
import { keyOf, recedes } from "./shown_part.js";

const MANY_LINES = 1500;

/** @typedef {ReturnType<typeof createItems>} EngineItems */

/** @param {MapMaking} map */
export function createItems(map) {
  const { state, looks, options } = map;
  const moreContrast = matchMedia("(prefers-contrast: more)");
  /** @type {Map<string, string>} */
  const told = new Map(); // what the engine knows of each link, as text
  /** @type {Set<string>} */
  const unseen = new Set(); // factors of which it knows that they are hidden

  /** @param {Box} box */
  function nodeOf(box) {
    if (state.hidden.has(box.id)) unseen.add(box.id);
    else unseen.delete(box.id);
    return {
      id: box.id,
      x: box.x,
      y: box.y,
      title: titleOf(box),
      hidden: state.hidden.has(box.id),
    };
  }

  /** @param {Box} box */
  function titleOf(box) {
    const theme = state.themes.get(box.theme)?.name ?? "";
    return [box.label, theme, coverWords(state, box), state.heat?.[box.id]?.[1]]
      .filter(Boolean)
      .join("\n");
  }

  /** How a link is drawn just now: ours to know, not the engine's. @param {Line} line */
  function strokeOf(line) {
    const style = looks.links[line.style];
    const key = keyOf(line);
    const quiet = state.faded.has(key);
    const near =
      state.selected !== null &&
      (line.source === state.selected || line.target === state.selected);
    const change = state.overlay?.lines?.[key];
    const strong =
      near || change || state.told?.links?.has(key) || state.selectedLine === key;
    // links stand back, so that names lead, until something is chosen
    const rest = Math.max(style.rest, looks.at_rest * line.ink);
    const ink = quiet
      ? moreContrast.matches
        ? 0.35
        : 0.16
      : recedes(state, key)
        ? rest * 0.25
        : strong || moreContrast.matches
          ? 1
          : rest;
    const own =
      change && change !== "both"
        ? changeColour(change, state.look)
        : style[state.look.name];
    const colour = blend(own, state.look.ground, ink);
    const dash = style.dash.length && (state.close || !many()) ? style.dash : [];
    const width = strong ? line.width + 1 : looks.at_rest * line.width;
    return {
      colour,
      width,
      dash,
      twin: style.lines > 1,
      open: style.head === "open",
      directed: !line.either_way,
    };
  }

  /** Work out anew how links are drawn. */
  function stroke() {
    for (const [key, line] of state.lines) state.strokes.set(key, strokeOf(line));
  }

  /** Links of which the engine should hear something new: telling it of all costs seconds.
   * @returns {object[]} */
  function newsOfEdges() {
    for (const key of told.keys()) if (!state.lines.has(key)) told.delete(key);
    const news = [];
    for (const [key, line] of state.lines) {
      const title = linkSentence(line, name);
      const hidden = state.hidden.has(key);
      const words = `${hidden} ${title}`;
      if (told.get(key) === words) continue;
      told.set(key, words);
      news.push({ id: key, from: line.source, to: line.target, title, hidden });
    }
    return news;
  }

  /** Factors that the engine should show again, or hide. */
  function newsOfNodes() {
    const news = [...state.boxes.values()].filter(
      ({ id }) => unseen.has(id) !== state.hidden.has(id),
    );
    return news.map(nodeOf).map(({ id, hidden }) => ({ id, hidden }));
  }

  // On very large maps dashes cost half the speed and cannot be seen from afar.
  function many() {
    return state.lines.size > MANY_LINES;
  }

  /** @param {string} id */
  function name(id) {
    return state.boxes.get(id)?.label ?? id;
  }

  function engineOptions() {
    return {
      autoResize: true,
      physics: { enabled: false },
      layout: { improvedLayout: false },
      interaction: {
        hover: true,
        dragNodes: options.movable === true,
        selectConnectedEdges: false,
        hoverConnectedEdges: false,
        keyboard: false,
        tooltipDelay: 250,
        hideEdgesOnDrag: many(),
        hideEdgesOnZoom: many(),
      },
      nodes: {
        shape: "custom",
        ctxRenderer: renderer,
        chosen: false,
        borderWidth: 1.6,
      },
      edges: {
        smooth: false, // drawn by painter.js, along the routes that Python found
        chosen: false,
      },
    };
  }

  /** @param {{ctx: CanvasRenderingContext2D, id: string, x: number, y: number, state: {hover?: boolean}}} about */
  function renderer({ ctx, id, x, y, state: pointed }) {
    const box = state.boxes.get(id);
    if (!box) return { drawNode() {}, nodeDimensions: { width: 10, height: 10 } };
    Object.assign(box, { x, y });
    return {
      drawNode() {
        const theme = state.themes.get(box.theme);
        if (!theme) return; // until the scene that has it arrives
        drawBox(ctx, box, theme, state.look, looks, {
          faded: state.faded.has(id) || recedes(state, id),
          contrast: moreContrast.matches,
          pinned: options.movable === true && box.pinned === true,
          chosen: state.selected === id || state.several.has(id),
          gone: state.overlay?.boxes?.[id] === "gone",
          active: state.active === id,
          hover: pointed.hover,
          far: map.network.getScale() < FAR,
          scale: map.network.getScale(),
          layers: state.layers,
          heat: state.heat ? (state.heat[id]?.[0] ?? null) : undefined,
        });
      },
      nodeDimensions: { width: box.width, height: box.height },
    };
  }

  // The engine learns a custom shape's size only after drawing it once: tell it before.
  function sizeShapes() {
    for (const box of state.boxes.values()) {
      const shape = map.network.body.nodes[box.id]?.shape;
      if (!shape) continue;
      shape.customSizeWidth = shape.width = box.width;
      shape.customSizeHeight = shape.height = box.height;
    }
  }

  // The engine keeps the links and says which is pointed at; their lines are ours.
  function drawOwnLinks() {
    for (const key of state.lines.keys()) {
      const edge = map.network.body.edges[key];
      if (!edge || edge.ours) continue;
      edge.ours = true;
      /** @param {CanvasRenderingContext2D} ctx */
      edge.draw = (ctx) => map.painter.link(ctx, key);
      edge.drawArrows = () => {};
      let type = edge.edgeType; // made anew by the engine at every change of a link
      /** @param {object} next */
      const measured = (next) =>
        Object.assign(next, {
          /** @param {number[]} ends its own, which ours are not, and then the point */
          getDistanceToEdge: (...ends) => awayFrom(key, { x: ends[4], y: ends[5] }),
        });
      Object.defineProperty(edge, "edgeType", {
        get: () => type,
        set: (/** @type {object} */ next) => {
          type = measured(next);
        },
      });
      measured(type);
    }
  }

  /** How far a point lies from a link, in pixels: the engine takes what is nearer than ten.
   * @param {string} key @param {Point} at */
  function awayFrom(key, at) {
    if (state.hidden.has(key) || !state.lines.has(key)) return Infinity;
    return (
      distanceTo(map.painter.curveOf(key), at) * Math.min(1, map.network.getScale())
    );
  }

  return {
    allNodes: () => [...state.boxes.values()].map(nodeOf),
    newsOfEdges,
    newsOfNodes,
    stroke,
    many,
    name,
    engineOptions,
    sizeShapes,
    drawOwnLinks,
  };
}
