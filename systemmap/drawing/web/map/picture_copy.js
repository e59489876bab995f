// @ts-check
/** What is on screen as a picture, with the words that must travel with it. */

/** @import { SystemMap } from "./types.js" */

import { contextOf } from "./elements.js";
import { FONT } from "./link_marks.js";

const LINE = 20;

/** Draw what the map shows, with its notes underneath, at the screen's own sharpness.
 * @param {SystemMap} map @param {string[]} notes @returns {HTMLCanvasElement} */
export function pictureOf(map, notes) {
  const shown = /** @type {HTMLCanvasElement} */ (
    map.parts.canvas.querySelector("canvas")
  );
  const { clientWidth: wide } = map.parts.canvas;
  const sharp = shown.width / wide;
  const picture = document.createElement("canvas");
  const ctx = contextOf(picture);
  ctx.font = `14px ${FONT}`;
  const lines = notes
    .filter(Boolean)
    .flatMap((note) => notesWrapped(ctx, note, wide - 32));
  picture.width = shown.width;
  picture.height = shown.height + (lines.length * LINE + 24) * sharp;
  ctx.fillStyle = map.state.look.ground;
  ctx.fillRect(0, 0, picture.width, picture.height);
  ctx.drawImage(shown, 0, 0);
  ctx.setTransform(sharp, 0, 0, sharp, 0, 0);
  ctx.font = `14px ${FONT}`;
  ctx.fillStyle = map.state.look.ink;
  ctx.textBaseline = "top";
  lines.forEach((line, at) => {
    ctx.fillText(line, 16, shown.height / sharp + 12 + at * LINE);
  });
  return picture;
}

/** Copy it, or save it where a page may not copy.
 * @param {SystemMap} map @param {string[]} notes @param {string} fileName
 * @returns {Promise<string>} what was done, in words */
export async function copyPicture(map, notes, fileName) {
  const picture = pictureOf(map, notes);
  /** @type {Promise<Blob>} */
  const made = new Promise((done, failed) => {
    picture.toBlob((blob) => (blob ? done(blob) : failed()), "image/png");
  });
  try {
    await navigator.clipboard.write([new ClipboardItem({ "image/png": made })]);
    return "Copied as a picture. Paste it where you need it.";
  } catch {
    // a page on a plain http address may not copy
    const address = URL.createObjectURL(await made);
    const link = document.createElement("a");
    Object.assign(link, { href: address, download: `${fileName}.png` });
    link.click();
    setTimeout(() => URL.revokeObjectURL(address), 10000);
    return `This page may not copy. The picture is offered as a download instead: ${fileName}.png.`;
  }
}

/** @param {CanvasRenderingContext2D} ctx @param {string} text @param {number} wide */
function notesWrapped(ctx, text, wide) {
  /** @type {string[]} */
  const lines = [];
  for (const word of text.split(/\s+/)) {
    const longer = lines.length ? `${lines.at(-1)} ${word}` : word;
    if (lines.length && ctx.measureText(longer).width <= wide)
      lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}
