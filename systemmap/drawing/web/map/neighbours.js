/** What leads to a factor and what it leads to: plain functions over links. */

/** @typedef {{source: string, target: string, style: string}} Line */

/** Factors within some steps of a start, with their distance.
 * @param {Line[]} lines @param {string} start
 * @param {"causes" | "effects" | "both"} way @param {number} steps
 * @returns {Map<string, number>} distance by factor id, the start at 0 */
export function within(lines, start, way, steps) {
  const found = new Map([[start, 0]]);
  if (way !== "effects") spread(lines, start, steps, found, "target", "source");
  if (way !== "causes") spread(lines, start, steps, found, "source", "target");
  return found;
}

function spread(lines, start, steps, found, here, there) {
  const next = new Map();
  for (const line of lines) {
    if (!next.has(line[here])) next.set(line[here], []);
    next.get(line[here]).push(line[there]);
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
 * @param {Line[]} lines @returns {Map<string, {into: number, out: number}>} */
export function degrees(lines) {
  const counts = new Map();
  const at = (id) => {
    if (!counts.has(id)) counts.set(id, { into: 0, out: 0 });
    return counts.get(id);
  };
  for (const line of lines) {
    at(line.source).out += 1;
    at(line.target).into += 1;
  }
  return counts;
}

/** One link as a sentence. @param {Line} line @param {(id: string) => string} name */
export function linkSentence(line, name) {
  const [a, b] = [name(line.source), name(line.target)];
  const slowly = line.slow ? ", slowly" : "";
  if (line.style === "more") return `More “${a}” leads to more “${b}”${slowly}.`;
  if (line.style === "less") return `More “${a}” leads to less “${b}”${slowly}.`;
  if (line.style === "disputed")
    return `“${a}” changes “${b}”${slowly}; tables disagree about the direction.`;
  return `“${a}” changes “${b}”${slowly}; the direction is not agreed.`;
}

/** "3 links in, 1 link out". @param {{into: number, out: number} | undefined} count */
export function countWords(count) {
  const say = (n, way) => `${n} ${n === 1 ? "link" : "links"} ${way}`;
  return `${say(count?.into ?? 0, "in")}, ${say(count?.out ?? 0, "out")}`;
}

/** The middle of some boxes. @returns {{x: number, y: number}} */
export function middleOf(boxes) {
  const [x, y] = ["x", "y"].map(
    (axis) => boxes.reduce((sum, box) => sum + box[axis], 0) / boxes.length,
  );
  return { x, y };
}
