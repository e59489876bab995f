// @ts-check
/** How a label is wrapped and how large its box is: the twin of layout/boxes.py. */

/** @import { Sized } from "./types.js" */

const WRAP_AT = 17;
const LONGEST_WORD = 34;
const SIDE_PADDING = 14;
const [LINE_HEIGHT, TOP_PADDING] = [13, 10];
const [NARROW, SLIM, USUAL, CAPITAL, WIDE] = [3.2, 4.3, 6.2, 7.2, 9.9];
const NARROW_SIGNS = new Set("ijlI.,:;'!| ");
const SLIM_SIGNS = new Set("frt()[]/-");
const WIDE_SIGNS = new Set("mwMW@%&");
const FULL_WIDTH = "\u2e80";

/** A label's lines and box, as Python measures them.
 * @param {string} label @returns {Sized} */
export function sized(label) {
  const lines = wrapped(label);
  const width = Math.max(...lines.map(textWidth)) + SIDE_PADDING;
  return {
    label,
    lines,
    width: Math.round(width * 10) / 10,
    height: LINE_HEIGHT * lines.length + TOP_PADDING,
  };
}

/** @param {string} label */
function wrapped(label) {
  const words = label.split(/\s+/).filter(Boolean).flatMap(parts);
  const lines = filled(words, WRAP_AT);
  for (let width = Math.max(0, ...words.map(count)); width < WRAP_AT; width += 1) {
    const even = filled(words, width);
    if (even.length === lines.length) return even.length ? even : [""];
  }
  return lines.length ? lines : [""];
}

/** @param {string[]} words @param {number} width */
function filled(words, width) {
  /** @type {string[]} */
  const lines = [];
  for (const word of words) {
    const last = lines.at(-1);
    if (last !== undefined && count(last) + 1 + count(word) <= width)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

/** @param {string} word */
function parts(word) {
  if (count(word) <= WRAP_AT) return [word];
  /** @type {string[]} */
  const found = [];
  for (const piece of word.split(/(?<=-)(?=.)/)) {
    const last = found.at(-1);
    if (last !== undefined && count(last) + count(piece) <= WRAP_AT)
      found[found.length - 1] = last + piece;
    else found.push(piece);
  }
  return found.flatMap((part) => {
    const signs = [...part];
    const pieces = [];
    for (let at = 0; at < signs.length; at += LONGEST_WORD)
      pieces.push(signs.slice(at, at + LONGEST_WORD).join(""));
    return pieces;
  });
}

/** Characters as Python counts them, not the halves of a rare one. @param {string} text */
function count(text) {
  return [...text].length;
}

/** @param {string} line */
function textWidth(line) {
  return (
    Math.round([...line].reduce((sum, sign) => sum + signWidth(sign), 0) * 10) / 10
  );
}

/** @param {string} sign */
function signWidth(sign) {
  if (NARROW_SIGNS.has(sign)) return NARROW;
  if (SLIM_SIGNS.has(sign)) return SLIM;
  if (WIDE_SIGNS.has(sign)) return WIDE;
  if (sign >= FULL_WIDTH) return LINE_HEIGHT;
  return sign !== sign.toLowerCase() && sign === sign.toUpperCase() ? CAPITAL : USUAL;
}
