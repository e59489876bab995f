/** The map's notation on a canvas: the twin of marks.py, from the same table of styles. */

import { drawLink, drawSign, drawSlow, FONT } from "./link_marks.js";

const LABEL_SIZE = 11.5;
const LABEL_LINE = 13;
const CORNER = 6;
const HEADING = 1.3; // times the size of other names from afar: those of themes
const MOST_NAMES = 220; // candidates for names from afar; more would not fit any screen

/** One opaque colour from a share of another over a ground.
 * @param {string} colour @param {string} ground @param {number} share */
export function blend(colour, ground, share) {
  const part = (text, at) => parseInt(text.slice(at, at + 2), 16);
  const mixed = [1, 3, 5].map((at) =>
    Math.round(part(colour, at) * share + part(ground, at) * (1 - share)),
  );
  return `rgb(${mixed.join(",")})`;
}

/** @param {CanvasRenderingContext2D} ctx */
function roundedBox(ctx, x, y, width, height, radius) {
  ctx.beginPath();
  ctx.roundRect(x, y, width, height, radius);
}

/** Draw one factor.
 * @param {CanvasRenderingContext2D} ctx @param {object} box scene box with its present x and y
 * @param {object} theme @param {object} look roles of the present look, with `name`
 * @param {{faded?: boolean, chosen?: boolean, active?: boolean, hover?: boolean,
 *   heat?: number | null, far?: boolean, scale?: number, gone?: boolean, pinned?: boolean, contrast?: boolean,
 *   layers?: {gaps?: boolean, actions?: boolean, assets?: boolean, votes?: boolean}}} state */
export function drawBox(ctx, box, theme, look, state) {
  const colour = theme[look.name];
  const [left, top] = [box.x - box.width / 2, box.y - box.height / 2];
  const cover = state.layers?.gaps === false ? null : (box.rung ?? null);
  const gap = cover === 0 && !state.gone;
  if (state.far && !state.chosen && !state.active)
    return drawDot(ctx, box, colour, state);
  ctx.globalAlpha = state.faded ? (state.contrast ? 0.5 : 0.25) : 1;
  if (state.chosen || state.active) drawRing(ctx, box, look, state);
  roundedBox(ctx, left, top, box.width, box.height, CORNER);
  const near = state.far ? 1 / state.scale : 1; // from afar, outlines keep their size on screen
  const deep = gap ? 0 : state.far ? 0.3 : state.hover ? 0.18 : 0.09;
  const measured = state.heat !== undefined;
  ctx.fillStyle = measured
    ? blend(look.action, look.paper, 0.5 * (state.heat ?? 0))
    : blend(colour, look.paper, deep);
  ctx.fill();
  ctx.strokeStyle = colour;
  ctx.lineWidth = gap ? 2.2 * near : state.far ? 2.6 : 1.6;
  ctx.lineCap = gap ? "round" : "butt";
  ctx.setLineDash(gap ? [0.1, 4 * near] : theme.dashed || state.gone ? [6, 3] : []);
  ctx.stroke();
  ctx.setLineDash([]);
  if (theme.second) {
    ctx.lineWidth = 0.7;
    roundedBox(ctx, left + 3, top + 3, box.width - 6, box.height - 6, CORNER - 2);
    ctx.stroke();
  }
  if (state.far) return;
  ctx.fillStyle = look.ink;
  ctx.textAlign = "center";
  ctx.textBaseline = "alphabetic";
  ctx.font = `${LABEL_SIZE}px ${FONT}`;
  const first = box.y - (LABEL_LINE * (box.lines.length - 1)) / 2 + 3.9;
  box.lines.forEach((line, at) => {
    ctx.fillText(line, box.x, first + LABEL_LINE * at, box.width - 4);
  });
  if (theme.code) drawChip(ctx, left - 5, top - 6, theme.code, colour, look);
  if (state.gone) return;
  if (cover !== null) drawNotch(ctx, box, look);
  if (state.pinned) drawPin(ctx, left + 4, top + box.height - 1, look);
  drawTags(ctx, box, look, state.layers ?? {});
  if (state.layers?.votes && box.priority)
    drawVotes(
      ctx,
      box.x + box.width / 2 - 4,
      box.y + box.height / 2 + 1,
      box.priority,
      look,
    );
}

