// @ts-check
/** Drawing behind and in front of what the engine draws: grounds, marks, flags, names from afar. */

/** @import { Network } from "./engine.js" */
/** @import { FarName } from "./far_names.js" */
/** @import { Box, ChangeKind, Frame, Line, Looks, MapState, Overlay, Point, Route, Theme, ThemeName } from "./types.js" */

import { blend, changeColour } from "./colours.js";
import { drawFarNames, MOST_NAMES } from "./far_names.js";
import { drawFlag } from "./flags.js";
import { drawThemeName, drawTray, groundOf, washOf } from "./grounds.js";
import { drawLink, drawSign, drawSlow, signSpot } from "./link_marks.js";
import { pointOn, routeOf } from "./link_routes.js";
import { middleOf, numberWords } from "./neighbours.js";
import { drawBands, isOverview } from "./overview.js";
import { recedes } from "./shown_part.js";

export const FAR = 0.6; // below this scale names are written over the boxes instead of in them
export const MARKS_FROM = 0.5; // signs and delay marks appear from this scale on
const HEADED = 3; // boxes of a theme in sight from which it is named from afar

/** @typedef {ReturnType<typeof createPainter>} MapPainter */
/** @typedef {(at: Point) => boolean} Near whether a point lies in, or close to, what the screen shows */

/** @param {MapState} state @param {Looks} looks @param {HTMLElement} canvas
 * @param {() => Network} network of the engine */
