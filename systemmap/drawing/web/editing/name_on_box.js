// @ts-check
/** A factor's name, written on its box. */

/** @import { Editing } from "./editor.js" */

import { make } from "../map/elements.js";

const LEAST = [190, 40]; // pixels; a box seen from afar is smaller than a field to write in
const LONGEST = 200;

/** @param {Editing} editing */
export function createNaming({ map, done }) {
  /** @type {{id: string, field: HTMLTextAreaElement, was: string} | null} */
  let open = null;
  map.onDraw(stand);

  /** Where the box stands now: zoom and pan may go on. */
  function stand() {
    if (!open) return;
    const box = map.state.boxes.get(open.id);
    if (!box) return close({ back: false });
    const scale = map.network.getScale();
    const { x, y } = map.network.canvasToDOM(map.network.getPosition(open.id));
    const wide = Math.max(LEAST[0], box.width * scale);
    const high = Math.max(LEAST[1], box.height * scale);
    const size = Math.min(28, Math.max(16, 13 * scale));
    Object.assign(open.field.style, {
      left: `${x - wide / 2}px`,
      top: `${y - high / 2}px`,
      width: `${wide}px`,
      height: `${high}px`,
      fontSize: `${size}px`,
    });
  }

  /** @param {{back?: boolean}} [how] whether the focus goes back to the list */
  function keep(how) {
    if (!open) return;
    const { id, field, was } = open;
    const label = field.value.trim().replaceAll("\n", " ");
    close(how);
    if (label && label !== was) {
      done({ op: "rename_factor", id, label, was });
      map.say(`Renamed to ${label}.`);
    }
  }

  function close({ back = true } = {}) {
    const field = open?.field;
    open = null;
    field?.remove();
    if (back) map.parts.list.focus();
  }

  /** Write another name on a box. @param {string} id */
  return function name(id) {
    const box = map.state.boxes.get(id);
    if (!box || open?.id === id || map.state.overlay) return;
    if (open) keep();
    const field = make("textarea", map.root, {
      className: "sm-name",
      label: `Name of “${box.label}”. Enter keeps it, Escape leaves it.`,
    });
    field.value = box.label;
    field.maxLength = LONGEST;
    field.rows = 1;
    open = { id, field, was: box.label };
    stand();
    field.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== "Escape") return;
      event.preventDefault();
      event.stopPropagation();
      if (event.key === "Enter") keep();
      else close();
    });
    field.addEventListener(
      "blur",
      () => open?.field === field && keep({ back: false }),
    );
    field.select();
    field.focus();
  };
}
