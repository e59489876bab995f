// @ts-check
/** Editing: add, change, merge, tie and remove, each by a small question over the map. */

/** @import { LiveScene, SystemMap } from "../map/types.js" */
/** @import { Bar } from "../tools/tool_bar.js" */
/** @import { Op } from "./op_types.js" */

import { linkSentence } from "../map/neighbours.js";
import { createActionForm } from "./action_form.js";
import { createFactorQuestions } from "./factor_questions.js";
import { createGroupQuestions } from "./group_questions.js";
import { createLinking } from "./link_drawing.js";
import { createLinkQuestions } from "./link_questions.js";
import { createMerges } from "./merges.js";
import { createNaming } from "./name_on_box.js";
import { createOwnSigns } from "./own_signs.js";
import { createSeveral } from "./several_factors.js";
import { createSigns } from "./signs_on_line.js";
import { createUndoing } from "./undo.js";

/**
 * What each question needs.
 * @typedef {object} Editing
 * @property {SystemMap} map
 * @property {Bar} bar
 * @property {(op: Op) => boolean} done does something that can be undone; false = a person is asked first
 * @property {() => LiveScene} scene the present one
 */

/** @typedef {ReturnType<typeof createEditor>} Editor */

/** @param {SystemMap} map @param {Bar} bar
 * @param {(op: Op) => string} act sends one operation
 * @param {() => LiveScene} scene the present one
 * @param {{place: string, shared?: boolean}} where programme and map; shared = ask before
 * what others said of a link is changed */
export function createEditor(map, bar, act, scene, { place, shared }) {
  const own = shared ? createOwnSigns(place) : null;
  /** @type {Set<string>} */
  const added = new Set(); // factors added on this page, to place again together
  /** @type {Editing} */
  const editing = { map, bar, scene, done };
  const { askSign } = createLinkQuestions(editing);
  const factors = createFactorQuestions(editing, added, askSign);
  const merges = createMerges(editing);
  const groups = createGroupQuestions(editing, added, () => several.end());
  const addButton = bar.tool("Add cause", factors.askFactor);
  const linking = createLinking(map, bar, askSign);
  const editButton = bar.tool("Edit", askEdit);
  const undo = createUndoing(map, bar, act, place);
  const several = createSeveral(map, bar, {
    begins: () => linking.set(false),
    does: {
      theme: groups.askTheme,
      pin: groups.askPin,
      again: groups.placeAgain,
      merge: (ids) => merges.askMerge(ids, () => several.end()),
      remove: groups.removeAll,
    },
  });
  const name = createNaming(editing);
  const signs = createSigns(editing);
  const askAction = createActionForm(editing);
  bar.more(() => "Tidy the map", groups.askTidy);
  map.network.on("doubleClick", ({ pointer }) => {
    const id = map.network.getNodeAt(pointer.DOM);
    if (id !== undefined && !map.state.choosing) name(id);
  });

  map.root.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !event.defaultPrevented) linking.escaped();
  });
  map.onChange(() => {
    // a comparison shows what cannot be changed here
    for (const tool of [addButton, linking.button, editButton]) {
      tool.disabled = map.state.overlay !== null;
    }
    if (map.state.overlay) linking.escaped();
  });

  /** @param {Op} op @returns {boolean} */
  function done(op) {
    const line =
      "source" in op ? map.state.lines.get(`${op.source}/${op.target}`) : undefined;
    if (line && own?.theirs(op, line)) {
      const theirs = linkSentence({ ...line, slow: false }, map.name).slice(0, -1);
      factors.askConflict(op, { theirs, yours: "" });
      return false;
    }
    own?.remember(op);
    undo.done(op);
    return true;
  }

  function askEdit() {
    if (map.state.several.size) several.focus();
    else factors.askEdit();
  }

  return {
    became: undo.became,
    undoSays: undo.says,
    forget: undo.forget,
    moved: merges.moved,
    askConflict: factors.askConflict,
    startLink: linking.start,
    linkFrom: linking.from,
    edit: askEdit,
    name,
    askAction,
    /** Stand on the sign of the chosen link. */
    signs: signs.focus,
    /** Enter on a factor. @param {string | null} id @returns {boolean} dealt with */
    entered(id) {
      if (linking.entered(id) || several.entered(id)) return true;
      if (!id || id !== map.state.selected) return false;
      name(id);
      return true;
    },
    /** Any other key. @param {string} key @param {string | null} id
     * @returns {boolean} dealt with */
    pressed(key, id) {
      if (key === "Escape") return linking.escaped() || several.escaped();
      if (key === "Delete" && id) {
        if (map.state.several.size) groups.removeAll([...map.state.several]);
        else factors.remove(id);
        return true;
      }
      if (key === "F2" && id) {
        map.select(id);
        name(id);
        return true;
      }
      return false;
    },
  };
}