export function createPainter(state, looks, canvas, network) {
  const { shares } = looks;

  /** Where a box is now: the engine knows while it is dragged.
   * @param {string} id @returns {Frame} */
  function frameOf(id) {
    const box = state.boxes.get(id) ?? { x: 0, y: 0, width: 0, height: 0 };
    const node = state.dragging ? network().body.nodes[id] : null;
    return node ? { ...box, x: node.x, y: node.y } : box;
  }

  /** The way of a link as it is drawn now. @param {string} key @returns {Route} */
  function curveOf(key) {
    const known = state.curves.get(key);
    if (known) return known;
    const line = state.lines.get(key);
    if (!line) return [0, 0, 0, 0, 0, 0];
    const route = routeOf(line, frameOf(line.source), frameOf(line.target));
    state.curves.set(key, route);
    return route;
  }

  /** One link, drawn in place of the engine's.
   * @param {CanvasRenderingContext2D} ctx @param {string} key */
  function link(ctx, key) {
    const stroke = state.strokes.get(key);
    if (!stroke || !state.lines.has(key) || state.hidden.has(key)) return;
    if (inOverview() && !state.beside?.has(key) && !state.told && !state.overlay)
      return;
    drawLink(ctx, curveOf(key), stroke);
  }

  function inOverview() {
    return isOverview(state, network().getScale() < FAR);
  }

  /** @param {string} id */
  function shown(id) {
    return !state.hidden.has(id) && !state.faded.has(id);
  }

  /** Whether everything of a theme stands where it stood when Python made its ground.
   * @param {Box[]} own */
  function asMade(own) {
    const { at = {} } = state.scene;
    return own.every(
      ({ id, x, y }) =>
        at[id] && Math.abs(at[id][0] - x) < 0.5 && Math.abs(at[id][1] - y) < 0.5,
    );
  }

  /** @param {Theme} theme @returns {Path2D} */
  function groundFor(theme) {
    const known = state.washes.get(theme.key);
    if (known) return known;
    const own = [...state.boxes.values()].filter((box) => box.theme === theme.key);
    const seen = own.filter(({ id }) => shown(id));
    const made = state.scene.grounds?.[theme.key];
    const whole = made && seen.length === own.length && asMade(own);
    const ground = whole ? groundOf(made) : washOf(seen);
    state.washes.set(theme.key, ground);
    return ground;
  }

  /** The pale grounds of the themes, and the tray of what nothing links.
   * @param {CanvasRenderingContext2D} ctx */
  function behind(ctx) {
    ctx.globalAlpha = 1;
    const loose = !state.hidden.size && asMade([...state.boxes.values()]);
    for (const tray of loose ? (state.scene.trays ?? []) : []) {
      drawTray(ctx, tray, state.scene.tray_words ?? "", state.look);
    }
    for (const theme of state.themes.values()) {
      if (theme.dashed) continue;
      ctx.fillStyle = blend(theme[state.look.name], state.look.ground, shares.ground);
      ctx.fill(groundFor(theme));
    }
    if (inOverview() && !state.beside && !state.told && !state.overlay)
      drawBands(ctx, state, middleOfTheme, state.look, network().getScale());
  }

  /** @param {string} key @returns {Point | null} */
  function middleOfTheme(key) {
    const placed = state.scene.names?.find(({ theme }) => theme === key);
    if (placed) return placed;
    const own = [...state.boxes.values()].filter(({ theme }) => theme === key);
    return own.length ? middleOf(own) : null;
  }

  /** The names of themes in sight, with where they stand. @returns {ThemeName[]} */
  function namesShown() {
    const seen = new Set(
      [...state.boxes.values()].filter(({ id }) => shown(id)).map((box) => box.theme),
    );
    return (state.scene.names ?? []).filter(({ theme }) => seen.has(theme));
  }

  /** @param {CanvasRenderingContext2D} ctx */
  function drawNames(ctx) {
    for (const name of namesShown()) {
      const theme = state.themes.get(name.theme);
      if (!theme) continue;
      const colour = theme[state.look.name];
      const ground = blend(colour, state.look.ground, shares.ground);
      drawThemeName(ctx, name, blend(colour, state.look.ink, shares.name), ground);
    }
  }

  /** @returns {Near} */
  function seenPart() {
    const { clientWidth: wide, clientHeight: high } = canvas;
    const from = network().DOMtoCanvas({ x: -150, y: -100 });
    const to = network().DOMtoCanvas({ x: wide + 150, y: high + 100 });
    return ({ x, y }) => x > from.x && x < to.x && y > from.y && y < to.y;
  }

  /** Marks belong to lines, which pass behind boxes. @param {Near} near */
  function outsideBoxes(near) {
    const path = new Path2D();
    path.rect(-1e6, -1e6, 2e6, 2e6);
    for (const { id, x, y, width, height } of state.boxes.values()) {
      if (near({ x, y }) && !state.hidden.has(id)) {
        path.rect(x - width / 2, y - height / 2, width, height);
      }
    }
    return path;
  }

  /** Marks on links, flags, and names from afar. @param {CanvasRenderingContext2D} ctx */
  function inFront(ctx) {
    const scale = network().getScale();
    const near = seenPart();
    if (scale >= MARKS_FROM && !state.dragging) {
      ctx.save();
      ctx.clip(outsideBoxes(near), "evenodd");
      if (scale >= FAR) drawNames(ctx);
      for (const [key, line] of state.lines) drawMarks(ctx, key, line, near);
      ctx.restore();
      if (state.overlay) drawFlags(ctx, state.overlay, scale, near);
    }
    if (scale < FAR) {
      drawFarNames(ctx, farNames(near), state.look, scale, edgesShown());
    }
    ctx.globalAlpha = 1;
  }

  /** A link's sign, and its stroke where it is slow.
   * @param {CanvasRenderingContext2D} ctx @param {string} key @param {Line} line
   * @param {Near} near */
  function drawMarks(ctx, key, line, near) {
    if (state.hidden.has(key)) return;
    const route = curveOf(key);
    const at = signSpot(line, route);
    if (!near(at) && !line.slow) return;
    const style = looks.links[line.style];
    const colour = style[state.look.name];
    ctx.globalAlpha = state.faded.has(key) || recedes(state, key) ? 0.18 : 1;
    if (line.slow) drawSlow(ctx, route, colour, at);
    drawSign(ctx, at, style.sign, colour, state.look);
  }

  /** The names to write from afar: themes, what is chosen, then the most linked.
   * @param {Near} near @returns {FarName[]} */
  function farNames(near) {
    const seen = state.ranked.filter(
      (box) => near(box) && shown(box.id) && !recedes(state, box.id),
    );
    const first = [state.selected, state.active, state.hovered].flatMap(
      (id) => state.boxes.get(id ?? "") ?? [],
    );
    const some = [...new Set([...first, ...seen])].slice(0, MOST_NAMES);
    const boxes = some.map((box) => {
      const colour = colourOf(box);
      const fill = blend(colour, state.look.paper, shares.fill);
      const gap = box.rung === 0 && state.layers.gaps ? colour : null;
      const flag = flagOf(box.id, state.overlay?.boxes);
      return { ...box, plate: { colour, fill }, gap, flag };
    });
    return [...themeNames(seen), ...boxes];
  }

  /** @param {Box} box */
  function colourOf(box) {
    return state.themes.get(box.theme)?.[state.look.name] ?? state.look.border;
  }

  /** From afar the eye needs the themes first: their names, where most of each lies.
   * @param {Box[]} seen @returns {FarName[]} */
  function themeNames(seen) {
    return [...state.themes.values()].flatMap((theme) => {
      const own = seen.filter((box) => box.theme === theme.key);
      if (theme.dashed || own.length < HEADED) return [];
      const { x, y } = middleOfTheme(theme.key) ?? own[0];
      const lines = inOverview()
        ? [theme.name, `${numberWords(own.length)} causes`]
        : [theme.name];
      return [{ x, y, lines, heading: true }];
    });
  }

  /** @returns {[number, number]} */
  function edgesShown() {
    const { clientWidth: wide } = canvas;
    const from = network().DOMtoCanvas({ x: 4, y: 0 });
    const to = network().DOMtoCanvas({ x: wide - 4, y: 0 });
    return [from.x, to.x];
  }

  /** The small flag of something that a comparison found: its own words, or those of its kind.
   * @param {string} key @param {Record<string, ChangeKind> | undefined} kinds */
  function flagOf(key, kinds) {
    const kind = kinds?.[key];
    return kind
      ? (state.overlay?.flags?.[key] ?? state.overlay?.short[kind] ?? "")
      : "";
  }

  /** @param {Point} at */
  function onBox({ x, y }) {
    return [...state.boxes.values()].some(
      (box) =>
        Math.abs(x - box.x) < box.width / 2 && Math.abs(y - box.y) < box.height / 2,
    );
  }

  /** @param {CanvasRenderingContext2D} ctx @param {Overlay} overlay
   * @param {number} scale @param {Near} near */
  function drawFlags(ctx, { boxes, lines }, scale, near) {
    /** @param {Point} at @param {string} words @param {ChangeKind} kind */
    const flag = (at, words, kind) =>
      drawFlag(ctx, at, words, changeColour(kind, state.look), state.look);
    for (const [key, kind] of Object.entries(lines)) {
      const words = flagOf(key, lines);
      if (!words || !state.lines.has(key) || state.hidden.has(key)) continue;
      const at = pointOn(curveOf(key), 0.5);
      if (near(at) && !onBox(at)) flag(at, words, kind);
    }
    if (scale < FAR) return;
    for (const [id, kind] of Object.entries(boxes)) {
      const box = state.boxes.get(id);
      const words = flagOf(id, boxes);
      if (!box || !words || state.hidden.has(id) || !near(box)) continue;
      flag({ x: box.x + 6, y: box.y - box.height / 2 - 5 }, words, kind);
    }
  }

  return { behind, inFront, link, curveOf, namesShown };
}
