// @ts-check
/** Undo and redo of one's own acts: each undoes a change of the shared history. */

/** @import { SystemMap } from "../map/types.js" */
/** @import { Bar } from "../tools/tool_bar.js" */
/** @import { Op } from "./op_types.js" */

/** @param {SystemMap} map @param {Bar} bar @param {(op: Op) => string} act sends one operation */
export function createUndoing(map, bar, act) {
  const undoButton = bar.tool("Undo", () => step(undoable, redoable));
  const redoButton = bar.tool("Redo", () => step(redoable, undoable));
  /** @type {number[]} revisions */
  const undoable = [];
  /** @type {number[]} */
  const redoable = [];
  /** @type {[number, string]} */
  let told = [0, ""]; // the change that the screen's own undo takes back, and its words
  /** @type {Map<string, number[]>} */
  const asked = new Map(); // operation name -> which list its change belongs to
  showButtons();

  map.root.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || typing(event.target)) return;
    const key = event.key.toLowerCase();
    if (key !== "z" && key !== "y") return;
    event.preventDefault();
    if (key === "y" || event.shiftKey) step(redoable, undoable);
    else step(undoable, redoable);
  });

  /** @param {EventTarget | null} target */
  function typing(target) {
    return target instanceof Element && target.closest("input") !== null;
  }

  /** @param {number[]} from @param {number[]} to */
  function step(from, to) {
    const revision = from.pop();
    if (revision === undefined) return;
    asked.set(act({ op: "undo", revision }), to);
    map.say(from === undoable ? "Undone." : "Done again.");
    showButtons();
  }

  function showButtons() {
    undoButton.disabled = undoable.length === 0;
    const words = undoable.length && undoable.at(-1) === told[0] ? told[1] : "";
    undoButton.title = words; // the words of the screen's own
    undoButton.setAttribute("aria-label", words || "Undo");
    redoButton.disabled = redoable.length === 0;
  }

  return {
    /** What the screen's own undo says. @param {[number, string] | null} [said] */
    says(said) {
      told = said ?? [0, ""];
      showButtons();
    },
    /** Do something that can be undone. @param {Op} op */
    done(op) {
      asked.set(act(op), undoable);
      redoable.length = 0;
      showButtons();
    },
    /** Learn which changes one's operations became.
     * @param {Record<string, number>} [revisions] */
    became(revisions) {
      for (const [operation, revision] of Object.entries(revisions ?? {})) {
        asked.get(operation)?.push(revision);
        asked.delete(operation);
      }
      showButtons();
    },
  };
}
