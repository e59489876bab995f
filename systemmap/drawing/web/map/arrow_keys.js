// @ts-check
/** Walking the map by keyboard: which factor lies that way. */

/** @type {Record<string, number>} */
const DIRECTIONS = {
  ArrowRight: 0,
  ArrowDown: Math.PI / 2,
  ArrowLeft: Math.PI,
  ArrowUp: -Math.PI / 2,
};

const UNLINKED = 1e6; // further than any map is wide: links lead first

/** The factor one arrow key away: along a link if one leads that way, else the nearest.
 * @param {Map<string, {id: string, x: number, y: number}>} boxes
 * @param {{source: string, target: string}[]} lines
 * @param {string | null} from @param {string} key an arrow key
 * @returns {string | null} */
export function neighbourTowards(boxes, lines, from, key) {
  const here = boxes.get(from ?? "");
  const wanted = DIRECTIONS[key];
  if (!here || wanted === undefined) return null;
  const linked = new Set();
  for (const line of lines) {
    if (line.source === from) linked.add(line.target);
    if (line.target === from) linked.add(line.source);
  }
  /** @type {string | null} */
  let best = null;
  let least = Infinity;
  for (const box of boxes.values()) {
    if (box.id === from) continue;
    const turn = Math.abs(
      angleBetween(Math.atan2(box.y - here.y, box.x - here.x), wanted),
    );
    if (turn > Math.PI / 3.4) continue;
    const away = Math.hypot(box.x - here.x, box.y - here.y) * (1 + 1.5 * turn);
    const cost = linked.has(box.id) ? away : away + UNLINKED;
    if (cost < least) [best, least] = [box.id, cost];
  }
  return best;
}

/** @param {number} one @param {number} other */
function angleBetween(one, other) {
  const turn = one - other;
  return Math.atan2(Math.sin(turn), Math.cos(turn));
}

/** The next factor whose name starts with what was typed, after the present one.
 * @param {{id: string, label: string}[]} ordered by name @param {string | null} from @param {string} typed */
export function nextByName(ordered, from, typed) {
  const start = ordered.findIndex((box) => box.id === from);
  const turn = [...ordered.slice(start + 1), ...ordered.slice(0, start + 1)];
  const wanted = typed.toLowerCase();
  return turn.find((box) => box.label.toLowerCase().startsWith(wanted))?.id ?? null;
}
