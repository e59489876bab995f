/** Drawing behind and in front of what the engine draws: grounds, marks, flags, names from afar. */

import { curveBetween, pointOn } from "./geometry.js";
import { blend, changeColour, drawFarLabels, drawFlag, drawLineMarks, washOf } from "./marks.js";
import { middleOf } from "./trace.js";

export const FAR = 0.68; // below this scale names are written over the boxes instead of in them
export const MARKS_FROM = 0.5; // signs and delay marks appear from this scale on
const MANY_BOXES = 150;
const THEMES_BELOW = 0.4; // the scale from which themes are named on a large map

/** @param {object} state of the map @param {object} looks @param {HTMLElement} canvas
 * @param {() => object} network of the engine */
export function createPaint(state, looks, canvas, network) {
  function curveOf(key, line) {
    if (!state.curves.has(key)) {
      state.curves.set(key, curveBetween(state.boxes.get(line.source), state.boxes.get(line.target)));
    }
    return state.curves.get(key);
  }

  /** The pale grounds of the themes. */
  function behind(ctx) {
    ctx.globalAlpha = 1;
    for (const theme of state.themes.values()) {
      if (theme.dashed) continue;
      if (!state.washes.has(theme.key)) {
        const shown = (box) => box.theme === theme.key && !state.hidden.has(box.id) && !state.faded.has(box.id);
        state.washes.set(theme.key, washOf([...state.boxes.values()].filter(shown), state.together ? 12 : 36));
      }
      ctx.fillStyle = blend(theme[state.look.name], state.look.ground, 0.07);
      ctx.fill(state.washes.get(theme.key));
    }
  }

  // Whether a point lies in, or close to, what the screen shows.
  function seenPart() {
    const { clientWidth: wide, clientHeight: high } = canvas;
    const from = network().DOMtoCanvas({ x: -150, y: -100 });
    const to = network().DOMtoCanvas({ x: wide + 150, y: high + 100 });
    return ({ x, y }) => x > from.x && x < to.x && y > from.y && y < to.y;
  }

  // Marks belong to lines, which pass behind boxes.
  function outsideBoxes(near) {
    const path = new Path2D();
    path.rect(-1e6, -1e6, 2e6, 2e6);
    for (const box of state.boxes.values()) {
      if (near(box) && !state.hidden.has(box.id)) path.rect(box.x - box.width / 2, box.y - box.height / 2, box.width, box.height);
    }
    return path;
  }

  /** Marks on links, flags, and names from afar. */
  function inFront(ctx) {
    const scale = network().getScale();
    if (scale >= MARKS_FROM && !state.dragging) {
      const near = seenPart();
      ctx.save();
      ctx.clip(outsideBoxes(near), "evenodd");
      for (const [key, line] of state.lines) {
        if (state.hidden.has(key)) continue;
        const curve = curveOf(key, line);
        if (!near(curve.end) && !near(curve.via)) continue;
        drawLineMarks(ctx, line, curve, looks.links[line.style], state.look, state.faded.has(key));
      }
      ctx.restore();
      if (state.overlay) drawFlags(ctx, scale, near);
    }
    if (scale < FAR) {
      const near = seenPart();
      const seen = state.ranked.filter((box) => near(box) && !state.hidden.has(box.id) && !state.faded.has(box.id));
      const first = [state.selected, state.active, state.hovered].map((id) => state.boxes.get(id)).filter(Boolean);
      const gapColour = (box) =>
        !box.heading && box.rung === 0 && state.layers.gaps ? state.themes.get(box.theme)[state.look.name] : null;
      const flag = ({ id }) => flagOf(id, state.overlay?.boxes);
      drawFarLabels(ctx, [...themeNames(scale, seen), ...new Set([...first, ...seen])], state.look, scale, { gapColour, flag, edges: edgesShown() });
    }
    ctx.globalAlpha = 1;
  }

  // On a large map the eye needs the themes first: their names, where most of each lies.
  function themeNames(scale, seen) {
    if (state.boxes.size < MANY_BOXES || scale > THEMES_BELOW) return [];
    return [...state.themes.values()].flatMap((theme) => {
      const own = seen.filter((box) => box.theme === theme.key);
      return own.length < 3 ? [] : [{ ...middleOf(own), lines: [theme.name], heading: true }];
    });
  }

  function edgesShown() {
    const { clientWidth: wide, clientHeight: high } = canvas;
    const [from, to] = [network().DOMtoCanvas({ x: 4, y: 0 }), network().DOMtoCanvas({ x: wide - 4, y: high })];
    return [from.x, to.x];
  }

  // The small flag of something that a comparison found: its own words, or those of its kind.
  function flagOf(key, kinds) {
    const kind = kinds?.[key];
    return kind ? state.overlay.flags?.[key] ?? state.overlay.short[kind] : "";
  }

  function onBox({ x, y }) {
    return [...state.boxes.values()].some((box) => Math.abs(x - box.x) < box.width / 2 && Math.abs(y - box.y) < box.height / 2);
  }

  function drawFlags(ctx, scale, near) {
    const { boxes, lines } = state.overlay;
    for (const [key, kind] of Object.entries(lines)) {
      const line = state.lines.get(key);
      const words = flagOf(key, lines);
      if (!words || !line || state.hidden.has(key)) continue;
      const at = pointOn(curveOf(key, line), 0.5);
      if (near(at) && !onBox(at)) drawFlag(ctx, at, words, changeColour(kind, state.look), state.look);
    }
    if (scale < FAR) return;
    for (const [id, kind] of Object.entries(boxes)) {
      const box = state.boxes.get(id);
      if (!box || !flagOf(id, boxes) || state.hidden.has(id) || !near(box)) continue;
      drawFlag(ctx, { x: box.x + 6, y: box.y - box.height / 2 - 5 }, flagOf(id, boxes), changeColour(kind, state.look), state.look);
    }
  }

  return { behind, inFront };
}
