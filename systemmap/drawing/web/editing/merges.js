// @ts-check
/** Making one factor of two: by dropping one on the other, or by choosing both. */

/** @import { Move } from "../map/types.js" */
/** @import { Editing } from "./editor.js" */

import { make } from "../map/elements.js";

const MOST_MOVES = 300; // in one operation: a message holds 64 KB

/** @param {Editing} editing */
export function createMerges({ map, bar, done, scene }) {
  const { dialogs } = bar;
  const { name } = map;

  /** @param {string[]} ids of two @param {() => void} end nothing is chosen any more */
  function askMerge([one, other], end) {
    const form = dialogs.open("Make one cause of two");
    for (const [keep, drop] of [
      [one, other],
      [other, one],
    ]) {
      dialogs.hint(form, mergeWords(drop, keep));
      dialogs.button(`Keep “${name(keep)}”`, form, () => {
        dialogs.close();
        end();
        merge(keep, drop);
      });
    }
    dialogs.button("Keep both", form, dialogs.close).focus();
  }

  /** What was dragged: moved, or one dropped on another. @param {Move[]} moves */
  function moved(moves) {
    const [move] = moves;
    const other = moves.length === 1 ? overlapped(move) : null;
    if (!other) {
      for (let at = 0; at < moves.length; at += MOST_MOVES) {
        done({ op: "move", moves: moves.slice(at, at + MOST_MOVES) });
      }
      return;
    }
    const form = dialogs.open("Dropped on another cause");
    make("p", form, { words: mergeWords(move.id, other.id) });
    const first = dialogs.button(`Merge into “${other.label}”`, form, () => {
      dialogs.close();
      merge(other.id, move.id);
    });
    dialogs.button("Only move", form, () => {
      dialogs.close();
      done({ op: "move", moves });
    });
    first.focus();
  }

  /** What becomes of the one that goes: said before it is done.
   * @param {string} drop @param {string} keep */
  function mergeWords(drop, keep) {
    const links = scene().lines.filter(
      (line) => line.source === drop || line.target === drop,
    ).length;
    const kept = links
      ? `The ${links === 1 ? "link" : `${links} links`} and the wording of “${name(drop)}” are kept.`
      : `The wording of “${name(drop)}” is kept.`;
    return `Make one cause of “${name(drop)}” and “${name(keep)}”? ${kept} Undo brings it back.`;
  }

  /** @param {string} keep @param {string} drop */
  function merge(keep, drop) {
    const words = name(drop);
    done({ op: "merge", keep, drop });
    map.say(`${words} is now part of ${name(keep)}.`);
  }

  /** @param {Move} move */
  function overlapped(move) {
    const here = map.state.boxes.get(move.id);
    if (!here) return null;
    for (const box of map.state.boxes.values()) {
      if (box.id === move.id) continue;
      if (
        Math.abs(box.x - here.x) < box.width / 2 &&
        Math.abs(box.y - here.y) < box.height / 2
      )
        return box;
    }
    return null;
  }

  return { askMerge, moved };
}
