// @ts-check
/** One link: what it says, its details, and taking it away. */

/** @import { Line, Pair, Strength } from "../map/types.js" */
/** @import { Editing } from "./editor.js" */
/** @import { Polarity, SetLink } from "./op_types.js" */

import { make } from "../map/elements.js";
import { linkSentence } from "../map/neighbours.js";
import { STYLE_OF } from "./scene_changes.js";

/** @type {Pair[]} */
export const STRENGTHS = [
  ["unrated", "Not rated"],
  ["weak", "Weak"],
  ["medium", "Medium"],
  ["strong", "Strong"],
];

/** @param {Editing} editing */
export function createLinkQuestions({ map, bar, done }) {
  const { dialogs } = bar;
  const { name } = map;

  /** What a link says: more, less, not agreed; and its details, once it is drawn.
   * @param {string} source @param {string} target */
  function askSign(source, target) {
    const known = map.state.lines.get(`${source}/${target}`);
    const form = dialogs.open(known ? "Change the link" : "New link");
    make("p", form, { words: `More “${name(source)}” leads to …` });
    /** @param {string} words @param {Polarity} polarity */
    const choose = (words, polarity) =>
      dialogs.button(words, form, () => {
        dialogs.close();
        if (!done({ op: known ? "edit_link" : "add_link", source, target, polarity })) {
          return;
        }
        const style = STYLE_OF[polarity];
        map.say(linkSentence({ source, target, style, slow: false }, name));
      });
    const first = choose(`more “${name(target)}”`, "+");
    choose(`less “${name(target)}”`, "-");
    choose("not agreed", "?");
    if (known) editDetails(form, known);
    dialogs.button("Cancel", form, dialogs.close);
    first.focus();
  }

  /** @param {HTMLFormElement} form @param {Line} line */
  function editDetails(form, line) {
    const { source, target } = line;
    const strength = dialogs.choice(form, "Strength", STRENGTHS, line.strength);
    const slowly = dialogs.field(form, "Works slowly", "checkbox");
    slowly.checked = line.slow === true;
    const reason = dialogs.field(form, "Reason", "text", line.reason ?? "");
    dialogs.button("Save details", form, () => {
      dialogs.close();
      /** @type {SetLink} */
      const op = { op: "edit_link", source, target };
      if (strength.value !== line.strength) {
        op.strength = /** @type {Strength} */ (strength.value);
      }
      if (slowly.checked !== (line.slow === true)) op.delay = slowly.checked;
      if (reason.value.trim() !== (line.reason ?? "")) op.reason = reason.value.trim();
      if (Object.keys(op).length > 3) done(op);
    });
    dialogs.button("Remove the link", form, () => {
      dialogs.close();
      done({ op: "remove_link", source, target });
      map.say("Link removed.");
    });
  }

  return { askSign };
}
