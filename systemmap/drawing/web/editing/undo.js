// @ts-check
/**
 * Undo and redo of one's own acts: each undoes a change of the shared history.
 *
 * A page may take its canvas away and draw it anew, when it settles slowly or somebody
 * looks at another place; what was done there can still be undone.
 */

/** @import { SystemMap } from "../map/types.js" */
/** @import { Bar } from "../tools/tool_bar.js" */
/** @import { Op } from "./op_types.js" */

/**
 * What was done on one canvas of this page.
 * @typedef {object} Acts
 * @property {number[]} undoable revisions
 * @property {number[]} redoable
 * @property {Map<string, number[]>} asked operation name -> which list its change belongs to
 */

/** @type {Map<string, Acts>} */
const done = new Map();

/** @param {string} place programme and map @returns {Acts} */
function actsAt(place) {
  const acts = done.get(place) ?? { undoable: [], redoable: [], asked: new Map() };
  done.set(place, acts);
  return acts;
}

/** @param {SystemMap} map @param {Bar} bar
 * @param {(op: Op) => string} act sends one operation @param {string} place programme and map */
export function createUndoing(map, bar, act, place) {
  const { undoable, redoable, asked } = actsAt(place);
  const undoButton = bar.tool("Undo", () => step(undoable, redoable));
  const redoButton = bar.tool("Redo", () => step(redoable, undoable));
  /** @type {[number, string]} */
  let told = [0, ""]; // the change that the screen's own undo takes back, and its words
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
    /** The history begins anew: its old revisions name other changes now. */
    forget() {
      undoable.length = redoable.length = 0;
      asked.clear();
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
