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
    const boxes = [...map.state.boxes.values()];
    const near = map.network.DOMtoCanvas({ x: 0, y: 0 });
    const far = map.network.DOMtoCanvas({ x: wide, y: high });
    const outside = boxes.some(
      ({ x, y }) => x < near.x || y < near.y || x > far.x || y > far.y,
    );
    small.hidden = !map.state.wantsSmall || !outside || wide < LEAST_ROOM;
    if (small.hidden) return;
    const [left, right] = [
      Math.min(...boxes.map((b) => b.x)) - 120,
      Math.max(...boxes.map((b) => b.x)) + 120,
    ];
    const [top, bottom] = [
      Math.min(...boxes.map((b) => b.y)) - 80,
      Math.max(...boxes.map((b) => b.y)) + 80,
    ];
    const scale = Math.min((2 * WIDE) / (right - left), (2 * HIGH) / (bottom - top));
    from = {
      x: (left + right) / 2 - WIDE / scale,
      y: (top + bottom) / 2 - HIGH / scale,
      scale,
    };
    const ctx = contextOf(small);
    ctx.setTransform(1, 0, 0, 1, 0, 0);
    ctx.fillStyle = map.state.look.paper;
    ctx.fillRect(0, 0, small.width, small.height);
    ctx.setTransform(scale, 0, 0, scale, -from.x * scale, -from.y * scale);
    const least = 5 / scale;
    for (const box of boxes) {
      if (map.state.hidden.has(box.id)) continue;
      ctx.globalAlpha = map.state.faded.has(box.id) ? 0.25 : 1;
      ctx.fillStyle =
        map.state.themes.get(box.theme)?.[map.state.look.name] ?? map.state.look.border;
      const [w, h] = [Math.max(box.width, least), Math.max(box.height, least)];
      ctx.fillRect(box.x - w / 2, box.y - h / 2, w, h);
    }
    ctx.globalAlpha = 1;
    ctx.strokeStyle = map.state.look.ink;
    ctx.lineWidth = 3 / scale;
    ctx.strokeRect(near.x, near.y, far.x - near.x, far.y - near.y);
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
