// @ts-check
/** Drawing a link: by drag with mouse or finger, or by keys. */

/** @import { Frame, Point, SystemMap } from "../map/types.js" */
/** @import { Bar } from "../tools/tool_bar.js" */

import { followPointer } from "./pointer_drag.js";

/**
 * @typedef {object} LinkDrawn a link while it is being drawn
 * @property {boolean} on whether dragging draws links
 * @property {string | null} from
 * @property {string | null} to
 * @property {Point | null} pointer
 * @property {boolean} byKeys
 * @property {string | null} waits the first of two taps
 */

/** @param {SystemMap} map @param {Bar} bar
 * @param {(source: string, target: string) => void} askSign */
export function createLinking(map, bar, askSign) {
  const { root, parts } = map;
  /** @type {LinkDrawn} */
  const state = {
    on: false,
    from: null,
    to: null,
    pointer: null,
    byKeys: false,
    waits: null,
  };
  const button = bar.tool("Draw link", () => set(!state.on));
  button.setAttribute("aria-pressed", "false");
  parts.canvas.addEventListener("pointerdown", startDrag, { capture: true });
  map.onDraw(draw);

  /** @param {PointerEvent} event */
  function startDrag(event) {
    if (!state.on || event.button > 0) return;
    const { id, place } = map.at(event.clientX, event.clientY);
    if (!id) return;
    event.stopPropagation();
    event.preventDefault();
    const waited = state.waits;
    state.waits = null;
    if (waited && waited !== id) {
      // two taps instead of a drag
      Object.assign(state, { from: null, to: null });
      return void askSign(waited, id);
    }
    Object.assign(state, { from: id, to: null, byKeys: false, pointer: place });
    map.state.linking = true;
    followPointer(parts.canvas, event, {
      moved(next) {
        const found = map.at(next.clientX, next.clientY, state.from);
        Object.assign(state, { to: found.id, pointer: found.place });
        map.network.redraw();
      },
      ended(next) {
        map.state.linking = false;
        const { from, to } = state;
        const up = next.type === "pointerup";
        const back = map.at(next.clientX, next.clientY).id === from;
        const stays = up && !to && back && waited !== from;
        const kept = stays ? from : null;
        Object.assign(state, { from: kept, to: null, pointer: null, waits: kept });
        map.network.redraw();
        if (up && from && to) askSign(from, to);
        if (stays && from) map.say(`Link from ${map.name(from)}. Tap its effect.`);
        else if (up && !to && !back)
          map.say("No cause stands there, so no link was drawn.");
      },
    });
  }

  /** @param {CanvasRenderingContext2D} ctx @param {number} scale */
  function draw(ctx, scale) {
    const from = map.state.boxes.get(state.from ?? "");
    if (!from) return;
    ring(ctx, from, scale);
    const walkedTo = state.byKeys ? map.state.boxes.get(map.state.active ?? "") : null;
    const to = map.state.boxes.get(state.to ?? "") ?? walkedTo ?? state.pointer;
    if (!to) return;
    ctx.strokeStyle = map.state.look.action;
    ctx.lineWidth = 2.5 / Math.max(scale, 0.3);
    ctx.setLineDash([8, 5]);
    ctx.beginPath();
    ctx.moveTo(from.x, from.y);
    ctx.lineTo(to.x, to.y);
    ctx.stroke();
    ctx.setLineDash([]);
  }

  /** Where the link begins, while its end is still to come.
   * @param {CanvasRenderingContext2D} ctx @param {Frame} box @param {number} scale */
  function ring(ctx, box, scale) {
    ctx.strokeStyle = map.state.look.action;
    ctx.lineWidth = 3 / Math.min(scale, 1);
    ctx.beginPath();
    ctx.roundRect(
      box.x - box.width / 2 - 6,
      box.y - box.height / 2 - 6,
      box.width + 12,
      box.height + 12,
      10,
    );
    ctx.stroke();
  }

  /** Begin or end drawing links by dragging. @param {boolean} on */
  function set(on) {
    Object.assign(state, { on, from: null, to: null, byKeys: false, waits: null });
    button.setAttribute("aria-pressed", String(on));
    root.classList.toggle("sm-linking", on);
    map.say(
      on
        ? "Drawing links: drag from a cause to its effect, or tap one and then the other. Escape ends it."
        : "Drawing links ended.",
    );
    map.network.redraw();
  }

  return {
    button,
    set,
    /** Begin a link from a factor; its effect is pointed at next. @param {string} id */
    from(id) {
      set(true);
      Object.assign(state, { from: id, waits: id });
      map.say(`Link from ${map.name(id)}. Click or tap its effect.`);
      map.network.redraw();
    },
    /** Begin a link from the keyboard. @param {string | null} id */
    start(id) {
      if (!id) return;
      Object.assign(state, { from: id, byKeys: true });
      map.say(
        `Link from ${map.name(id)}. Walk to its effect and press Enter, or Escape to stop.`,
      );
    },
    /** Enter on a factor while a link waits for its end.
     * @param {string | null} id @returns {boolean} dealt with */
    entered(id) {
      if (!state.byKeys || !state.from) return false;
      const from = state.from;
      Object.assign(state, { from: null, byKeys: false });
      if (id && id !== from) askSign(from, id);
      else map.say("A link needs two different causes.");
      return true;
    },
    /** @returns {boolean} whether there was something to end */
    escaped() {
      if (!state.byKeys && !state.on) return false;
      const { byKeys, on } = state;
      Object.assign(state, { from: null, byKeys: false });
      if (on) set(false);
      else if (byKeys) map.say("Link dropped.");
      map.network.redraw();
      return true;
    },
  };
}