// From afar a box without its name says nothing: a dot stands for it.
function drawDot(ctx, box, colour, state) {
  ctx.globalAlpha = state.faded ? 0.25 : 1;
  ctx.beginPath();
  ctx.arc(box.x, box.y, Math.min(3.5 / state.scale, box.height / 2), 0, 2 * Math.PI);
  ctx.fillStyle = colour;
  ctx.fill();
  ctx.globalAlpha = 1;
}

function drawRing(ctx, box, look, state) {
  const away = state.chosen ? 5 : 4;
  roundedBox(
    ctx,
    box.x - box.width / 2 - away,
    box.y - box.height / 2 - away,
    box.width + 2 * away,
    box.height + 2 * away,
    CORNER + away,
  );
  if (state.active) {
    ctx.strokeStyle = look.focus;
    ctx.lineWidth = 6;
    ctx.stroke();
  }
  ctx.strokeStyle = look.ink;
  ctx.lineWidth = 2.2;
  ctx.stroke();
}

function drawChip(ctx, x, y, code, colour, look) {
  roundedBox(ctx, x, y, 15, 10, 3);
  ctx.fillStyle = look.paper;
  ctx.fill();
  ctx.strokeStyle = colour;
  ctx.lineWidth = 1;
  ctx.stroke();
  ctx.fillStyle = look.ink;
  ctx.font = `600 7.5px ${FONT}`;
  ctx.fillText(code, x + 7.5, y + 7.7);
}

function drawNotch(ctx, box, look) {
  ctx.strokeStyle = look.ink;
  ctx.lineWidth = 0.7;
  for (let step = 0; step < 4; step += 1) {
    ctx.fillStyle = step < box.rung ? look.ink : look.paper;
    ctx.beginPath();
    ctx.rect(box.x - 14 + 7.25 * step, box.y + box.height / 2 - 2.5, 6.25, 5);
    ctx.fill();
    ctx.stroke();
  }
}

function drawTags(ctx, box, look, layers) {
  const right = box.x + box.width / 2 - 8;
  const top = box.y - box.height / 2 - 6;
  const tag = (x, count, radius) => {
    roundedBox(ctx, x, top, 11, 11, radius);
    ctx.fillStyle = look.action;
    ctx.fill();
    ctx.fillStyle = look.paper;
    ctx.font = `600 7.5px ${FONT}`;
    ctx.fillText(count < 10 ? String(count) : "9+", x + 5.5, top + 8.2);
  };
  const acts = layers.actions === false ? 0 : (box.actions?.length ?? 0);
  const helps = layers.assets === false ? 0 : (box.assets?.length ?? 0);
  if (acts) tag(right, acts, 2);
  if (helps) tag(right - (acts ? 13 : 0), helps, 5.5);
}

// A pin at the lower left corner: tidying leaves this one where it is.
function drawPin(ctx, x, y, look) {
  ctx.strokeStyle = ctx.fillStyle = look.ink;
  ctx.lineWidth = 1.2;
  ctx.beginPath();
  ctx.moveTo(x, y + 5);
  ctx.lineTo(x, y);
  ctx.stroke();
  ctx.beginPath();
  ctx.arc(x, y - 2, 3, 0, 2 * Math.PI);
  ctx.fill();
}

// Votes stand at the lower right corner, in ink on paper: a hand's count, not a measure.
function drawVotes(ctx, x, y, votes, look) {
  const words = String(votes);
  ctx.font = `600 8px ${FONT}`;
  const wide = Math.max(13, ctx.measureText(words).width + 8);
  roundedBox(ctx, x - wide, y - 6, wide, 12, 6);
  ctx.fillStyle = look.paper;
  ctx.fill();
  ctx.strokeStyle = look.ink;
  ctx.lineWidth = 1;
  ctx.stroke();
  ctx.fillStyle = look.ink;
  ctx.textAlign = "center";
  ctx.fillText(words, x - wide / 2, y + 2.8);
}

/** The colour of something a comparison found. @param {string} kind new, gone, reworded, sign, disputed */
export function changeColour(kind, look) {
  return { new: look.action, gone: look.border, disputed: look.less }[kind] ?? look.ink;
}

/** A small flag with a word, beside what a comparison found.
 * @param {CanvasRenderingContext2D} ctx @param {{x: number, y: number}} at its middle */
