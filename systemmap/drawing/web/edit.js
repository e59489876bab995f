/** Editing: the bar above the map, drawing links by drag or by keys, the small questions. */

import { linkSentence } from "./trace.js";
import { slug } from "./rows.js";

const STRENGTHS = [["unrated", "Not rated"], ["weak", "Weak"], ["medium", "Medium"], ["strong", "Strong"]];

/** @param {object} map from createMap @param {(op: object) => string} act sends one operation
 * @param {() => object} scene the present scene */
export function createEditor(map, act, scene) {
  const { root, parts } = map;
  const bar = make("div", root, { className: "sm-bar", role: "toolbar", label: "Edit the map" });
  const addButton = button("Add factor", bar, () => askFactor(null));
  const linkButton = button("Draw link", bar, () => setLinking(!linking.on));
  const editButton = button("Edit", bar, () => askEdit());
  const undoButton = button("Undo", bar, () => step(undoable, redoable));
  const redoButton = button("Redo", bar, () => step(redoable, undoable));
  const saved = make("span", bar, { className: "sm-saved" });
  const who = make("span", bar, { className: "sm-who" });
  linkButton.setAttribute("aria-pressed", "false");
  const linking = { on: false, from: null, to: null, byKeys: false };
  const undoable = [];
  const redoable = [];
  const asked = new Map(); // operation name -> which list its change belongs to
  let dialog = null;
  showButtons();

  // --- drawing a link by drag ---------------------------------------------
  parts.canvas.addEventListener("pointerdown", startDrag, { capture: true });
  map.onDraw(draw);

  function startDrag(event) {
    if (!linking.on || event.button > 0) return;
    const { id } = map.at(event.clientX, event.clientY);
    if (!id) return;
    event.stopPropagation();
    event.preventDefault();
    parts.canvas.setPointerCapture(event.pointerId);
    Object.assign(linking, { from: id, to: null, byKeys: false, pointer: map.at(event.clientX, event.clientY).place });
    const move = (next) => {
      next.stopPropagation();
      const found = map.at(next.clientX, next.clientY, linking.from);
      Object.assign(linking, { to: found.id, pointer: found.place });
      map.network.redraw();
    };
    const end = (next) => {
      next.stopPropagation();
      for (const [kind, listener] of handlers) parts.canvas.removeEventListener(kind, listener, { capture: true });
      const { from, to } = linking;
      Object.assign(linking, { from: null, to: null, pointer: null });
      map.network.redraw();
      if (next.type === "pointerup" && to) askSign(from, to);
    };
    const handlers = [["pointermove", move], ["pointerup", end], ["pointercancel", end]];
    for (const [kind, listener] of handlers) parts.canvas.addEventListener(kind, listener, { capture: true });
  }

  function draw(ctx) {
    const from = map.state.boxes.get(linking.from);
    if (!from) return;
    const to = map.state.boxes.get(linking.to) ?? (linking.byKeys ? map.state.boxes.get(map.state.active) : null) ?? linking.pointer;
    if (!to) return;
    ctx.strokeStyle = map.state.look.action;
    ctx.lineWidth = 2.5 / Math.max(map.network.getScale(), 0.3);
    ctx.setLineDash([8, 5]);
    ctx.beginPath();
    ctx.moveTo(from.x, from.y);
    ctx.lineTo(to.x, to.y);
    ctx.stroke();
    ctx.setLineDash([]);
  }

  function setLinking(on) {
    Object.assign(linking, { on, from: null, to: null, byKeys: false });
    linkButton.setAttribute("aria-pressed", String(on));
    root.classList.toggle("sm-linking", on);
    map.say(on ? "Drawing links: drag from a cause to its effect. Escape ends it." : "Drawing links ended.");
    map.network.redraw();
  }

  // --- the same by keys ---------------------------------------------------
  function startLink(id) {
    if (!id) return;
    Object.assign(linking, { from: id, byKeys: true });
    map.say(`Link from ${name(id)}. Walk to its effect and press Enter, or Escape to stop.`);
  }

  function entered(id) {
    if (!linking.byKeys || !linking.from) return false;
    const from = linking.from;
    Object.assign(linking, { from: null, byKeys: false });
    if (id && id !== from) askSign(from, id);
    else map.say("A link needs two different factors.");
    return true;
  }

  function pressed(key, id) {
    if (key === "Escape" && (linking.byKeys || linking.on)) {
      const byKeys = linking.byKeys;
      Object.assign(linking, { from: null, byKeys: false });
      if (linking.on) setLinking(false);
      else if (byKeys) map.say("Link dropped.");
      map.network.redraw();
      return true;
    }
    if (key === "Delete" && id) {
      remove(id);
      return true;
    }
    if (key === "F2" && id) {
      map.select(id);
      askEdit();
      return true;
    }
    return false;
  }

  // --- the small questions -------------------------------------------------
  function askFactor(place) {
    const form = open("Add a factor");
    const label = field(form, "Name", "input");
    label.maxLength = 200;
    const theme = themeField(form, "");
    hint(form, "A neutral quantity that can rise or fall, for example “Cost of healthy food”.");
    finish(form, "Add", () => {
      const text = label.value.trim();
      if (!text) return false;
      const at = place ?? middle();
      const id = slug(text, (taken) => map.state.boxes.has(taken));
      done(act({ op: "add_factor", id, label: text, theme: theme.value, x: at.x, y: at.y }));
      map.select(map.state.boxes.has(id) ? id : null);
      map.say(`${text} added.`);
      return true;
    });
  }

  function askSign(source, target) {
    const known = map.state.lines.get(`${source}/${target}`);
    const form = open(known ? "Change the link" : "New link");
    make("p", form, { words: `More “${name(source)}” leads to …` });
    const choose = (words, polarity) => button(words, form, () => {
      close();
      const op = known ? "edit_link" : "add_link";
      done(act({ op, source, target, polarity }));
      const style = { "+": "more", "-": "less", "?": "unknown" }[polarity];
      map.say(linkSentence({ source, target, style }, name));
    });
    const first = choose(`more “${name(target)}”`, "+");
    choose(`less “${name(target)}”`, "-");
    choose("not agreed", "?");
    if (known) editDetails(form, known);
    button("Cancel", form, close);
    first.focus();
  }

  function editDetails(form, line) {
    const { source, target } = line;
    const label = make("label", form, { words: "Strength" });
    const strength = document.createElement("select");
    for (const [key, words] of STRENGTHS) strength.add(new Option(words, key, false, key === line.strength));
    label.append(strength);
    const slowly = field(form, "Works slowly", "checkbox");
    slowly.checked = line.slow === true;
    const reason = field(form, "Reason", "input", line.reason ?? "");
    button("Save details", form, () => {
      close();
      const op = { op: "edit_link", source, target };
      if (strength.value !== line.strength) op.strength = strength.value;
      if (slowly.checked !== (line.slow === true)) op.delay = slowly.checked;
      if (reason.value.trim() !== (line.reason ?? "")) op.reason = reason.value.trim();
      if (Object.keys(op).length > 3) done(act(op));
    });
    button("Remove the link", form, () => {
      close();
      done(act({ op: "remove_link", source, target }));
      map.say("Link removed.");
    });
  }

  function askEdit() {
    const box = map.state.boxes.get(map.state.selected);
    if (!box) return map.state.selectedLine ? askSign(...map.state.selectedLine.split("/")) : map.say("Choose a factor or a link first.");
    const form = open(`Edit “${box.label}”`);
    const label = field(form, "Name", "input", box.label);
    label.maxLength = 200;
    const theme = themeField(form, box.theme);
    const pinned = field(form, "Keep in this place", "checkbox");
    pinned.checked = box.pinned === true;
    finish(form, "Save", () => {
      const text = label.value.trim();
      if (!text) return false;
      if (text !== box.label) done(act({ op: "rename_factor", id: box.id, label: text, was: box.label }));
      if (theme.value !== box.theme) done(act({ op: "set_theme", id: box.id, theme: theme.value }));
      if (pinned.checked !== (box.pinned === true)) done(act({ op: "pin", id: box.id, pinned: pinned.checked }));
      return true;
    });
    button("Remove", form, () => {
      close();
      remove(box.id);
    });
  }

  function askMerge(moves) {
    const [move] = moves;
    const other = moves.length === 1 ? overlapped(move) : null;
    if (!other) return void done(act({ op: "move", moves }));
    const form = open("Dropped on another factor");
    const links = scene().lines.filter((line) => line.source === move.id || line.target === move.id).length;
    make("p", form, { words: `Make one factor of “${name(move.id)}” and “${other.label}”? Its ${links === 1 ? "link" : `${links} links`} and its wording are kept. Undo brings it back.` });
    const merge = button(`Merge into “${other.label}”`, form, () => {
      close();
      const words = name(move.id);
      done(act({ op: "merge", keep: other.id, drop: move.id }));
      map.say(`${words} is now part of ${other.label}.`);
    });
    button("Only move", form, () => {
      close();
      done(act({ op: "move", moves }));
    });
    merge.focus();
  }

  function overlapped(move) {
    const here = map.state.boxes.get(move.id);
    for (const box of map.state.boxes.values()) {
      if (box.id === move.id) continue;
      if (Math.abs(box.x - here.x) < box.width / 2 && Math.abs(box.y - here.y) < box.height / 2) return box;
    }
    return null;
  }

  function remove(id) {
    const words = name(id);
    done(act({ op: "remove_factor", id }));
    map.say(`${words} removed. Undo brings it back.`);
  }

  // --- undo and redo --------------------------------------------------------
  function done(operation) {
    asked.set(operation, undoable);
    redoable.length = 0;
    showButtons();
  }

  function step(from, to) {
    const revision = from.pop();
    if (revision === undefined) return;
    asked.set(act({ op: "undo", revision }), to);
    map.say(from === undoable ? "Undone." : "Done again.");
    showButtons();
  }

  /** Learn which changes one's operations became. @param {Record<string, number>} revisions */
  function became(revisions) {
    for (const [operation, revision] of Object.entries(revisions ?? {})) {
      asked.get(operation)?.push(revision);
      asked.delete(operation);
    }
    showButtons();
  }

  function showButtons() {
    undoButton.disabled = undoable.length === 0;
    redoButton.disabled = redoable.length === 0;
  }

  root.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.target.closest?.("input")) return;
    const key = event.key.toLowerCase();
    if (key !== "z" && key !== "y") return;
    event.preventDefault();
    if (key === "y" || event.shiftKey) step(redoable, undoable);
    else step(undoable, redoable);
  });

  // --- small parts ------------------------------------------------------------
  function open(title) {
    close();
    dialog = make("div", root, { className: "sm-ask", role: "dialog", label: title });
    const form = make("form", dialog);
    make("h3", form, { words: title });
    dialog.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      event.stopPropagation();
      close();
    });
    return form;
  }

  function close() {
    if (!dialog) return;
    dialog.remove();
    dialog = null;
    parts.list.focus();
  }

  function finish(form, words, onSubmit) {
    const submit = button(words, form, () => {});
    submit.type = "submit";
    button("Cancel", form, close);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (onSubmit()) close();
    });
    form.querySelector("input")?.focus();
  }

  function field(form, words, kind, value = "") {
    const label = make("label", form, { words });
    const input = document.createElement("input");
    input.type = kind === "checkbox" ? kind : "text";
    if (kind !== "checkbox") input.value = value;
    label.append(input);
    return input;
  }

  function themeField(form, value) {
    const label = make("label", form, { words: "Theme" });
    const select = document.createElement("select");
    for (const { key, name: words } of [{ key: "", name: "Not sorted" }, ...(scene().theme_choices ?? [])]) {
      select.add(new Option(words, key, false, key === value));
    }
    label.append(select);
    return select;
  }

  function hint(form, words) {
    make("p", form, { words, className: "sm-hint" });
  }

  function middle() {
    const at = map.network.getViewPosition();
    const jitter = map.state.boxes.size % 5;
    const place = map.stored({ x: at.x + 40 * (jitter - 2), y: at.y + 30 * ((jitter * 3) % 5 - 2) });
    return { x: Math.round(place.x), y: Math.round(place.y) };
  }

  function name(id) {
    return map.state.boxes.get(id)?.label ?? id;
  }

  function button(words, parent, onClick) {
    const item = make("button", parent, { words });
    item.type = "button";
    item.addEventListener("click", onClick);
    return item;
  }

  return {
    startLink, entered, pressed, became, askMerge, askFactor,
    saved(words, waiting) {
      saved.textContent = words;
      saved.classList.toggle("sm-waiting", waiting);
    },
    who(others) {
      who.textContent = others.map(({ name: table, at }) => `${table}: ${name(at)}`).join(" · ");
    },
    buttons: { addButton, linkButton, editButton, undoButton, redoButton },
  };
}

function make(tag, parent, { words, className, role, label } = {}) {
  const item = document.createElement(tag);
  if (words) item.textContent = words;
  if (className) item.className = className;
  if (role) item.setAttribute("role", role);
  if (label) item.setAttribute("aria-label", label);
  parent.append(item);
  return item;
}
