// @ts-check
/** Telling a loop: the rest fades, its links thicken, its letter stands in the middle. */

/** @import { Frame, Look, Point, SystemMap, ToldLoop } from "./types.js" */

import { makeButton, makeStrip } from "./elements.js";
import { FONT } from "./link_marks.js";
import { middleOf } from "./neighbours.js";

/** @typedef {Point & {size: number, words: string}} Disc a loop's letter */

/** The place nearest to a wanted one where a disc covers no box and no other disc.
 * @param {Point} wanted @param {Frame[]} boxes
 * @param {number} size of the disc, in drawing units @param {Point[]} [discs] */
export function freeSpot(wanted, boxes, size, discs = []) {
  const { x, y } = wanted;
  /** @param {Point} at */
  const apart = (at) =>
    discs.every((disc) => Math.hypot(at.x - disc.x, at.y - disc.y) > 2.2 * size);
  /** @param {Point} at */
  const clear = (at) =>
    apart(at) &&
    boxes.every(
      (box) =>
        Math.abs(at.x - box.x) > box.width / 2 + size ||
        Math.abs(at.y - box.y) > box.height / 2 + size,
    );
  for (let away = 0; away < 20 * size; away += size / 2) {
    for (let turn = 0; turn < 12; turn += 1) {
      const at = {
        x: x + away * Math.cos((turn * Math.PI) / 6),
        y: y + away * Math.sin((turn * Math.PI) / 6),
      };
      if (clear(at)) return at;
    }
  }
  return wanted;
}

/** A loop's letter in a disc. @param {CanvasRenderingContext2D} ctx @param {Disc} disc
 * @param {Look} look */
export function drawDisc(ctx, { x, y, size, words }, look) {
  ctx.globalAlpha = 1;
  ctx.beginPath();
  ctx.arc(x, y, size, 0, 2 * Math.PI);
  ctx.fillStyle = look.paper;
  ctx.fill();
  ctx.strokeStyle = look.ink;
  ctx.lineWidth = size / 8;
  ctx.stroke();
  ctx.fillStyle = look.ink;
  ctx.font = `600 ${size * (words.length > 2 ? 0.75 : words.length > 1 ? 0.95 : 1.15)}px ${FONT}`;
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  ctx.fillText(words, x, y + size * 0.06);
}

/** @param {SystemMap} map
 * @param {{onEnd?: () => void, onTell?: (loop: ToldLoop) => void}} [hooks] */
export function createTeller(map, hooks = {}) {
  /** @type {ToldLoop | null} */
  let loop = null;
  let at = 0; // links told so far; 0 = the whole loop
  const { strip, letter, words, buttons } = makeStrip(
    map.parts.foot,
    "The loop being told",
  );
  const back = makeButton("Back", buttons, () => go(at - 1));
  const next = makeButton("Link by link", buttons, () => go(at + 1));
  const endButton = makeButton("End", buttons, () => end());
  map.onDraw(drawLetter);
  map.onChange(() => {
    const { lines } = map.state;
    if (loop && !loop.links.every(([a, b]) => lines.has(`${a}/${b}`))) lost();
  });

  /** @param {number} step @returns {string[]} the factors shown */
  function go(step) {
    if (!loop) return [];
    at = Math.max(0, Math.min(step, loop.steps.length));
    const part = at ? loop.steps[at - 1] : loop;
    const ids = at ? [...new Set(part.links.flat())] : loop.factors;
    const shown = map.tell(ids, part.links, loop.kind);
    strip.hidden = false;
    letter.hidden = false;
    letter.textContent = loop.kind;
    const said = at ? `${at} of ${loop.steps.length}: ${part.sentence}` : loop.sentence;
    words.textContent = said;
    back.disabled = at === 0;
    next.disabled = at === loop.steps.length;
    next.textContent = at ? "Next link" : "Link by link";
    map.say(said);
    return shown;
  }

  function end({ quiet = false } = {}) {
    if (!loop) return;
    loop = null;
    strip.hidden = true;
    map.tell(null);
    if (quiet !== true) map.say("The whole map is shown.");
    hooks.onEnd?.();
  }

  function lost() {
    end({ quiet: true });
    map.say("The loop is not on the map any more.");
  }

  /** @param {CanvasRenderingContext2D} ctx @param {number} scale */
  function drawLetter(ctx, scale) {
    if (!loop || (at && at < loop.steps.length)) return;
    const boxes = loop.factors.flatMap((id) => map.state.boxes.get(id) ?? []);
    const size = 15 / Math.min(scale, 1);
    const { x, y } = freeSpot(middleOf(boxes), boxes, size);
    drawDisc(ctx, { x, y, size, words: loop.kind }, map.state.look);
  }

  return {
    end,
    get loop() {
      return loop;
    },
    /** @param {ToldLoop} told @param {{held?: boolean}} [by] held = whoever asked for it ends it */
    tell(told, { held = false } = {}) {
      loop = told;
      endButton.hidden = held;
      map.fit(go(0));
      if (!held) hooks.onTell?.(told);
    },
  };
}
