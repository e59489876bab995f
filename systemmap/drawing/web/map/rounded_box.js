// @ts-check
/** A box with round corners, begun as a path. */

/** @param {CanvasRenderingContext2D} ctx @param {number} x @param {number} y
 * @param {number} width @param {number} height @param {number} radius */
export function roundedBox(ctx, x, y, width, height, radius) {
  ctx.beginPath();
  ctx.roundRect(x, y, width, height, radius);
}
