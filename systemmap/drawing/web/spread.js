/** Room for names: the same arrangement, drawn together until every box can be read at once. */

const MOST = 80; // more boxes than this never fit one screen in letters people can read
const CLEAR = 9; // drawing units between two boxes
const TURNS = 400;

/** @typedef {{id: string, x: number, y: number, width: number, height: number}} Box */

/** Places inside a frame that keep the arrangement and let no two boxes overlap.
 * @param {Box[]} boxes where they are stored @param {number} wide @param {number} high of the frame
 * @returns {{places: Map<string, {x: number, y: number}>, across: number, down: number} | null}
 *   `across` and `down` say how much nearer together things lie; null = they do not all fit */
export function roomForNames(boxes, wide, high) {
  if (boxes.length < 2 || boxes.length > MOST) return null;
  const filled = boxes.reduce((sum, box) => sum + (box.width + CLEAR) * (box.height + CLEAR), 0);
  if (filled > 0.62 * wide * high) return null;
  const across = squeeze(boxes, "x", "width", wide);
  const down = squeeze(boxes, "y", "height", high);
  const places = boxes.map((box) => ({ ...box, x: box.x * across.by + across.shift, y: box.y * down.by + down.shift }));
  for (let turn = 0; turn < TURNS; turn += 1) {
    if (!pushApart(places)) break;
    for (const box of places) {
      box.x = Math.min(wide / 2 - box.width / 2, Math.max(box.width / 2 - wide / 2, box.x));
      box.y = Math.min(high / 2 - box.height / 2, Math.max(box.height / 2 - high / 2, box.y));
    }
  }
  if (places.some((one, at) => places.slice(at + 1).some((other) => overlap(one, other, 1)))) return null;
  return { places: new Map(places.map((box) => [box.id, { x: box.x, y: box.y }])), across: across.by, down: down.by };
}

function squeeze(boxes, axis, size, room) {
  const low = Math.min(...boxes.map((box) => box[axis]));
  const high = Math.max(...boxes.map((box) => box[axis]));
  const edge = Math.max(...boxes.map((box) => box[size]));
  const by = Math.max(room - edge, 1) / Math.max(high - low, 1);
  return { by, shift: (-by * (low + high)) / 2 };
}

function overlap(one, other, clear) {
  const x = (one.width + other.width) / 2 + clear - Math.abs(one.x - other.x);
  const y = (one.height + other.height) / 2 + clear - Math.abs(one.y - other.y);
  return x > 0 && y > 0 ? { x, y } : null;
}

function pushApart(places) {
  let moved = false;
  for (let at = 0; at < places.length; at += 1) {
    for (let next = at + 1; next < places.length; next += 1) {
      const [one, other] = [places[at], places[next]];
      const over = overlap(one, other, CLEAR);
      if (!over) continue;
      moved = true;
      const axis = over.x < over.y ? "x" : "y";
      const way = one[axis] <= other[axis] ? 0.5 : -0.5;
      one[axis] -= way * over[axis];
      other[axis] += way * over[axis];
    }
  }
  return moved;
}