export function drawFlag(ctx, at, words, colour, look) {
  ctx.globalAlpha = 1;
  ctx.font = `600 9px ${FONT}`;
  const wide = ctx.measureText(words).width + 10;
  roundedBox(ctx, at.x - wide / 2, at.y - 7, wide, 14, 3);
  ctx.fillStyle = colour;
  ctx.fill();
  ctx.strokeStyle = look.ground;
  ctx.lineWidth = 1.2;
  ctx.stroke();
  ctx.fillStyle = look.paper;
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  ctx.fillText(words, at.x, at.y + 0.5);
}

/** One sample of the key, 44 by 24. @param {CanvasRenderingContext2D} ctx
 * @param {{kind: string, key: string, theme?: object, look: object, looks: object}} about */
export function drawSample(ctx, { kind, key, theme, look, looks }) {
  const box = { x: 22, y: 13, width: 34, height: 14, lines: [], theme: "", rung: null };
  const plain = { light: look.border, dark: look.border, code: "" };
  const stroke = (style, y, about = {}) =>
    drawStroke(ctx, y, looks.links[style], look, about);
  ctx.lineJoin = "round";
  if (kind === "theme") drawBox(ctx, box, theme, look, {});
  else if (kind === "cover") {
    const rung = Number(key);
    drawBox(ctx, { ...box, height: 12, rung }, plain, look, {});
  } else if (kind === "layer" && key === "pin") drawPin(ctx, 22, 12, look);
  else if (kind === "layer" && key === "vote") drawVotes(ctx, 29, 12, 7, look);
  else if (kind === "layer")
    drawTags(
      ctx,
      { x: 22 + 2.5, y: 12 + 0.5, width: 0, height: 0, [`${key}s`]: [1, 2] },
      look,
      {},
    );
  else if (kind === "loop") drawFlag(ctx, { x: 22, y: 12 }, key, look.ink, look);
  else if (kind === "change" && key === "both") drawBox(ctx, box, plain, look, {});
  else if (kind === "change")
    drawFlag(
      ctx,
      { x: 22, y: 12 },
      { new: "new", gone: "gone", sign: "was", disputed: "±" }[key] ?? "was",
      changeColour(key, look),
      look,
    );
  else if (kind === "strength")
    for (const [y, width] of [
      [8, looks.widths.weak],
      [16, looks.widths.strong],
    ])
      stroke("more", y, { width });
  else if (kind === "ink")
    for (const [y, ink] of [
      [8, looks.inks.agreed],
      [16, looks.inks.stated],
    ])
      stroke("more", y, { ink });
  else
    stroke(kind === "link" ? key : "more", 12, {
      sign: kind === "link",
      slow: kind === "slow",
    });
}

function drawStroke(
  ctx,
  y,
  style,
  look,
  { width = 1.6, ink = 1, sign = false, slow = false },
) {
  const colour = blend(style[look.name], look.ground, Math.max(style.rest, 0.75 * ink));
  const route = [4, y, 21, y, 38, y];
  drawLink(ctx, route, {
    colour,
    width: 0.75 * width,
    dash: style.dash,
    twin: style.lines > 1,
    open: style.head === "open",
    directed: true,
  });
  if (slow) drawSlow(ctx, route, colour, null);
  if (sign) drawSign(ctx, { x: 19, y }, style.sign, style[look.name], look);
}

/** The pale ground round some boxes, as one flat patch. @returns {Path2D} */
export function washOf(boxes, halo = 9) {
  const path = new Path2D();
  for (const box of boxes) {
    const [wide, high] = [box.width / 2 + halo, box.height / 2 + halo];
    path.roundRect(box.x - wide, box.y - high, 2 * wide, 2 * high, halo - 2);
  }
  return path;
}

/** A ground as Python made it. @param {number[][]} polygons x, y, x, y … @returns {Path2D} */
export function groundOf(polygons) {
  const path = new Path2D();
  for (const corners of polygons) {
    path.moveTo(corners[0], corners[1]);
    for (let at = 2; at < corners.length; at += 2)
      path.lineTo(corners[at], corners[at + 1]);
    path.closePath();
  }
  return path;
}

/** A theme's name on its ground. */
export function drawThemeName(ctx, name, colour, ground) {
  ctx.font = `600 14px ${FONT}`;
  ctx.textAlign = "center";
  ctx.textBaseline = "alphabetic";
  ctx.lineWidth = 4;
  ctx.lineJoin = "round";
  const top = name.y - (15 * (name.lines.length - 1)) / 2 + 4.8;
  name.lines.forEach((line, at) => {
    ctx.strokeStyle = ground;
    ctx.strokeText(line, name.x, top + 15 * at);
    ctx.fillStyle = colour;
    ctx.fillText(line, name.x, top + 15 * at);
  });
}

