// @ts-check
/** The layer of loops: a letter in the middle of each of the shortest, R1, R2, B1 … */

/** @import { Box, FoundLoops, SystemMap, Teller, ToldLoop } from "./types.js" */

import { middleOf } from "./neighbours.js";
import { drawDisc, freeSpot } from "./told_loop.js";

const MOST_DISCS = 12; // more letters than this hide the map they stand on
const DISC = 11; // drawing units
const ROOM = [300, 200]; // how far from a loop's middle boxes are looked at

/** @typedef {import("./told_loop.js").Disc & {loop: ToldLoop}} LoopDisc */

/** @param {SystemMap} map @param {Teller} teller a click on a letter tells its loop
 * @param {() => Promise<Pick<FoundLoops, "rev" | "loops">>} fetchLoops as they are now
 * @param {() => number} revision that the map shows */
export function createLetters(map, teller, fetchLoops, revision) {
  /** @type {Pick<FoundLoops, "rev" | "loops"> | null} */
  let found = null;
  let asking = false;
  /** @type {LoopDisc[]} */
  let discs = [];
  map.onDraw((ctx) => {
    for (const disc of shown()) drawDisc(ctx, disc, map.state.look);
  });
  map.onChange(refresh);
  map.onPoint((at) => {
    const disc = shown().find(
      ({ x, y, size }) => Math.hypot(at.x - x, at.y - y) <= size,
    );
    if (disc) teller.tell(disc.loop);
    return disc !== undefined;
  });

  function shown() {
    return map.state.layers.loops && !map.state.told && !map.state.overlay ? discs : [];
  }

  async function refresh() {
    if (!map.state.layers.loops) return;
    place();
    if (found?.rev === revision() || asking) return;
    asking = true;
    try {
      found = await fetchLoops();
      place();
      map.network.redraw();
    } catch {
      // no connection just now: the letters stay as they were
    } finally {
      asking = false;
    }
  }

  /** @param {Box} box */
  function off(box) {
    return map.state.hidden.has(box.id) || map.state.faded.has(box.id);
  }

  function place() {
    discs = [];
    const count = { R: 0, B: 0, "?": 0 };
    const all = [...map.state.boxes.values()];
    for (const loop of found?.loops ?? []) {
      const boxes = loop.factors.flatMap((id) => map.state.boxes.get(id) ?? []);
      const whole = boxes.length === loop.factors.length;
      if (discs.length === MOST_DISCS || !whole || boxes.some(off)) continue;
      count[loop.kind] += 1;
      const middle = middleOf(boxes);
      const close = all.filter(
        (box) =>
          Math.abs(box.x - middle.x) < ROOM[0] && Math.abs(box.y - middle.y) < ROOM[1],
      );
      const at = freeSpot(middle, close, DISC, discs);
      discs.push({ ...at, size: DISC, words: `${loop.kind}${count[loop.kind]}`, loop });
    }
  }
}
