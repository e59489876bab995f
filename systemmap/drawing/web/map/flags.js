// @ts-check
/** The small flag beside what a comparison found. */

/** @import { Look, Point } from "./types.js" */

import { FONT } from "./link_marks.js";
import { roundedBox } from "./rounded_box.js";

/** A small flag with a word, beside what a comparison found.
 * @param {CanvasRenderingContext2D} ctx @param {Point} at its middle
 * @param {string} words @param {string} colour @param {Look} look */
export function drawFlag(ctx, at, words, colour, look) {
  ctx.globalAlpha = 1;
  ctx.font = `600 9px ${FONT}`;
  const wide = ctx.measureText(words).width + 10;
  roundedBox(ctx, at.x - wide / 2, at.y - 7, wide, 14, 3);
  ctx.fillStyle = colour;
  ctx.fill();
  ctx.strokeStyle = look.ground;
  ctx.lineWidth = 1.2;
  ctx.stroke();
  ctx.fillStyle = look.paper;
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  ctx.fillText(words, at.x, at.y + 0.5);
}
