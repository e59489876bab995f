/** Where a link leaves one box, bends, and meets the other: the twin of geometry.py. */

/** @typedef {{x: number, y: number}} Point */
/** @typedef {{x: number, y: number, width: number, height: number}} Frame */
/** @typedef {{start: Point, via: Point, end: Point}} Curve */

export const BEND = 0.12;
const TIP_GAP = 1.5;

/** The point a link bends towards (the engine's own "curvedCW").
 * @param {Point} from @param {Point} to @returns {Point} */
export function bendPoint(from, to) {
  const across = to.x - from.x;
  const up = from.y - to.y;
  const half = 0.5 * BEND + 0.5;
  const angle = Math.atan2(up, across) + half * Math.PI;
  const reach = half * Math.hypot(across, up);
  return { x: from.x + reach * Math.sin(angle), y: from.y + reach * Math.cos(angle) };
}

/** @param {Curve} curve @param {number} share @returns {Point} */
export function pointOn(curve, share) {
  const rest = 1 - share;
  const [a, b, c] = [rest * rest, 2 * rest * share, share * share];
  return {
    x: a * curve.start.x + b * curve.via.x + c * curve.end.x,
    y: a * curve.start.y + b * curve.via.y + c * curve.end.y,
  };
}

/** Direction of travel, in radians. @param {Curve} curve @param {number} share */
export function headingOn(curve, share) {
  const rest = 1 - share;
  const dx = rest * (curve.via.x - curve.start.x) + share * (curve.end.x - curve.via.x);
  const dy = rest * (curve.via.y - curve.start.y) + share * (curve.end.y - curve.via.y);
  return Math.atan2(dy, dx);
}

/** The visible part of the curve between two boxes.
 * @param {Frame} from @param {Frame} to @returns {Curve} */
export function curveBetween(from, to) {
  const whole = { start: from, via: bendPoint(from, to), end: to };
  const leave = borderShare(whole, from, true);
  const arrive = borderShare(whole, to, false);
  if (leave >= arrive) return whole;
  const blend = (axis) =>
    (1 - leave) * (1 - arrive) * whole.start[axis] +
    (leave + arrive - 2 * leave * arrive) * whole.via[axis] +
    leave * arrive * whole.end[axis];
  return {
    start: pointOn(whole, leave),
    via: { x: blend("x"), y: blend("y") },
    end: pointOn(whole, arrive),
  };
}

function borderShare(curve, box, leaving) {
  let [low, high] = [0, 1];
  for (let round = 0; round < 20; round += 1) {
    const middle = (low + high) / 2;
    const at = pointOn(curve, middle);
    const inside =
      Math.abs(at.x - box.x) < box.width / 2 + TIP_GAP &&
      Math.abs(at.y - box.y) < box.height / 2 + TIP_GAP;
    if (inside === leaving) low = middle;
    else high = middle;
  }
  return leaving ? high : low;
}
