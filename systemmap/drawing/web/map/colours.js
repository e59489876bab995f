// @ts-check
/** Colours worked out of Python's: mixed, and by what a comparison found. */

/** @import { ChangeKind, Look } from "./types.js" */

/** One opaque colour from a share of another over a ground.
 * @param {string} colour @param {string} ground @param {number} share */
export function blend(colour, ground, share) {
  /** @param {string} text @param {number} at */
  const part = (text, at) => parseInt(text.slice(at, at + 2), 16);
  const mixed = [1, 3, 5].map((at) =>
    Math.round(part(colour, at) * share + part(ground, at) * (1 - share)),
  );
  return `rgb(${mixed.join(",")})`;
}

/** The colour of something a comparison found.
 * @param {ChangeKind} kind @param {Look} look */
export function changeColour(kind, look) {
  if (kind === "new") return look.action;
  if (kind === "gone") return look.border;
  return kind === "disputed" ? look.less : look.ink;
}
