// @ts-check
/** The small questions over the map: one at a time, Escape leaves, focus comes back. */

import { focusedIn, focusFirst, make, makeButton } from "../map/elements.js";

/** @import { Point } from "../map/types.js" */

/** @param {HTMLElement} root @param {() => void} back gives the focus back when nothing else had it
 * @param {() => Point | null} [chosen] where on the page the choice stands */
export function createDialogs(root, back, chosen = () => null) {
  /** @type {HTMLElement | null} */
  let dialog = null;
  /** @type {HTMLElement | null} what had the focus */
  let before = null;

  /** Open a dialog; what was open is closed. @param {string} title @returns {HTMLFormElement} */
  function open(title) {
    const opener = dialog ? before : focusedIn(root);
    if (dialog) dialog.remove();
    before = opener;
    const asked = make("div", root, {
      className: "sm-ask",
      role: "dialog",
      label: title,
    });
    dialog = asked;
    standAside(asked);
    const form = make("form", asked);
    make("h2", form, { words: title });
    asked.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      event.stopPropagation();
      close();
    });
    return form;
  }

  /** A question never covers what it is about: it stands on the other side.
   * @param {HTMLElement} asked */
  function standAside(asked) {
    const at = chosen();
    if (!at) return;
    const { left, top, width, height } = root.getBoundingClientRect();
    const wide = width >= 900;
    asked.classList.add(wide ? "sm-beside" : "sm-across");
    asked.classList.toggle("sm-left", wide && at.x > left + width / 2);
    asked.classList.toggle("sm-low-down", !wide && at.y < top + height / 2);
  }

  function close() {
    if (!dialog) return;
    dialog.remove();
    dialog = null;
    if (before?.isConnected && !before.matches(":disabled") && root.contains(before))
      before.focus();
    else back();
  }

  /** End a form with its button and Cancel; `onSubmit` returns false to stay.
   * @param {HTMLFormElement} form @param {string} words @param {() => boolean} onSubmit */
  function finish(form, words, onSubmit) {
    const submit = makeButton(words, form, () => {});
    submit.type = "submit";
    makeButton("Cancel", form, close);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (onSubmit()) close();
    });
    focusFirst(form, "input, select");
  }

  /** @param {HTMLFormElement} form @param {string} words
   * @param {"text" | "checkbox" | "search"} kind */
  function field(form, words, kind, value = "") {
    const label = make("label", form, { words });
    const input = document.createElement("input");
    input.type = kind;
    if (kind !== "checkbox") input.value = value;
    label.append(input);
    return input;
  }

  /** @param {HTMLFormElement} form @param {string} words
   * @param {[string, string][]} choices key and words */
  function choice(form, words, choices, chosen = "") {
    const label = make("label", form, { words });
    const select = document.createElement("select");
    for (const [key, said] of choices)
      select.add(new Option(said, key, false, key === chosen));
    label.append(select);
    return select;
  }

  /** @param {HTMLFormElement} form @param {string} words */
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
    button: makeButton,
  };
}
