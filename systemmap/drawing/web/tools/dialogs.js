/** The small questions over the map: one at a time, Escape leaves, focus comes back. */

import { make, makeButton } from "../map/elements.js";

/** @param {HTMLElement} root @param {() => void} back gives the focus back when nothing else had it */
export function createDialogs(root, back) {
  let dialog = null;
  let before = null;

  /** Open a dialog; what was open is closed. @param {string} title @returns {HTMLFormElement} */
  function open(title) {
    const opener = dialog ? before : (root.getRootNode().activeElement ?? null);
    if (dialog) dialog.remove();
    before = opener;
    dialog = make("div", root, { className: "sm-ask", role: "dialog", label: title });
    const form = make("form", dialog);
    make("h2", form, { words: title });
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
    if (before?.isConnected && !before.disabled && root.contains(before))
      before.focus();
    else back();
  }

  /** End a form with its button and Cancel; `onSubmit` returns false to stay. */
  function finish(form, words, onSubmit) {
    const submit = makeButton(words, form, () => {});
    submit.type = "submit";
    makeButton("Cancel", form, close);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (onSubmit()) close();
    });
    form.querySelector("input, select")?.focus();
  }

  /** @param {"text" | "checkbox" | "search"} kind */
  function field(form, words, kind, value = "") {
    const label = make("label", form, { words });
    const input = document.createElement("input");
    input.type = kind;
    if (kind !== "checkbox") input.value = value;
    label.append(input);
    return input;
  }

  /** @param {[string, string][]} choices key and words */
  function choice(form, words, choices, chosen = "") {
    const label = make("label", form, { words });
    const select = document.createElement("select");
    for (const [key, said] of choices)
      select.add(new Option(said, key, false, key === chosen));
    label.append(select);
    return select;
  }

  function hint(form, words) {
    make("p", form, { words, className: "sm-hint" });
  }

  return {
    open,
    close,
    finish,
    field,
    choice,
    hint,
    button: (words, form, onClick) => makeButton(words, form, onClick),
  };
}
