// @ts-check
/** A large map from afar: themes and what runs between them; one opens, the rest stands back. */

/** @import { Box, Line, Look, MapState, Point } from "./types.js" */

import { blend } from "./colours.js";

const SINGLE_LINES = 400; // links beyond which single ones cannot be followed from afar
const WIDEST = 14; // pixels: the band between the two themes that most links join
const LEAST = 0.04; // share of the most links below which a band says nothing

/** Whether single links give way to bands between themes.
 * @param {MapState} state @param {boolean} far names are written over the boxes */
export function isOverview(state, far) {
  return far && state.lines.size > SINGLE_LINES && state.themes.size > 1;
}

/** What stays while a theme is open: its causes, and the links among them.
 * @param {MapState} state @param {string} theme @returns {Set<string>} ids and keys */
export function insideTheme(state, theme) {
  const kept = new Set(
    [...state.boxes.values()].filter((box) => box.theme === theme).map(({ id }) => id),
  );
  for (const [key, { source, target }] of state.lines)
    if (kept.has(source) && kept.has(target)) kept.add(key);
  return kept;
}

/** How many links join each two themes. @param {MapState} state
 * @returns {{one: string, two: string, count: number}[]} the most links first */
export function bandsOf(state) {
  /** @type {Map<string, {one: string, two: string, count: number}>} */
  const found = new Map();
  for (const [key, { source, target }] of state.lines) {
    if (state.hidden.has(key) || state.faded.has(key)) continue;
    const ends = [source, target].map((id) => state.boxes.get(id)?.theme ?? "");
    const [one, two] = ends.sort();
    if (one === two) continue;
    const band = found.get(`${one}/${two}`) ?? { one, two, count: 0 };
    band.count += 1;
    found.set(`${one}/${two}`, band);
  }
  return [...found.values()].sort((a, b) => b.count - a.count);
}

/** Draw the bands between themes, as wide as they hold links.
 * @param {CanvasRenderingContext2D} ctx @param {MapState} state
 * @param {(theme: string) => Point | null} middle of a theme
 * @param {Look} look @param {number} scale of the drawing on screen */
export function drawBands(ctx, state, middle, look, scale) {
  state.bands ??= bandsOf(state);
  const { bands } = state;
  const most = bands[0]?.count ?? 1;
  ctx.setLineDash([]);
  ctx.lineCap = "round";
  for (const { one, two, count } of bands) {
    const [from, to] = [middle(one), middle(two)];
    if (!from || !to || count < LEAST * most) continue;
    ctx.strokeStyle = blend(look.border, look.ground, 0.3);
    ctx.lineWidth = Math.max(1.5, (WIDEST * count) / most) / scale;
    ctx.beginPath();
    ctx.moveTo(from.x, from.y);
    ctx.lineTo(to.x, to.y);
    ctx.stroke();
  }
  ctx.lineCap = "butt";
}
