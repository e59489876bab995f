// @ts-check
/** Links on a canvas: line, head, sign and the mark of a slow one; the twin of marks.py. */

/** @import { Line, Look, Point, Route, Stroke } from "./types.js" */

import { beside, pointOn, trace } from "./link_routes.js";

export const FONT =
  "'Source Sans 3','Source Sans Pro','Source Sans','Segoe UI',system-ui,sans-serif";
const HEAD = 7.5;
const TWIN = 1.6;

/** Draw a link's line and head. @param {CanvasRenderingContext2D} ctx
 * @param {Route} route @param {Stroke} stroke */
export function drawLink(ctx, route, stroke) {
  ctx.globalAlpha = 1;
  ctx.strokeStyle = ctx.fillStyle = stroke.colour;
  ctx.lineWidth = stroke.twin ? 0.8 : stroke.width;
  ctx.lineCap = "butt";
  ctx.setLineDash(stroke.dash);
  ctx.beginPath();
  for (const way of stroke.twin ? [beside(route, -TWIN), beside(route, TWIN)] : [route])
    trace(ctx, way);
  ctx.stroke();
  ctx.setLineDash([]);
  if (stroke.directed) drawHead(ctx, route, stroke);
}

/** @param {CanvasRenderingContext2D} ctx @param {Route} route @param {Stroke} stroke */
function drawHead(ctx, route, { width, open }) {
  const { x, y, way } = pointOn(route, 1);
  const size = HEAD + width;
  /** @param {number} turn @returns {[number, number]} */
  const wing = (turn) => [
    x - size * Math.cos(way + turn),
    y - size * Math.sin(way + turn),
  ];
  ctx.beginPath();
  ctx.moveTo(...wing(-0.42));
  ctx.lineTo(x, y);
  ctx.lineTo(...wing(0.42));
  if (open) {
    ctx.lineWidth = Math.max(1.1, width * 0.9);
    ctx.lineJoin = "round";
    ctx.stroke();
  } else ctx.fill();
}

/** Draw the small sign of a link on its line. @param {CanvasRenderingContext2D} ctx
 * @param {Point} at @param {string} sign @param {string} colour @param {Look} look */
export function drawSign(ctx, at, sign, colour, look) {
  ctx.font = `600 10.5px ${FONT}`;
  ctx.textAlign = "center";
  ctx.textBaseline = "alphabetic";
  ctx.lineWidth = 2.5;
  ctx.lineJoin = "round";
  ctx.strokeStyle = look.ground;
  ctx.strokeText(sign, at.x, at.y + 3.4);
  ctx.fillStyle = colour;
  ctx.fillText(sign, at.x, at.y + 3.4);
}

/** Draw the double stroke of a slow link, in its middle, clear of its sign.
 * @param {CanvasRenderingContext2D} ctx @param {Route} route @param {string} colour
 * @param {Point | null} sign */
export function drawSlow(ctx, route, colour, sign) {
  const tried = [0.5, 0.4, 0.6, 0.3, 0.2].map((share) => pointOn(route, share));
  const at =
    tried.find(({ x, y }) => !sign || Math.hypot(x - sign.x, y - sign.y) > 13) ??
    tried[0];
  ctx.strokeStyle = colour;
  ctx.lineWidth = 1.4;
  for (const shift of [-2.2, 2.2]) {
    const [x, y] = [at.x + shift * Math.cos(at.way), at.y + shift * Math.sin(at.way)];
    const [dx, dy] = [-Math.sin(at.way) * 6, Math.cos(at.way) * 6];
    ctx.beginPath();
    ctx.moveTo(x - dx, y - dy);
    ctx.lineTo(x + dx, y + dy);
    ctx.stroke();
  }
}

/** Where a link's sign stands: as placed, while the line runs as routed; else near its head.
 * @param {Line} line @param {Route} route @returns {Point} */
export function signSpot(line, route) {
  if (line.sign && route === line.route) return { x: line.sign[0], y: line.sign[1] };
  const length = Math.hypot(
    route[route.length - 2] - route[0],
    route[route.length - 1] - route[1],
  );
  return pointOn(route, Math.max(0.55, 1 - 19 / Math.max(length, 1)));
}
