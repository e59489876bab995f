// @ts-check
/** The whole map, small, with a frame round the part on screen; only while a part is on screen. */

/** @import { Point, SystemMap } from "./types.js" */

import { contextOf } from "./elements.js";

const [WIDE, HIGH] = [156, 104];
const LEAST_ROOM = 560; // a narrower map needs its room for itself

/** @param {SystemMap} map */
export function createMinimap(map) {
  const small = document.createElement("canvas");
  small.className = "sm-small";
  small.width = WIDE * 2;
  small.height = HIGH * 2;
  small.setAttribute("aria-hidden", "true");
  map.parts.low.append(small);
  /** @type {(Point & {scale: number}) | null} */
  let from = null; // drawing units of the small map's corner, and its scale
  const whole = document.createElement("canvas"); // the boxes, without the frame
  [whole.width, whole.height] = [small.width, small.height];
  let shapes = -1; // of the state, when the boxes were measured
  let painted = "";
  let spread = [0, 0, 0, 0]; // left, top, right and bottom of the boxes' middles
  map.onDraw(draw);
  small.addEventListener("pointerdown", (event) => {
    small.setPointerCapture(event.pointerId);
    look(event);
  });
  small.addEventListener(
    "pointermove",
    (event) => small.hasPointerCapture(event.pointerId) && look(event),
  );

  function draw() {
    const { clientWidth: wide, clientHeight: high } = map.parts.canvas;
    const near = map.network.DOMtoCanvas({ x: 0, y: 0 });
    const far = map.network.DOMtoCanvas({ x: wide, y: high });
    if (shapes !== map.state.shapes || map.state.dragging) measure();
    const outside =
      spread[0] < near.x ||
      spread[1] < near.y ||
      spread[2] > far.x ||
      spread[3] > far.y;
    const { wantsSmall, gathered } = map.state;
    small.hidden = !wantsSmall || gathered !== null || !outside || wide < LEAST_ROOM;
    if (small.hidden) return;
    if (painted !== `${shapes} ${map.state.look.name}` || map.state.dragging) paint();
    if (!from) return;
    const { scale } = from;
    const ctx = contextOf(small);
    ctx.setTransform(1, 0, 0, 1, 0, 0);
    ctx.drawImage(whole, 0, 0);
    ctx.setTransform(scale, 0, 0, scale, -from.x * scale, -from.y * scale);
    ctx.strokeStyle = map.state.look.ink;
    ctx.lineWidth = 3 / scale;
    ctx.strokeRect(near.x, near.y, far.x - near.x, far.y - near.y);
  }

  /** How far the boxes' middles spread. */
  function measure() {
    shapes = map.state.shapes;
    const boxes = [...map.state.boxes.values()];
    const [across, down] = [boxes.map(({ x }) => x), boxes.map(({ y }) => y)];
    const [left, right] = [Math.min(...across), Math.max(...across)];
    spread = [left, Math.min(...down), right, Math.max(...down)];
  }

  /** All boxes, once until something moves, fades or hides. */
  function paint() {
    const { state } = map;
    painted = `${shapes} ${state.look.name}`;
    const [left, top, right, bottom] = spread;
    const scale = Math.min(
      (2 * WIDE) / (right - left + 240),
      (2 * HIGH) / (bottom - top + 160),
    );
    from = {
      x: (left + right) / 2 - WIDE / scale,
      y: (top + bottom) / 2 - HIGH / scale,
      scale,
    };
    const ctx = contextOf(whole);
    ctx.setTransform(1, 0, 0, 1, 0, 0);
    ctx.globalAlpha = 1;
    ctx.fillStyle = state.look.paper;
    ctx.fillRect(0, 0, whole.width, whole.height);
    ctx.setTransform(scale, 0, 0, scale, -from.x * scale, -from.y * scale);
    const least = 5 / scale;
    for (const box of state.boxes.values()) {
      if (state.hidden.has(box.id)) continue;
      ctx.globalAlpha = state.faded.has(box.id) ? 0.25 : 1;
      ctx.fillStyle =
        state.themes.get(box.theme)?.[state.look.name] ?? state.look.border;
      const [w, h] = [Math.max(box.width, least), Math.max(box.height, least)];
      ctx.fillRect(box.x - w / 2, box.y - h / 2, w, h);
    }
  }

  /** @param {PointerEvent} event */
  function look(event) {
    if (!from) return;
    const frame = small.getBoundingClientRect();
    const [x, y] = [
      (event.clientX - frame.left) * (small.width / frame.width),
      (event.clientY - frame.top) * (small.height / frame.height),
    ];
    map.lookAt({ x: from.x + x / from.scale, y: from.y + y / from.scale });
  }
}
