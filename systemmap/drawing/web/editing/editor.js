/** Editing: add, change, merge, tie and remove, each by a small question over the map. */

import { sized } from "../map/box_size.js";
import { make } from "../map/elements.js";
import { linkSentence } from "../map/neighbours.js";
import { createLinking } from "./link_drawing.js";
import { slug } from "./scene_changes.js";
import { createSeveral } from "./several_factors.js";
import { createUndoing } from "./undo.js";

const STRENGTHS = [
  ["unrated", "Not rated"],
  ["weak", "Weak"],
  ["medium", "Medium"],
  ["strong", "Strong"],
];
const MOST_MOVES = 300; // in one operation: a message holds 64 KB
const STYLE_OF = { "+": "more", "-": "less", "?": "unknown" };

/** @param {object} map from createMap @param {object} bar from createBar
 * @param {(op: object) => string} act sends one operation @param {() => object} scene the present scene */
export function createEditor(map, bar, act, scene) {
  const { dialogs } = bar;
  const { name } = map;
  const added = new Set(); // factors added on this page, to place again together
  const adding = bar.tool("Add factor", askFactor);
  const linking = createLinking(map, bar, askSign);
  const editing = bar.tool("Edit", askEdit);
  const { done, became } = createUndoing(map, bar, act);
  const several = createSeveral(map, bar, {
    begins: () => linking.set(false),
    does: {
      theme: askTheme,
      pin: (ids) => askPin(ids),
      again: placeAgain,
      merge: askMerge,
      remove: removeAll,
    },
  });
  bar.more(() => "Tidy the map", askTidy);

  map.root.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !event.defaultPrevented) linking.escaped();
  });
  map.onChange(() => {
    // a comparison shows what cannot be changed here
    for (const tool of [adding, linking.button, editing])
      tool.disabled = map.state.overlay !== null;
    if (map.state.overlay) linking.escaped();
  });

  // --- factors ----------------------------------------------------------------
  function askFactor() {
    const form = dialogs.open("Add a factor");
    const label = dialogs.field(form, "Name", "text");
    label.maxLength = 200;
    const theme = themeField(form, "");
    dialogs.hint(
      form,
      "A neutral quantity that can rise or fall, for example “Cost of healthy food”.",
    );
    dialogs.finish(form, "Add", () => {
      const text = label.value.trim();
      if (!text) return false;
      const at = middle(sized(text));
      const id = slug(text, (taken) => map.state.boxes.has(taken));
      done({ op: "add_factor", id, label: text, theme: theme.value, x: at.x, y: at.y });
      added.add(id);
      map.select(map.state.boxes.has(id) ? id : null);
      map.say(`${text} added.`);
      return true;
    });
  }

  function askEdit() {
    if (map.state.several.size) return void several.focus();
    const box = map.state.boxes.get(map.state.selected);
    if (!box)
      return map.state.selectedLine
        ? askSign(...map.state.selectedLine.split("/"))
        : map.say("Choose a factor or a link first.");
    const form = dialogs.open(`Edit “${box.label}”`);
    const label = dialogs.field(form, "Name", "text", box.label);
    label.maxLength = 200;
    const theme = themeField(form, box.theme);
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
    if (scene().register) {
      dialogs.button("Tie an action", form, () =>
        askTie(box.id, "action", scene().register.actions),
      );
      dialogs.button("Tie an asset", form, () =>
        askTie(box.id, "asset", scene().register.assets),
      );
    }
    dialogs.button("Remove", form, () => {
      dialogs.close();
      remove(box.id);
    });
  }

  // Moving without dragging: each press is one small step.
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
      done({
        op: `tie_${kind}`,
        factor_id: id,
        [`${kind}_id`]: which.value,
        reason: reason.value.trim(),
      });
      map.say(`${which.selectedOptions[0].text} is tied to ${name(id)}.`);
      return true;
    });
  }

  // Two people changed one thing: nothing is chosen for them, and nothing is lost.
  function askConflict(op, { theirs, yours }) {
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

  function remove(id) {
    const words = name(id);
    done({ op: "remove_factor", id });
    map.say(`${words} removed. Undo brings it back.`);
  }

  // --- several at once ------------------------------------------------------------
  function askTheme(ids) {
    const form = dialogs.open(`Sort ${ids.length} factors into a theme`);
    const theme = themeField(form, "");
    dialogs.finish(form, "Sort", () => {
      done({ op: "set_theme", ids, theme: theme.value });
      map.say(`${ids.length} factors sorted.`);
      return true;
    });
  }

  function askPin(ids) {
    const pinned = !ids.every((id) => map.state.boxes.get(id)?.pinned === true);
    done({ op: "pin", ids, pinned });
    map.say(
      pinned
        ? `${ids.length} factors keep their places.`
        : `${ids.length} factors may be moved by tidying.`,
    );
  }

  function askMerge([one, other]) {
    const form = dialogs.open("Make one factor of two");
    for (const [keep, drop] of [
      [one, other],
      [other, one],
    ]) {
      dialogs.hint(form, mergeWords(drop, keep));
      dialogs.button(`Keep “${name(keep)}”`, form, () => {
        dialogs.close();
        several.end();
        merge(keep, drop);
      });
    }
    dialogs.button("Keep both", form, dialogs.close).focus();
  }

  function removeAll(ids) {
    const form = dialogs.open(`Remove ${ids.length} factors?`);
    dialogs.hint(form, "Their links go with them. Undo brings everything back.");
    dialogs.button("Remove", form, () => {
      dialogs.close();
      done({ op: "remove_factor", ids });
      several.end();
      map.say(`${ids.length} factors removed. Undo brings them back.`);
    });
    dialogs.button("Keep", form, dialogs.close).focus();
  }

  function placeAgain(ids) {
    done({ op: "tidy", ids });
    map.say(
      `${ids.length} ${ids.length === 1 ? "factor finds" : "factors find"} a place near what each is linked to.`,
    );
  }

  function askTidy() {
    const form = dialogs.open("Tidy the map");
    const here = [...added].filter((id) => map.state.boxes.has(id));
    const chosen = [...map.state.several];
    dialogs.hint(form, "Pinned factors keep their place. Undo puts everything back.");
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
    form.querySelector("button").focus();
  }

  // --- links ------------------------------------------------------------------
  function askSign(source, target) {
    const known = map.state.lines.get(`${source}/${target}`);
    const form = dialogs.open(known ? "Change the link" : "New link");
    make("p", form, { words: `More “${name(source)}” leads to …` });
    const choose = (words, polarity) =>
      dialogs.button(words, form, () => {
        dialogs.close();
        done({ op: known ? "edit_link" : "add_link", source, target, polarity });
        map.say(linkSentence({ source, target, style: STYLE_OF[polarity] }, name));
      });
    const first = choose(`more “${name(target)}”`, "+");
    choose(`less “${name(target)}”`, "-");
    choose("not agreed", "?");
    if (known) editDetails(form, known);
    dialogs.button("Cancel", form, dialogs.close);
    first.focus();
  }

  function editDetails(form, line) {
    const { source, target } = line;
    const strength = dialogs.choice(form, "Strength", STRENGTHS, line.strength);
    const slowly = dialogs.field(form, "Works slowly", "checkbox");
    slowly.checked = line.slow === true;
    const reason = dialogs.field(form, "Reason", "text", line.reason ?? "");
    dialogs.button("Save details", form, () => {
      dialogs.close();
      const op = { op: "edit_link", source, target };
      if (strength.value !== line.strength) op.strength = strength.value;
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

  // --- moving and merging -----------------------------------------------------
  function moved(moves) {
    const [move] = moves;
    const other = moves.length === 1 ? overlapped(move) : null;
    if (!other) {
      for (let at = 0; at < moves.length; at += MOST_MOVES) {
        done({ op: "move", moves: moves.slice(at, at + MOST_MOVES) });
      }
      return;
    }
    const form = dialogs.open("Dropped on another factor");
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

  // What becomes of the one that goes: said before it is done.
  function mergeWords(drop, keep) {
    const links = scene().lines.filter(
      (line) => line.source === drop || line.target === drop,
    ).length;
    const kept = links
      ? `The ${links === 1 ? "link" : `${links} links`} and the wording of “${name(drop)}” are kept.`
      : `The wording of “${name(drop)}” is kept.`;
    return `Make one factor of “${name(drop)}” and “${name(keep)}”? ${kept} Undo brings it back.`;
  }

  function merge(keep, drop) {
    const words = name(drop);
    done({ op: "merge", keep, drop });
    map.say(`${words} is now part of ${name(keep)}.`);
  }

  function overlapped(move) {
    const here = map.state.boxes.get(move.id);
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

  // --- small parts ------------------------------------------------------------
  function themeField(form, value) {
    const choices = (scene().theme_choices ?? []).map(({ key, name: words }) => [
      key,
      words,
    ]);
    return dialogs.choice(form, "Theme", [["", "Not sorted"], ...choices], value);
  }

  // The place nearest to the middle of the screen where a new box covers none.
  function middle({ width, height }) {
    const at = map.network.getViewPosition();
    const boxes = [...map.state.boxes.values()];
    const free = ({ x, y }) =>
      boxes.every(
        (box) =>
          Math.abs(x - box.x) > (width + box.width) / 2 + 14 ||
          Math.abs(y - box.y) > (height + box.height) / 2 + 14,
      );
    let found = at;
    search: for (let away = 0; away < 40; away += 1) {
      for (let turn = 0; turn < 16; turn += 1) {
        const angle = (turn * Math.PI) / 8;
        found = {
          x: at.x + away * 24 * Math.cos(angle),
          y: at.y + away * 16 * Math.sin(angle),
        };
        if (free(found)) break search;
      }
    }
    const place = map.stored(found);
    return { x: Math.round(place.x), y: Math.round(place.y) };
  }

  return {
    became,
    moved,
    askConflict,
    startLink: linking.start,
    entered: (id) => linking.entered(id) || several.entered(id),
    pressed(key, id) {
      if (key === "Escape") return linking.escaped() || several.escaped();
      if (key === "Delete" && id) {
        if (map.state.several.size) removeAll([...map.state.several]);
        else remove(id);
        return true;
      }
      if (key === "F2" && id) {
        map.select(id);
        askEdit();
        return true;
      }
      return false;
    },
  };
}
