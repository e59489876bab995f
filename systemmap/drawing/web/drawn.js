/** What the engine is told of each factor and link, and how a factor is drawn. */

import { blend, changeColour, drawBox } from "./marks.js";
import { FAR } from "./paint.js";
import { keyOf } from "./showing.js";
import { linkSentence } from "./trace.js";

const MANY_LINES = 1500;

/** @param {object} map the map's state, looks, options and, once it is made, the engine's network */
export function createDrawn(map) {
  const { state, looks, options } = map;
  const moreContrast = matchMedia("(prefers-contrast: more)");

  function nodeOf(box) {
    return { id: box.id, x: box.x, y: box.y, title: titleOf(box), hidden: state.hidden.has(box.id) };
  }

  function titleOf(box) {
    const theme = state.themes.get(box.theme)?.name ?? "";
    const cover = state.scene.cover_words?.[box.rung];
    return [box.label, theme, cover, state.heat?.[box.id]?.[1]].filter(Boolean).join("\n");
  }

  function edgeOf(line) {
    const style = looks.links[line.style];
    const key = keyOf(line);
    const quiet = state.faded.has(key);
    const near = state.selected !== null && (line.source === state.selected || line.target === state.selected);
    const change = state.overlay?.lines?.[key];
    const strong = near || change || state.told?.links?.has(key) || state.selectedLine === key;
    const ink = quiet ? (moreContrast.matches ? 0.35 : 0.16) : strong || moreContrast.matches ? 1 : line.ink;
    const own = change && change !== "both" ? changeColour(change, state.look) : style[state.look.name];
    const colour = style.lines > 1 ? "rgba(0,0,0,0)" : blend(own, state.look.ground, ink);
    return {
      id: key,
      from: line.source,
      to: line.target,
      title: linkSentence(line, name),
      width: line.width + (strong ? 1 : 0),
      dashes: style.dash.length && (state.close || !many()) ? style.dash : false,
      color: { color: colour, highlight: colour, hover: colour },
      arrows: { to: { enabled: !line.either_way, scaleFactor: 0.5, type: style.head === "open" ? "vee" : "arrow" } },
      hidden: state.hidden.has(key),
    };
  }

  // On very large maps dashes cost half the speed and cannot be seen from afar.
  function many() {
    return state.lines.size > MANY_LINES;
  }

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
      nodes: { shape: "custom", ctxRenderer: renderer, chosen: false, borderWidth: 1.6 },
      edges: {
        smooth: many() ? false : { enabled: true, type: "curvedCW", roundness: 0.12 },
        chosen: false,
        selectionWidth: 0,
        hoverWidth: 0,
        arrowStrikethrough: false,
        endPointOffset: { from: 0, to: 1.5 },
      },
    };
  }

  function renderer({ ctx, id, x, y, state: pointed }) {
    const box = state.boxes.get(id);
    if (!box) return { drawNode() {}, nodeDimensions: { width: 10, height: 10 } };
    Object.assign(box, { x, y });
    return {
      drawNode() {
        drawBox(ctx, box, state.themes.get(box.theme), state.look, {
          faded: state.faded.has(id),
          contrast: moreContrast.matches,
          pinned: options.movable === true && box.pinned === true,
          chosen: state.selected === id || state.several.has(id),
          gone: state.overlay?.boxes?.[id] === "gone",
          active: state.active === id,
          hover: pointed.hover,
          far: map.network.getScale() < FAR,
          scale: map.network.getScale(),
          layers: state.layers,
          heat: state.heat ? state.heat[id]?.[0] ?? null : undefined,
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

  return { nodeOf, edgeOf, many, name, engineOptions, sizeShapes };
}
