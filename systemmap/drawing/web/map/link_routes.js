// @ts-check
/** The way of a link between two boxes: routes from Python, and a plain curve until they come. */

/** @import { Frame, Point, Route } from "./types.js" */

export const BEND = 0.12;
const TIP_GAP = 1.5;
const BITS = 8; // straight bits in which a curve is measured
const LOOSE = 4; // drawing units by which a route may miss a box that it was made for

/** The way a link takes: as routed, while its boxes stand where they stood; else a curve.
 * @param {{route?: Route | null}} line @param {Frame} from @param {Frame} to @returns {Route} */
export function routeOf(line, from, to) {
  const { route } = line;
  if (
    route &&
    ends(route[0], route[1], from) &&
    ends(route[route.length - 2], route[route.length - 1], to)
  )
    return route;
  return curveBetween(from, to);
}

/** Whether a point lies on a box's edge, as the end of a route to it does.
 * @param {number} x @param {number} y @param {Frame} box */
function ends(x, y, box) {
  const away = Math.max(
    Math.abs(x - box.x) - box.width / 2,
    Math.abs(y - box.y) - box.height / 2,
  );
  return Math.abs(away - TIP_GAP) < LOOSE;
}

/** The visible part of a plain curve between two boxes. @param {Frame} from @param {Frame} to @returns {Route} */
export function curveBetween(from, to) {
  const via = bendPoint(from, to);
  const whole = [from.x, from.y, via.x, via.y, to.x, to.y];
  const leave = borderShare(whole, from, true);
  const arrive = borderShare(whole, to, false);
  if (leave >= arrive) return whole;
  /** @param {number} axis */
  const blend = (axis) =>
    (1 - leave) * (1 - arrive) * whole[axis] +
    (leave + arrive - 2 * leave * arrive) * whole[2 + axis] +
    leave * arrive * whole[4 + axis];
  const [start, end] = [on(whole, 0, leave), on(whole, 0, arrive)];
  return [start.x, start.y, blend(0), blend(1), end.x, end.y];
}

/** Two links between a pair bend apart: each to its own right.
 * @param {Point} from @param {Point} to @returns {Point} */
function bendPoint(from, to) {
  const [across, up] = [to.x - from.x, from.y - to.y];
  const half = 0.5 * BEND + 0.5;
  const angle = Math.atan2(up, across) + half * Math.PI;
  const reach = half * Math.hypot(across, up);
  return { x: from.x + reach * Math.sin(angle), y: from.y + reach * Math.cos(angle) };
}

/** @param {Route} curve @param {Frame} box @param {boolean} leaving */
function borderShare(curve, box, leaving) {
  let [low, high] = [0, 1];
  for (let round = 0; round < 20; round += 1) {
    const middle = (low + high) / 2;
    const at = on(curve, 0, middle);
    const inside =
      Math.abs(at.x - box.x) < box.width / 2 + TIP_GAP &&
      Math.abs(at.y - box.y) < box.height / 2 + TIP_GAP;
    if (inside === leaving) low = middle;
    else high = middle;
  }
  return leaving ? high : low;
}

/** The point at a share of the curve that starts at an index of a route.
 * @param {Route} route @param {number} at @param {number} share @returns {Point} */
function on(route, at, share) {
  const rest = 1 - share;
  const [a, b, c] = [rest * rest, 2 * rest * share, share * share];
  return {
    x: a * route[at] + b * route[at + 2] + c * route[at + 4],
    y: a * route[at + 1] + b * route[at + 3] + c * route[at + 5],
  };
}

/** A route as straight bits. @param {Route} route @returns {Point[]} */
export function traced(route) {
  const line = [{ x: route[0], y: route[1] }];
  for (let at = 0; at + 5 < route.length; at += 4) {
    for (let step = 1; step <= BITS; step += 1) line.push(on(route, at, step / BITS));
  }
  return line;
}

/** Draw a route into a path. @param {CanvasRenderingContext2D} ctx @param {Route} route */
export function trace(ctx, route) {
  ctx.moveTo(route[0], route[1]);
  for (let at = 2; at + 3 < route.length; at += 4)
    ctx.quadraticCurveTo(route[at], route[at + 1], route[at + 2], route[at + 3]);
}

/** The point after a share of a route's length, and the direction of travel there, in radians.
 * @param {Route} route @param {number} share @returns {Point & {way: number}} */
export function pointOn(route, share) {
  const line = traced(route);
  const bits = line
    .slice(1)
    .map((to, at) => Math.hypot(to.x - line[at].x, to.y - line[at].y));
  let left = share * bits.reduce((sum, bit) => sum + bit, 0);
  let at = 0;
  while (at < bits.length - 1 && left > bits[at]) left -= bits[at++];
  const [from, to] = [line[at], line[at + 1]];
  const part = bits[at] ? left / bits[at] : 0;
  return {
    x: from.x + part * (to.x - from.x),
    y: from.y + part * (to.y - from.y),
    way: Math.atan2(to.y - from.y, to.x - from.x),
  };
}

/** A way that runs beside a route, so far to its right. @param {Route} route @param {number} away @returns {Route} */
export function beside(route, away) {
  const moved = [];
  for (let at = 0; at < route.length; at += 2) {
    const [before, after] = [Math.max(at - 2, 0), Math.min(at + 2, route.length - 2)];
    const way = Math.atan2(
      route[after + 1] - route[before + 1],
      route[after] - route[before],
    );
    moved.push(route[at] - away * Math.sin(way), route[at + 1] + away * Math.cos(way));
  }
  return moved;
}

/** How far a point lies from a route. @param {Route} route @param {Point} point */
export function distanceTo(route, { x, y }) {
  const line = traced(route);
  let least = Infinity;
  for (let at = 1; at < line.length; at += 1) {
    const [from, to] = [line[at - 1], line[at]];
    const [dx, dy] = [to.x - from.x, to.y - from.y];
    const share = Math.max(
      0,
      Math.min(1, ((x - from.x) * dx + (y - from.y) * dy) / (dx * dx + dy * dy || 1)),
    );
    least = Math.min(
      least,
      Math.hypot(x - from.x - share * dx, y - from.y - share * dy),
    );
  }
  return least;
}
