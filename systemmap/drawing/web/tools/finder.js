// @ts-check
/** Finding a factor by a part of its name. */

/** @import { SystemMap } from "../map/types.js" */
/** @import { Bar } from "./tool_bar.js" */

import { make } from "../map/elements.js";

const MOST = 8;

/** @param {SystemMap} map @param {Bar} bar */
export function createFinder(map, bar) {
  bar.more(() => "Find a cause", open);

  function open() {
    const { dialogs } = bar;
    const form = dialogs.open("Find a cause");
    const typed = dialogs.field(form, "Part of its name", "search");
    const said = make("p", form, { className: "sm-hint", role: "status" });
    const list = make("div", form, { className: "sm-found" });
    typed.addEventListener("input", () => show(typed.value.trim().toLowerCase()));
    dialogs.finish(form, "Go to it", () => {
      list.querySelector("button")?.click();
      return false;
    });

    /** @param {string} part */
    function show(part) {
      list.replaceChildren();
      const hits = part
        ? map.state.named.filter(({ label }) => label.toLowerCase().includes(part))
        : [];
      for (const { id, label } of hits.slice(0, MOST))
        dialogs.button(label, list, () => go(id));
      const more = hits.length - MOST;
      said.textContent = !part
        ? ""
        : hits.length
          ? more > 0
            ? `${hits.length} found; the first ${MOST} are shown.`
            : `${hits.length} found.`
          : "No cause on this map has that in its name.";
    }

    /** @param {string} id */
    function go(id) {
      dialogs.close();
      map.select(id, { center: true });
      map.say(`${map.describe(id)}. Chosen.`);
    }
  }
}
