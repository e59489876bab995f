// @ts-check
/** What lies behind the boxes: the grounds of themes, their names, the tray. */

/** @import { Frame, Look, ThemeName, Tray } from "./types.js" */

import { FONT } from "./link_marks.js";
import { roundedBox } from "./rounded_box.js";

const TRAY_CORNER = 6;

/** The pale ground round some boxes, as one flat patch.
 * @param {Frame[]} boxes @param {number} halo @returns {Path2D} */
export function washOf(boxes, halo = 9) {
  const path = new Path2D();
  for (const box of boxes) {
    const [wide, high] = [box.width / 2 + halo, box.height / 2 + halo];
    path.roundRect(box.x - wide, box.y - high, 2 * wide, 2 * high, halo - 2);
  }
  return path;
}

/** A ground as Python made it. @param {number[][]} polygons x, y, x, y … @returns {Path2D} */
export function groundOf(polygons) {
  const path = new Path2D();
  for (const corners of polygons) {
    path.moveTo(corners[0], corners[1]);
    for (let at = 2; at < corners.length; at += 2)
      path.lineTo(corners[at], corners[at + 1]);
    path.closePath();
  }
  return path;
}

/** A theme's name on its ground. @param {CanvasRenderingContext2D} ctx
 * @param {ThemeName} name @param {string} colour @param {string} ground */
export function drawThemeName(ctx, name, colour, ground) {
  ctx.font = `600 14px ${FONT}`;
  ctx.textAlign = "center";
  ctx.textBaseline = "alphabetic";
  ctx.lineWidth = 4;
  ctx.lineJoin = "round";
  const top = name.y - (15 * (name.lines.length - 1)) / 2 + 4.8;
  name.lines.forEach((line, at) => {
    ctx.strokeStyle = ground;
    ctx.strokeText(line, name.x, top + 15 * at);
    ctx.fillStyle = colour;
    ctx.fillText(line, name.x, top + 15 * at);
  });
}

/** The frame round causes that nothing links yet, with its words.
 * @param {CanvasRenderingContext2D} ctx @param {Tray} tray @param {string} words @param {Look} look */
export function drawTray(ctx, [left, top, wide, high], words, look) {
  roundedBox(ctx, left, top, wide, high, TRAY_CORNER);
  ctx.fillStyle = look.paper;
  ctx.fill();
  ctx.strokeStyle = look.border;
  ctx.lineWidth = 0.8;
  ctx.setLineDash([2, 3]);
  ctx.stroke();
  ctx.setLineDash([]);
  ctx.font = `600 12px ${FONT}`;
  ctx.textAlign = "left";
  ctx.textBaseline = "alphabetic";
  ctx.fillStyle = look.quiet;
  ctx.fillText(words, left + 2, top - 5);
}
