// @ts-check
/** Choosing several factors: by tap, with Ctrl or Shift, by a frame drawn round them, or by keys. */

/** @import { Point, SystemMap } from "../map/types.js" */
/** @import { Bar } from "../tools/tool_bar.js" */

import { makeButton, makeStrip } from "../map/elements.js";
import { followPointer } from "./pointer_drag.js";

/** @typedef {"theme" | "pin" | "again" | "merge" | "remove"} GroupAct */

/** @param {SystemMap} map @param {Bar} bar
 * @param {{begins: () => void, does: Record<GroupAct, (ids: string[]) => void>}} hooks */
export function createSeveral(map, bar, { begins, does }) {
  const { parts } = map;
  /** @type {[Point, Point] | null} */
  let frame = null; // two corners, in drawing units, while one is drawn
  const { strip, words, buttons } = makeStrip(map.parts.foot, "Chosen causes");
  const first = makeButton("Theme", buttons, () => does.theme(chosen()));
  makeButton("Keep in place", buttons, () => does.pin(chosen()));
  makeButton("Place again", buttons, () => does.again(chosen()));
  const merge = makeButton("Make one of two", buttons, () => does.merge(chosen()));
  makeButton("Remove", buttons, () => does.remove(chosen()));
  makeButton("Done", buttons, end);
  bar.more(() => "Choose several", begin);
  parts.canvas.addEventListener("pointerdown", startFrame, { capture: true });
  map.onDraw(draw);
  map.onSeveral(show);

  const chosen = () => [...map.state.several];

  function begin() {
    begins();
    map.choose([...map.state.several, map.state.selected ?? []].flat(), {
      choosing: true,
    });
    map.say(
      "Choosing several: tap each cause, or draw a frame round them. With keys: walk and press Enter. Escape ends it.",
    );
    parts.list.focus();
  }

  function end() {
    map.choose([], { choosing: false });
    parts.list.focus();
    map.say("Nothing chosen.");
  }

  function show() {
    const count = map.state.several.size;
    strip.hidden = !map.state.choosing && count === 0;
    words.textContent = count
      ? `${count} ${count === 1 ? "cause" : "causes"} chosen. Drag one to move them all.`
      : "Tap each cause, or draw a frame round them.";
    for (const button of [...buttons.querySelectorAll("button")].slice(0, -1)) {
      button.disabled = count === 0;
    }
    merge.disabled = count !== 2;
  }

  /** @param {PointerEvent} event */
  function startFrame(event) {
    if (!map.state.choosing || event.button > 0) return;
    const { id, place } = map.at(event.clientX, event.clientY);
    if (id) return;
    event.stopPropagation();
    event.preventDefault();
    frame = [place, place];
    followPointer(parts.canvas, event, {
      moved(next) {
        frame = [place, map.at(next.clientX, next.clientY).place];
        map.network.redraw();
      },
      ended(next) {
        const found = next.type === "pointerup" ? inside() : [];
        frame = null;
        map.choose([...new Set([...chosen(), ...found])], { choosing: true });
        map.say(`${map.state.several.size} chosen.`);
      },
    });
  }

  function corners() {
    if (!frame) return [0, 0, 0, 0];
    const [one, other] = frame;
    return [
      Math.min(one.x, other.x),
      Math.min(one.y, other.y),
      Math.max(one.x, other.x),
      Math.max(one.y, other.y),
    ];
  }

  function inside() {
    const [left, top, right, bottom] = corners();
    return [...map.state.boxes.values()]
      .filter(
        ({ id, x, y }) =>
          x > left && x < right && y > top && y < bottom && !map.state.hidden.has(id),
      )
      .map(({ id }) => id);
  }

  /** @param {CanvasRenderingContext2D} ctx @param {number} scale */
  function draw(ctx, scale) {
    if (!frame) return;
    const [left, top, right, bottom] = corners();
    ctx.strokeStyle = map.state.look.action;
    ctx.lineWidth = 2 / scale;
    ctx.setLineDash([6 / scale, 4 / scale]);
    ctx.strokeRect(left, top, right - left, bottom - top);
    ctx.setLineDash([]);
  }

  return {
    end,
    focus: () => first.focus(),
    /** Enter on a factor while several are being chosen.
     * @param {string | null} id @returns {boolean} dealt with */
    entered(id) {
      if (!map.state.choosing || !id) return false;
      map.toggle(id);
      return true;
    },
    escaped() {
      if (!map.state.choosing && !map.state.several.size) return false;
      end();
      return true;
    },
  };
}
