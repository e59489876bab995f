// @ts-check
/** Several factors at once: sort, keep in place, take away, and tidying the map. */

/** @import { Editing } from "./editor.js" */

import { focusFirst } from "../map/elements.js";
import { themeField } from "./factor_questions.js";

/** @param {Editing} editing @param {Set<string>} added factors added on this page
 * @param {() => void} end nothing is chosen any more */
export function createGroupQuestions(editing, added, end) {
  const { map, done } = editing;
  const { dialogs } = editing.bar;

  /** @param {string[]} ids */
  function askTheme(ids) {
    const form = dialogs.open(`Sort ${ids.length} causes into a theme`);
    const theme = themeField(editing, form, "");
    dialogs.finish(form, "Sort", () => {
      done({ op: "set_theme", ids, theme: theme.value });
      map.say(`${ids.length} causes sorted.`);
      return true;
    });
  }

  /** @param {string[]} ids */
  function askPin(ids) {
    const pinned = !ids.every((id) => map.state.boxes.get(id)?.pinned === true);
    done({ op: "pin", ids, pinned });
    map.say(
      pinned
        ? `${ids.length} causes keep their places.`
        : `${ids.length} causes may be moved by tidying.`,
    );
  }

  /** @param {string[]} ids */
  function removeAll(ids) {
    const form = dialogs.open(`Remove ${ids.length} causes?`);
    dialogs.hint(form, "Their links go with them. Undo brings everything back.");
    dialogs.button("Remove", form, () => {
      dialogs.close();
      done({ op: "remove_factor", ids });
      end();
      map.say(`${ids.length} causes removed. Undo brings them back.`);
    });
    dialogs.button("Keep", form, dialogs.close).focus();
  }

  /** @param {string[]} ids */
  function placeAgain(ids) {
    done({ op: "tidy", ids });
    map.say(
      `${ids.length} ${ids.length === 1 ? "cause finds" : "causes find"} a place near what each is linked to.`,
    );
  }

  function askTidy() {
    const form = dialogs.open("Tidy the map");
    const here = [...added].filter((id) => map.state.boxes.has(id));
    const chosen = [...map.state.several];
    dialogs.hint(form, "Pinned causes keep their place. Undo puts everything back.");
    /** @param {string} words @param {string[]} ids */
    const offer = (words, ids) =>
      dialogs.button(words, form, () => {
        dialogs.close();
        placeAgain(ids);
      });
    if (here.length) offer(`Place what I added here again (${here.length})`, here);
    if (chosen.length) offer(`Place the chosen again (${chosen.length})`, chosen);
    dialogs.button("Lay the whole map out afresh", form, () => {
      dialogs.close();
      done({ op: "tidy" });
      map.say("The map is being laid out afresh, for everybody.");
    });
    dialogs.button("Cancel", form, dialogs.close);
    focusFirst(form, "button");
  }

  return { askTheme, askPin, removeAll, placeAgain, askTidy };
}
