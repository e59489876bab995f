// @ts-check
"use strict";
// Words that were typed and not sent stand in their form again when its work comes back:
// another look was opened meanwhile, or what came in was shown. They stay in this tab.
(() => {
  const Place = `run-words ${location.pathname}`;
  const Words =
    "textarea, input:not([type=checkbox], [type=radio], [type=hidden], [type=file])";
  const centre = /** @type {HTMLElement} */ (
    document.querySelector('[data-part="centre"]')
  );
  /** @typedef {HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement} Field */
  /** A form's fields as they stood, by name. @typedef {Record<string, string | boolean>} Stood */

  /** @returns {Record<string, Stood>} */
  const kept = () => JSON.parse(sessionStorage.getItem(Place) ?? "{}");
  /** @param {HTMLFormElement} form @returns {Field[]} */
  const fieldsOf = (form) => /** @type {any} */ ([...form.elements]);
  /** @param {Field} field */
  const isFixed = (field) => field.type === "hidden" && field.name !== "key";
  /** @param {Field} field */
  const isTyped = (field) =>
    field.matches(Words) &&
    field.value !== /** @type {HTMLInputElement} */ (field).defaultValue;
  /** Which work a form does, and on what: all that is fixed in it. @param {HTMLFormElement} form */
  const nameOf = (form) =>
    [
      centre.dataset.look,
      ...fieldsOf(form)
        .filter(isFixed)
        .map((one) => one.value),
    ].join("|");
  /** What can be put back without taking it for another: one field of its name. @param {HTMLFormElement} form */
  const ownFields = (form) =>
    fieldsOf(form).filter(
      (field) =>
        field.name &&
        !isFixed(field) &&
        !["file", "submit"].includes(field.type) &&
        form.elements.namedItem(field.name) === field,
    );

  /** @param {HTMLFormElement} form */
  const keep = (form) => {
    const all = kept();
    /** @type {Stood} */
    const stood = {};
    for (const field of ownFields(form)) {
      const tick = field instanceof HTMLInputElement && field.type === "checkbox";
      stood[field.name] = tick ? field.checked : field.value;
    }
    if (fieldsOf(form).some(isTyped)) all[nameOf(form)] = stood;
    else delete all[nameOf(form)];
    sessionStorage.setItem(Place, JSON.stringify(all));
  };
  const putBack = () => {
    const all = kept();
    for (const form of centre.querySelectorAll("form")) {
      const stood = all[nameOf(form)];
      if (!stood || fieldsOf(form).some(isTyped)) continue;
      for (const field of ownFields(form)) {
        const value = stood[field.name];
        if (typeof value === "string") field.value = value;
        else if (field instanceof HTMLInputElement && value !== undefined)
          field.checked = value;
      }
      for (const details of centre.querySelectorAll("details"))
        if (details.contains(form)) details.open = true;
    }
  };

  for (const kind of ["input", "change"])
    centre.addEventListener(kind, (event) => {
      const { form } = /** @type {Field} */ (event.target);
      if (form) keep(form);
    });
  new MutationObserver(putBack).observe(centre, { childList: true });
  putBack();
})();
