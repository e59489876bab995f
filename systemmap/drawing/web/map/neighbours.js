// @ts-check
/** What leads to a factor and what it leads to: plain functions over links. */

/** @import { Degree, Line, Point, Way } from "./types.js" */

/** A number as it is read: 1,000. @param {number} number */
export function numberWords(number) {
  return number.toLocaleString("en-GB");
}

/** Factors within some steps of a start, with their distance.
 * @param {Line[]} lines @param {string} start
 * @param {Way} way @param {number} steps
 * @returns {Map<string, number>} distance by factor id, the start at 0 */
export function within(lines, start, way, steps) {
  const found = new Map([[start, 0]]);
  if (way !== "effects") spread(lines, start, steps, found, "target", "source");
  if (way !== "causes") spread(lines, start, steps, found, "source", "target");
  return found;
}

/** @param {Line[]} lines @param {string} start @param {number} steps
 * @param {Map<string, number>} found @param {"source" | "target"} here
 * @param {"source" | "target"} there */
function spread(lines, start, steps, found, here, there) {
  /** @type {Map<string, string[]>} */
  const next = new Map();
  for (const line of lines) {
    const known = next.get(line[here]);
    if (known) known.push(line[there]);
    else next.set(line[here], [line[there]]);
  }
  const seen = new Set([start]);
  let front = [start];
  for (let step = 1; step <= steps; step += 1) {
    const reached = [];
    for (const id of front) {
      for (const other of next.get(id) ?? []) {
        if (seen.has(other)) continue;
        seen.add(other);
        reached.push(other);
        if (!found.has(other)) found.set(other, step);
      }
    }
    front = reached;
  }
}

/** Number of links in and out of each factor, in one pass.
 * @param {Line[]} lines @returns {Map<string, Degree>} */
export function degrees(lines) {
  /** @type {Map<string, Degree>} */
  const counts = new Map();
  /** @param {string} id */
  const at = (id) => {
    const count = counts.get(id) ?? { into: 0, out: 0 };
    counts.set(id, count);
    return count;
  };
  for (const line of lines) {
    at(line.source).out += 1;
    at(line.target).into += 1;
  }
  return counts;
}

/** One link as a sentence.
 * @param {Pick<Line, "source" | "target" | "style" | "slow">} line
 * @param {(id: string) => string} name */
export function linkSentence(line, name) {
  const [a, b] = [name(line.source), name(line.target)];
  const slowly = line.slow ? ", slowly" : "";
  if (line.style === "more") return `More “${a}” leads to more “${b}”${slowly}.`;
  if (line.style === "less") return `More “${a}” leads to less “${b}”${slowly}.`;
  if (line.style === "disputed")
    return `“${a}” changes “${b}”${slowly}; tables disagree about the direction.`;
  return `“${a}” changes “${b}”${slowly}; the direction is not agreed.`;
}

/** "3 links in, 1 link out". @param {Degree | undefined} count */
export function countWords(count) {
  /** @param {number} n @param {string} way */
  const say = (n, way) => `${n} ${n === 1 ? "link" : "links"} ${way}`;
  return `${say(count?.into ?? 0, "in")}, ${say(count?.out ?? 0, "out")}`;
}

/** The middle of some boxes. @param {Point[]} boxes @returns {Point} */
export function middleOf(boxes) {
  const sum = { x: 0, y: 0 };
  for (const { x, y } of boxes) {
    sum.x += x;
    sum.y += y;
  }
  return { x: sum.x / boxes.length, y: sum.y / boxes.length };
}
