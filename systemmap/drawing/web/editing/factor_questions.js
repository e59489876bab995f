// @ts-check
/** One factor: add it, change it, move it by buttons, tie what helps it, take it away. */

/** @import { Listed, Pair } from "../map/types.js" */
/** @import { Editing } from "./editor.js" */
/** @import { Op, SetLink } from "./op_types.js" */

import { sized } from "../map/box_size.js";
import { make } from "../map/elements.js";
import { freePlace } from "./free_place.js";
import { slug } from "./scene_changes.js";

/** The choice of a theme, in any question. @param {Editing} editing
 * @param {HTMLFormElement} form @param {string} value chosen at first */
export function themeField({ bar, scene }, form, value) {
  /** @type {Pair[]} */
  const choices = scene().theme_choices.map(({ key, name }) => [key, name]);
  return bar.dialogs.choice(form, "Theme", [["", "Not sorted"], ...choices], value);
}

/** @param {Editing} editing @param {Set<string>} added factors added on this page
 * @param {(source: string, target: string) => void} askSign */
export function createFactorQuestions(editing, added, askSign) {
  const { map, done, scene } = editing;
  const { dialogs } = editing.bar;
  const { name } = map;

  function askFactor() {
    const form = dialogs.open("Add a cause");
    const label = dialogs.field(form, "Name", "text");
    label.maxLength = 200;
    const theme = themeField(editing, form, "");
    dialogs.hint(
      form,
      "A neutral quantity that can rise or fall, for example “Cost of healthy food”.",
    );
    dialogs.finish(form, "Add", () => {
      const text = label.value.trim();
      if (!text) return false;
      if (map.state.gathered) map.showAll(); // a new cause stands on the whole map
      const at = freePlace(map, sized(text));
      const id = slug(text, (taken) => map.state.boxes.has(taken));
      done({ op: "add_factor", id, label: text, theme: theme.value, x: at.x, y: at.y });
      added.add(id);
      map.select(map.state.boxes.has(id) ? id : null);
      map.say(`${text} added.`);
      return true;
    });
  }

  function askEdit() {
    const box = map.state.boxes.get(map.state.selected ?? "");
    if (!box) return askLink();
    const form = dialogs.open(`Edit “${box.label}”`);
    const label = dialogs.field(form, "Name", "text", box.label);
    label.maxLength = 200;
    const theme = themeField(editing, form, box.theme);
    const pinned = dialogs.field(form, "Keep in this place", "checkbox");
    pinned.checked = box.pinned === true;
    dialogs.finish(form, "Save", () => {
      const text = label.value.trim();
      if (!text) return false;
      if (text !== box.label)
        done({ op: "rename_factor", id: box.id, label: text, was: box.label });
      if (theme.value !== box.theme)
        done({ op: "set_theme", id: box.id, theme: theme.value });
      if (pinned.checked !== (box.pinned === true))
        done({ op: "pin", id: box.id, pinned: pinned.checked });
      return true;
    });
    moveButtons(form, box.id);
    const { register } = scene();
    if (register) {
      dialogs.button("Tie an action", form, () => {
        askTie(box.id, "action", register.actions);
      });
      dialogs.button("Tie an asset", form, () => {
        askTie(box.id, "asset", register.assets);
      });
    }
    dialogs.button("Remove", form, () => {
      dialogs.close();
      remove(box.id);
    });
  }

  function askLink() {
    const line = map.state.lines.get(map.state.selectedLine ?? "");
    if (line) askSign(line.source, line.target);
    else map.say("Choose a cause or a link first.");
  }

  /** Moving without dragging: each press is one small step.
   * @param {HTMLFormElement} form @param {string} id */
  function moveButtons(form, id) {
    const group = make("div", form, {
      className: "sm-steps",
      role: "group",
      label: "Move it",
    });
    make("span", group, { words: "Move it" });
    for (const [sign, key, words] of [
      ["←", "ArrowLeft", "Move left"],
      ["→", "ArrowRight", "Move right"],
      ["↑", "ArrowUp", "Move up"],
      ["↓", "ArrowDown", "Move down"],
    ]) {
      dialogs
        .button(sign, group, () => map.nudge(id, key))
        .setAttribute("aria-label", words);
    }
  }

  /** @param {string} id @param {"action" | "asset"} kind @param {Listed[]} listed */
  function askTie(id, kind, listed) {
    const form = dialogs.open(`Tie an ${kind} to “${name(id)}”`);
    if (!listed.length) {
      dialogs.hint(
        form,
        `No ${kind} is listed in this programme yet. Add it on the ${kind === "action" ? "Actions" : "Assets"} screen first.`,
      );
      dialogs.button("Close", form, dialogs.close).focus();
      return;
    }
    const which = dialogs.choice(
      form,
      kind === "action" ? "Action" : "Asset",
      listed.map((item) => [item.id, item.name]),
    );
    const reason = dialogs.field(form, "Why it helps", "text");
    reason.maxLength = 200;
    dialogs.finish(form, "Tie", () => {
      if (kind === "action" && !reason.value.trim()) {
        map.say("Say why it helps, in one line.");
        reason.focus();
        return false;
      }
      const said = { factor_id: id, reason: reason.value.trim() };
      if (kind === "action")
        done({ op: "tie_action", action_id: which.value, ...said });
      else done({ op: "tie_asset", asset_id: which.value, ...said });
      map.say(`${which.selectedOptions[0].text} is tied to ${name(id)}.`);
      return true;
    });
  }

  /** Two people changed one thing: nothing is chosen for them, and nothing is lost.
   * @param {Op} op @param {{theirs: string, yours: string}} told */
  function askConflict(op, { theirs, yours }) {
    if (op.op === "add_link" || op.op === "edit_link") {
      askDisagreement(op, theirs);
      return;
    }
    if (op.op !== "rename_factor") return;
    const form = dialogs.open("Somebody else changed this meanwhile");
    dialogs.hint(form, `Theirs: “${theirs}”. Yours: “${yours}”.`);
    const first = dialogs.button("Keep theirs", form, dialogs.close);
    dialogs.button("Use mine", form, () => {
      dialogs.close();
      done({ op: op.op, id: op.id, label: yours, was: theirs });
      map.say(`${yours} saved.`);
    });
    dialogs.button("Write it again", form, () => {
      dialogs.close();
      map.select(op.id);
      askEdit();
    });
    first.focus();
  }

  /** Others say the opposite of a link: it is kept as not agreed, or theirs stands.
   * @param {SetLink} op @param {string} theirs */
  function askDisagreement({ source, target }, theirs) {
    const form = dialogs.open("Others say the opposite");
    dialogs.hint(form, `Others at your table say: ${theirs}.`);
    const first = dialogs.button("Keep both as not agreed", form, () => {
      dialogs.close();
      const both = {
        polarity: /** @type {const} */ ("?"),
        confidence: /** @type {const} */ ("disputed"),
      };
      done({ op: "edit_link", source, target, ...both });
      map.say("Kept as not agreed.");
    });
    dialogs.button("Take theirs", form, dialogs.close);
    first.focus();
  }

  /** @param {string} id */
  function remove(id) {
    const words = name(id);
    done({ op: "remove_factor", id });
    map.say(`${words} removed. Undo brings it back.`);
  }

  return { askFactor, askEdit, askConflict, remove };
}
