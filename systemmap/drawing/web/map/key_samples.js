// @ts-check
/** The samples of the key, drawn with the map's own marks. */

/** @import { ChangeKind, LinkStyle, Look, Looks, StyleKey, Theme } from "./types.js" */

import { drawBox, drawPin, drawTags, drawVotes } from "./box_marks.js";
import { blend, changeColour } from "./colours.js";
import { drawFlag } from "./flags.js";
import { drawLink, drawSign, drawSlow } from "./link_marks.js";

/** @typedef {{width?: number, ink?: number, sign?: boolean, slow?: boolean}} StrokeSample */

/** @type {Record<ChangeKind, string>} */
const FLAGS = {
  new: "new",
  gone: "gone",
  reworded: "was",
  sign: "was",
  both: "",
  disputed: "±",
};

/** One sample of the key, 44 by 24. @param {CanvasRenderingContext2D} ctx
 * @param {{kind: string, key: string, theme?: Theme, look: Look, looks: Looks}} about */
export function drawSample(ctx, { kind, key, theme, look, looks }) {
  const shape = { x: 22, y: 13, width: 34, height: 14, rung: null };
  const box = { ...shape, id: "", label: "", lines: [], theme: "" };
  const plain = { light: look.border, dark: look.border, code: "", key: "", name: "" };
  /** @param {StyleKey} style @param {number} y @param {StrokeSample} [about] */
  const stroke = (style, y, about = {}) =>
    drawStroke(ctx, y, looks.links[style], look, looks.at_rest, about);
  ctx.lineJoin = "round";
  if (kind === "theme") drawBox(ctx, box, theme ?? plain, look, looks, {});
  else if (kind === "cover") {
    const rung = Number(key);
    drawBox(ctx, { ...box, height: 12, rung }, plain, look, looks, {});
  } else if (kind === "layer" && key === "pin") drawPin(ctx, 22, 12, look);
  else if (kind === "layer" && key === "vote") drawVotes(ctx, 29, 12, 7, look);
  else if (kind === "layer") {
    const two = ["", ""];
    const tagged = { ...box, x: 22 + 2.5, y: 12 + 0.5, width: 0, height: 0 };
    drawTags(ctx, { ...tagged, [`${key}s`]: two }, look, {});
  } else if (kind === "loop") drawFlag(ctx, { x: 22, y: 12 }, key, look.ink, look);
  else if (kind === "change" && key === "both")
    drawBox(ctx, box, plain, look, looks, {});
  else if (kind === "change") {
    const found = /** @type {ChangeKind} */ (key);
    drawFlag(ctx, { x: 22, y: 12 }, FLAGS[found], changeColour(found, look), look);
  } else if (kind === "strength") {
    stroke("more", 8, { width: looks.widths.weak });
    stroke("more", 16, { width: looks.widths.strong });
  } else if (kind === "ink") {
    stroke("more", 8, { ink: looks.inks.agreed });
    stroke("more", 16, { ink: looks.inks.stated });
  } else if (kind === "link") {
    stroke(/** @type {StyleKey} */ (key), 12, { sign: true });
  } else stroke("more", 12, { slow: kind === "slow" });
}

/** @param {CanvasRenderingContext2D} ctx @param {number} y @param {LinkStyle} style
 * @param {Look} look @param {number} atRest @param {StrokeSample} about */
function drawStroke(
  ctx,
  y,
  style,
  look,
  atRest,
  { width = 1.6, ink = 1, sign = false, slow = false },
) {
  const rest = Math.max(style.rest, atRest * ink);
  const colour = blend(style[look.name], look.ground, rest);
  const route = [4, y, 21, y, 38, y];
  drawLink(ctx, route, {
    colour,
    width: atRest * width,
    dash: style.dash,
    twin: style.lines > 1,
    open: style.head === "open",
    directed: true,
  });
  if (slow) drawSlow(ctx, route, colour, null);
  if (sign) drawSign(ctx, { x: 19, y }, style.sign, style[look.name], look);
}