/** The frame round causes that nothing links yet, with its words. */
export function drawTray(ctx, [left, top, wide, high], words, look) {
  roundedBox(ctx, left, top, wide, high, CORNER);
  ctx.fillStyle = look.paper;
  ctx.fill();
  ctx.strokeStyle = look.border;
  ctx.lineWidth = 0.8;
  ctx.setLineDash([2, 3]);
  ctx.stroke();
  ctx.setLineDash([]);
  ctx.font = `600 12px ${FONT}`;
  ctx.textAlign = "left";
  ctx.textBaseline = "alphabetic";
  ctx.fillStyle = look.quiet;
  ctx.fillText(words, left + 2, top - 5);
}

function drawFarGap(ctx, { x, y, wide, high, colour }, look, scale) {
  roundedBox(ctx, x - wide, y - high, 2 * wide, 2 * high, 5 / scale);
  ctx.fillStyle = look.paper;
  ctx.fill();
  ctx.strokeStyle = colour;
  ctx.lineWidth = 2.2 / scale;
  ctx.lineCap = "round";
  ctx.setLineDash([0.1 / scale, 4 / scale]);
  ctx.stroke();
  ctx.setLineDash([]);
  ctx.lineCap = "butt";
}

// A name from afar stands in its box, as it does close by.
function drawPlate(ctx, { x, y, wide, high, colour, fill }, scale) {
  roundedBox(ctx, x - wide, y - high, 2 * wide, 2 * high, 5 / scale);
  ctx.fillStyle = fill;
  ctx.fill();
  ctx.strokeStyle = colour;
  ctx.lineWidth = 1.4 / scale;
  ctx.stroke();
}

/** From afar, write as many names as fit, the most linked first, at reading size.
 * @param {CanvasRenderingContext2D} ctx @param {object[]} boxes in order of importance
 * @param {object} look @param {number} scale of the drawing on screen
 * @param {{gapColour: (box: object) => string | null, flag?: (box: object) => string, edges?: [number, number]}} about
 *   the colour of a factor nobody acts on; what a comparison says of it; the sides of the
 *   screen, inside which every name stays */
export function drawFarLabels(
  ctx,
  boxes,
  look,
  scale,
  { gapColour, flag = () => "", edges = [-Infinity, Infinity] },
) {
  const [size, leading] = [12 / scale, 13.5 / scale];
  const taken = [];
  const heavy = Math.max(8, Math.ceil(boxes.length / 8));
  ctx.globalAlpha = 1;
  if (boxes.length > MOST_NAMES) boxes = boxes.slice(0, MOST_NAMES);
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  ctx.lineJoin = "round";
  boxes.forEach((box, rank) => {
    ctx.font = box.heading
      ? `600 ${HEADING * size}px ${FONT}`
      : `${rank < heavy ? 600 : 400} ${size}px ${FONT}`;
    const said = flag(box);
    const lines = said ? [...box.lines, `(${said})`] : box.lines;
    const wide =
      Math.max(...lines.map((line) => ctx.measureText(line).width)) / 2 + 7 / scale;
    const high = ((box.heading ? HEADING : 1) * leading * lines.length) / 2 + 3 / scale;
    const [x, y] = [Math.max(edges[0] + wide, Math.min(edges[1] - wide, box.x)), box.y];
    const clear = taken.every(
      (other) =>
        Math.abs(other.x - x) > other.wide + wide ||
        Math.abs(other.y - y) > other.high + high,
    );
    if (!clear) return;
    taken.push({ x, y, wide, high });
    const colour = gapColour(box);
    if (colour) drawFarGap(ctx, { x, y, wide, high, colour }, look, scale);
    else if (box.plate) drawPlate(ctx, { x, y, wide, high, ...box.plate }, scale);
    lines.forEach((line, at) => {
      const base = y + leading * (at - (lines.length - 1) / 2);
      ctx.strokeStyle = look.ground;
      ctx.lineWidth = (box.heading ? 6 : 4) / scale;
      ctx.strokeText(line, x, base);
      ctx.fillStyle = look.ink;
      ctx.fillText(line, x, base);
    });
  });
  return taken.length;
}
