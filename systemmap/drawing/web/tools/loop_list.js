// @ts-check
/** The loops of the map as a list to choose from; Python finds and words them. */

/** @import { FoundLoops, SystemMap, Teller, ToldLoop } from "../map/types.js" */
/** @import { Bar } from "./tool_bar.js" */

import { focusedIn, make } from "../map/elements.js";

const KINDS = { R: "feeds itself", B: "pushes back", "?": "not settled" };

/** @param {SystemMap} map @param {Bar} bar @param {Teller} teller
 * @param {() => Promise<FoundLoops>} fetchLoops as they are now */
export function createLoops(map, bar, teller, fetchLoops) {
  bar.tool("Loops", open);

  async function open() {
    const form = bar.dialogs.open("Loops on this map");
    const wait = make("p", form, { words: "Looking for loops…", className: "sm-hint" });
    const close = bar.dialogs.button("Close", form, bar.dialogs.close);
    close.focus();
    /** @type {FoundLoops} */
    let found;
    try {
      found = await fetchLoops();
    } catch {
      wait.textContent =
        "The loops could not be fetched: no connection just now. Try again in a moment.";
      return;
    }
    if (!form.isConnected) return;
    wait.textContent = `${found.sentence} Longer ones are left out here.`;
    const through = map.state.boxes.get(map.state.selected ?? "");
    const own = through
      ? found.loops.filter(({ factors }) => factors.includes(through.id))
      : [];
    const some = own.length ? own : found.loops;
    if (through) {
      const said = own.length
        ? `${own.length} of ${found.loops.length} listed go through “${through.label}”.`
        : `None of them goes through “${through.label}”; these are the others.`;
      form.insertBefore(make("p", null, { words: said, className: "sm-hint" }), close);
    }
    const list = make("ol", null, { className: "sm-loops" });
    for (const loop of some) {
      const item = bar.dialogs.button(
        `${loop.kind} · ${loop.sentence}`,
        make("li", list),
        () => choose(loop),
      );
      item.title = KINDS[loop.kind];
    }
    if (some.length) form.insertBefore(list, close);
    const [first] = list.querySelectorAll("button");
    if (form.contains(focusedIn(map.root))) first?.focus();
  }

  /** @param {ToldLoop} loop */
  function choose(loop) {
    bar.dialogs.close();
    teller.tell(loop);
  }
}
