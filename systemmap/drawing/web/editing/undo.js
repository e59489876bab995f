/** Undo and redo of one's own acts: each undoes a change of the shared history. */

/** @param {object} map @param {object} bar @param {(op: object) => string} act sends one operation */
export function createUndoing(map, bar, act) {
  const undoButton = bar.tool("Undo", () => step(undoable, redoable));
  const redoButton = bar.tool("Redo", () => step(redoable, undoable));
  const undoable = [];
  const redoable = [];
  const asked = new Map(); // operation name -> which list its change belongs to
  showButtons();

  map.root.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.target.closest?.("input")) return;
    const key = event.key.toLowerCase();
    if (key !== "z" && key !== "y") return;
    event.preventDefault();
    if (key === "y" || event.shiftKey) step(redoable, undoable);
    else step(undoable, redoable);
  });

  function step(from, to) {
    const revision = from.pop();
    if (revision === undefined) return;
    asked.set(act({ op: "undo", revision }), to);
    map.say(from === undoable ? "Undone." : "Done again.");
    showButtons();
  }

  function showButtons() {
    undoButton.disabled = undoable.length === 0;
    redoButton.disabled = redoable.length === 0;
  }

  return {
    /** Do something that can be undone. @param {object} op */
    done(op) {
      asked.set(act(op), undoable);
      redoable.length = 0;
      showButtons();
    },
    /** Learn which changes one's operations became. @param {Record<string, number>} revisions */
    became(revisions) {
      for (const [operation, revision] of Object.entries(revisions ?? {})) {
        asked.get(operation)?.push(revision);
        asked.delete(operation);
      }
      showButtons();
    },
  };
}
