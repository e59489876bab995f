// @ts-check
/** Names from afar: over the boxes instead of in them, as many as fit. */

/** @import { Look } from "./types.js" */

import { FONT } from "./link_marks.js";
import { roundedBox } from "./rounded_box.js";

const HEADING = 1.3; // times the size of other names from afar: those of themes
export const MOST_NAMES = 220; // candidates for names from afar; more would not fit any screen

/** @typedef {{x: number, y: number, wide: number, high: number}} Plate half its width and height */

/**
 * @typedef {object} FarName a name to be written from afar
 * @property {string} [id] none = the name of a theme
 * @property {number} x
 * @property {number} y
 * @property {string[]} lines
 * @property {boolean} [heading] the name of a theme
 * @property {{colour: string, fill: string}} [plate] the box it stands in
 * @property {string | null} [gap] the outline of a factor with no action listed
 * @property {string} [flag] what a comparison says of it
 */

/** @type {Record<string, WeakMap<string[], number>>} */
const widths = { 400: new WeakMap(), 600: new WeakMap() }; // of names, in letters one unit high

/** How wide a name is, in the letters that are set. @param {CanvasRenderingContext2D} ctx
 * @param {string[]} lines @param {string} weight @param {number} size */
function wideOf(ctx, lines, weight, size) {
  const known = widths[weight].get(lines);
  if (known !== undefined) return known * size;
  const wide = Math.max(...lines.map((line) => ctx.measureText(line).width));
  if (document.fonts.status === "loaded") widths[weight].set(lines, wide / size);
  return wide;
}

/** @param {CanvasRenderingContext2D} ctx @param {Plate & {colour: string}} plate
 * @param {Look} look @param {number} scale */
function drawFarGap(ctx, { x, y, wide, high, colour }, look, scale) {
  roundedBox(ctx, x - wide, y - high, 2 * wide, 2 * high, 5 / scale);
  ctx.fillStyle = look.paper;
  ctx.fill();
  ctx.strokeStyle = colour;
  ctx.lineWidth = 2.2 / scale;
  ctx.lineCap = "round";
  ctx.setLineDash([0.1 / scale, 4 / scale]);
  ctx.stroke();
  ctx.setLineDash([]);
  ctx.lineCap = "butt";
}

/** A name from afar stands in its box, as it does close by.
 * @param {CanvasRenderingContext2D} ctx @param {Plate & {colour: string, fill: string}} plate
 * @param {number} scale */
function drawPlate(ctx, { x, y, wide, high, colour, fill }, scale) {
  roundedBox(ctx, x - wide, y - high, 2 * wide, 2 * high, 5 / scale);
  ctx.fillStyle = fill;
  ctx.fill();
  ctx.strokeStyle = colour;
  ctx.lineWidth = 1.4 / scale;
  ctx.stroke();
}

/** From afar, write as many names as fit, the most linked first, at reading size.
 * @param {CanvasRenderingContext2D} ctx @param {FarName[]} names in order of importance
 * @param {Look} look @param {number} scale of the drawing on screen
 * @param {[number, number]} edges the sides of the screen, inside which every name stays
 * @returns {number} how many were written */
export function drawFarNames(ctx, names, look, scale, edges = [-Infinity, Infinity]) {
  const [size, leading] = [12 / scale, 13.5 / scale];
  /** @type {Plate[]} */
  const taken = [];
  const heavy = Math.max(8, Math.ceil(names.length / 8));
  ctx.globalAlpha = 1;
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  ctx.lineJoin = "round";
  names.forEach((box, rank) => {
    const weight = box.heading || rank < heavy ? "600" : "400";
    const tall = box.heading ? HEADING * size : size;
    ctx.font = `${weight} ${tall}px ${FONT}`;
    const lines = box.flag ? [...box.lines, `(${box.flag})`] : box.lines;
    const wide = wideOf(ctx, lines, weight, tall) / 2 + 7 / scale;
    const high = ((box.heading ? HEADING : 1) * leading * lines.length) / 2 + 3 / scale;
    const [x, y] = [Math.max(edges[0] + wide, Math.min(edges[1] - wide, box.x)), box.y];
    const clear = taken.every(
      (other) =>
        Math.abs(other.x - x) > other.wide + wide ||
        Math.abs(other.y - y) > other.high + high,
    );
    if (!clear) return;
    taken.push({ x, y, wide, high });
    if (box.gap) drawFarGap(ctx, { x, y, wide, high, colour: box.gap }, look, scale);
    else if (box.plate) drawPlate(ctx, { x, y, wide, high, ...box.plate }, scale);
    lines.forEach((line, at) => {
      const base = y + leading * (at - (lines.length - 1) / 2);
      if (!box.gap && !box.plate) {
        // in a box it stands clear without
        ctx.strokeStyle = look.ground;
        ctx.lineWidth = (box.heading ? 6 : 4) / scale;
        ctx.strokeText(line, x, base);
      }
      ctx.fillStyle = look.ink;
      ctx.fillText(line, x, base);
    });
  });
  return taken.length;
}
