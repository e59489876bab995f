/** Drawing behind and in front of what the engine draws: grounds, marks, flags, names from afar. */

import {
  blend,
  changeColour,
  drawFarLabels,
  drawFlag,
  drawThemeName,
  drawTray,
  groundOf,
  washOf,
} from "./box_marks.js";
import { drawLink, drawSign, drawSlow, signSpot } from "./link_marks.js";
import { pointOn, routeOf } from "./link_routes.js";
import { middleOf } from "./neighbours.js";

export const FAR = 0.6; // below this scale names are written over the boxes instead of in them
export const MARKS_FROM = 0.5; // signs and delay marks appear from this scale on
const GROUND = 0.07; // share of a theme's colour in its ground
const HEADED = 3; // boxes of a theme in sight from which it is named from afar

/** @param {object} state of the map @param {object} looks @param {HTMLElement} canvas
 * @param {() => object} network of the engine */
export function createPaint(state, looks, canvas, network) {
  // Where a box is now: the engine knows while it is dragged.
  function frameOf(id) {
    const box = state.boxes.get(id);
    const node = state.dragging ? network().body.nodes[id] : null;
    return node ? { ...box, x: node.x, y: node.y } : box;
  }

  /** The way of a link as it is drawn now. @returns {import("./link_routes.js").Route} */
  function curveOf(key, line = state.lines.get(key)) {
    if (!state.curves.has(key)) {
      state.curves.set(key, routeOf(line, frameOf(line.source), frameOf(line.target)));
    }
    return state.curves.get(key);
  }

  /** One link, drawn in place of the engine's. */
  function link(ctx, key) {
    const stroke = state.strokes.get(key);
    if (stroke && state.lines.has(key) && !state.hidden.has(key))
      drawLink(ctx, curveOf(key), stroke);
  }

  // Whether everything of a theme stands where it stood when Python made its ground.
  function asMade(own) {
    const { at = {} } = state.scene;
    return own.every(
      ({ id, x, y }) =>
        at[id] && Math.abs(at[id][0] - x) < 0.5 && Math.abs(at[id][1] - y) < 0.5,
    );
  }

  function groundFor(theme) {
    const own = [...state.boxes.values()].filter((box) => box.theme === theme.key);
    const shown = own.filter(
      (box) => !state.hidden.has(box.id) && !state.faded.has(box.id),
    );
    const made = state.scene.grounds?.[theme.key];
    return made && shown.length === own.length && asMade(own)
      ? groundOf(made)
      : washOf(shown);
  }

  /** The pale grounds of the themes, and the tray of what nothing links. */
  function behind(ctx) {
    ctx.globalAlpha = 1;
    const loose = !state.hidden.size && asMade([...state.boxes.values()]);
    for (const tray of loose ? (state.scene.trays ?? []) : [])
      drawTray(ctx, tray, state.scene.tray_words, state.look);
    for (const theme of state.themes.values()) {
      if (theme.dashed) continue;
      if (!state.washes.has(theme.key)) state.washes.set(theme.key, groundFor(theme));
      ctx.fillStyle = blend(theme[state.look.name], state.look.ground, GROUND);
      ctx.fill(state.washes.get(theme.key));
    }
  }

  /** The names of themes in sight, with where they stand. */
  function namesShown() {
    return (state.scene.names ?? []).filter(({ theme }) =>
      [...state.boxes.values()].some(
        (box) =>
          box.theme === theme && !state.hidden.has(box.id) && !state.faded.has(box.id),
      ),
    );
  }

  function drawNames(ctx) {
    for (const name of namesShown()) {
      const theme = state.themes.get(name.theme);
      if (!theme) continue;
      const colour = theme[state.look.name];
      drawThemeName(
        ctx,
        name,
        blend(colour, state.look.ink, 0.5),
        blend(colour, state.look.ground, GROUND),
      );
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
      if (near(box) && !state.hidden.has(box.id))
        path.rect(box.x - box.width / 2, box.y - box.height / 2, box.width, box.height);
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
      if (scale >= FAR) drawNames(ctx);
      for (const [key, line] of state.lines) {
        if (state.hidden.has(key)) continue;
        const route = curveOf(key, line);
        const at = signSpot(line, route);
        if (!near(at) && !line.slow) continue;
        const style = looks.links[line.style];
        ctx.globalAlpha = state.faded.has(key) ? 0.18 : 1;
        if (line.slow) drawSlow(ctx, route, style[state.look.name], at);
        drawSign(ctx, at, style.sign, style[state.look.name], state.look);
      }
      ctx.restore();
      if (state.overlay) drawFlags(ctx, scale, near);
    }
    if (scale < FAR) {
      const near = seenPart();
      const seen = state.ranked.filter(
        (box) => near(box) && !state.hidden.has(box.id) && !state.faded.has(box.id),
      );
      const plate = (box) => {
        const colour = state.themes.get(box.theme)[state.look.name];
        return {
          ...box,
          plate: { colour, fill: blend(colour, state.look.paper, 0.09) },
        };
      };
      const first = [state.selected, state.active, state.hovered]
        .map((id) => state.boxes.get(id))
        .filter(Boolean);
      const gapColour = (box) =>
        !box.heading && box.rung === 0 && state.layers.gaps
          ? state.themes.get(box.theme)[state.look.name]
          : null;
      const flag = ({ id }) => flagOf(id, state.overlay?.boxes);
      drawFarLabels(
        ctx,
        [...themeNames(seen), ...[...new Set([...first, ...seen])].map(plate)],
        state.look,
        scale,
        { gapColour, flag, edges: edgesShown() },
      );
    }
    ctx.globalAlpha = 1;
  }

  // From afar the eye needs the themes first: their names, where most of each lies.
  function themeNames(seen) {
    return [...state.themes.values()].flatMap((theme) => {
      const own = seen.filter((box) => box.theme === theme.key);
      if (theme.dashed || own.length < HEADED) return [];
      const placed = state.scene.names?.find((name) => name.theme === theme.key);
      return [{ ...(placed ?? middleOf(own)), lines: [theme.name], heading: true }];
    });
  }

  function edgesShown() {
    const { clientWidth: wide, clientHeight: high } = canvas;
    const [from, to] = [
      network().DOMtoCanvas({ x: 4, y: 0 }),
      network().DOMtoCanvas({ x: wide - 4, y: high }),
    ];
    return [from.x, to.x];
  }

  // The small flag of something that a comparison found: its own words, or those of its kind.
  function flagOf(key, kinds) {
    const kind = kinds?.[key];
    return kind ? (state.overlay.flags?.[key] ?? state.overlay.short[kind]) : "";
  }

  function onBox({ x, y }) {
    return [...state.boxes.values()].some(
      (box) =>
        Math.abs(x - box.x) < box.width / 2 && Math.abs(y - box.y) < box.height / 2,
    );
  }

  function drawFlags(ctx, scale, near) {
    const { boxes, lines } = state.overlay;
    for (const [key, kind] of Object.entries(lines)) {
      const line = state.lines.get(key);
      const words = flagOf(key, lines);
      if (!words || !line || state.hidden.has(key)) continue;
      const at = pointOn(curveOf(key, line), 0.5);
      if (near(at) && !onBox(at))
        drawFlag(ctx, at, words, changeColour(kind, state.look), state.look);
    }
    if (scale < FAR) return;
    for (const [id, kind] of Object.entries(boxes)) {
      const box = state.boxes.get(id);
      if (!box || !flagOf(id, boxes) || state.hidden.has(id) || !near(box)) continue;
      drawFlag(
        ctx,
        { x: box.x + 6, y: box.y - box.height / 2 - 5 },
        flagOf(id, boxes),
        changeColour(kind, state.look),
        state.look,
      );
    }
  }

  return { behind, inFront, link, curveOf, namesShown };
}
