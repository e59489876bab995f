// @ts-check
/** The map's notation on a canvas: the twin of marks.py, from the same table of styles. */

/** @import { Box, Frame, Look, Looks, Theme } from "./types.js" */

import { blend } from "./colours.js";
import { FONT } from "./link_marks.js";
import { roundedBox } from "./rounded_box.js";

const LABEL_SIZE = 11.5;
const LABEL_LINE = 13;
const CORNER = 6;

/**
 * @typedef {object} BoxState how a factor is drawn just now
 * @property {boolean} [faded]
 * @property {boolean} [chosen]
 * @property {boolean} [active] keys have walked to it
 * @property {boolean} [hover]
 * @property {boolean} [far] drawn small
 * @property {number} [scale] of the drawing on screen
 * @property {boolean} [gone] on this map no more
 * @property {boolean} [pinned]
 * @property {boolean} [contrast] more contrast was asked for
 * @property {number | null} [heat] a share of 1; null = not measured; none = no measure
 * @property {{gaps?: boolean, actions?: boolean, assets?: boolean, votes?: boolean}} [layers]
 */

/** Draw one factor.
 * @param {CanvasRenderingContext2D} ctx @param {Box} box with its present place
 * @param {Theme} theme @param {Look} look @param {Looks} looks @param {BoxState} state */
export function drawBox(ctx, box, theme, look, looks, state) {
  const colour = theme[look.name];
  const [left, top] = [box.x - box.width / 2, box.y - box.height / 2];
  const cover = state.layers?.gaps === false ? null : (box.rung ?? null);
  const gap = cover === 0 && !state.gone;
  if (state.far && !state.chosen && !state.active)
    return drawDot(ctx, box, colour, state);
  ctx.globalAlpha = state.faded ? (state.contrast ? 0.5 : 0.25) : 1;
  if (state.chosen || state.active) drawRing(ctx, box, look, state);
  roundedBox(ctx, left, top, box.width, box.height, CORNER);
  const { fill, heat } = looks.shares;
  const near = state.far ? 1 / (state.scale ?? 1) : 1; // from afar, outlines keep their size on screen
  const deep = gap ? 0 : state.far ? 0.3 : state.hover ? 2 * fill : fill;
  const measured = state.heat !== undefined;
  ctx.fillStyle = measured
    ? blend(look.action, look.paper, heat * (state.heat ?? 0))
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
/** @param {CanvasRenderingContext2D} ctx @param {Box} box @param {string} colour @param {BoxState} state */
function drawDot(ctx, box, colour, state) {
  ctx.globalAlpha = state.faded ? 0.25 : 1;
  ctx.beginPath();
  ctx.arc(
    box.x,
    box.y,
    Math.min(3.5 / (state.scale ?? 1), box.height / 2),
    0,
    2 * Math.PI,
  );
  ctx.fillStyle = colour;
  ctx.fill();
  ctx.globalAlpha = 1;
}

/** @param {CanvasRenderingContext2D} ctx @param {Frame} box @param {Look} look @param {BoxState} state */
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

/** @param {CanvasRenderingContext2D} ctx @param {number} x @param {number} y @param {string} code
 * @param {string} colour @param {Look} look */
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

/** @param {CanvasRenderingContext2D} ctx @param {Box} box @param {Look} look */
function drawNotch(ctx, box, look) {
  ctx.strokeStyle = look.ink;
  ctx.lineWidth = 0.7;
  for (let step = 0; step < 4; step += 1) {
    ctx.fillStyle = step < (box.rung ?? 0) ? look.ink : look.paper;
    ctx.beginPath();
    ctx.rect(box.x - 14 + 7.25 * step, box.y + box.height / 2 - 2.5, 6.25, 5);
    ctx.fill();
    ctx.stroke();
  }
}

/** How many actions and assets are listed for a factor.
 * @param {CanvasRenderingContext2D} ctx
 * @param {Frame & {actions?: string[], assets?: string[]}} box @param {Look} look
 * @param {{actions?: boolean, assets?: boolean}} layers */
export function drawTags(ctx, box, look, layers) {
  const right = box.x + box.width / 2 - 8;
  const top = box.y - box.height / 2 - 6;
  /** @param {number} x @param {number} count @param {number} radius */
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

/** A pin at the lower left corner: tidying leaves this one where it is.
 * @param {CanvasRenderingContext2D} ctx @param {number} x @param {number} y @param {Look} look */
export function drawPin(ctx, x, y, look) {
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

/** Votes stand at the lower right corner, in ink on paper: a hand's count, not a measure.
 * @param {CanvasRenderingContext2D} ctx @param {number} x @param {number} y @param {number} votes
 * @param {Look} look */
export function drawVotes(ctx, x, y, votes, look) {
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
