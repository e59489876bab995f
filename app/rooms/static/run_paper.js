// @ts-check
"use strict";
// Paper on the facilitator's page: a list or a photo is sent, and a photo's notes are
// put right by hand before their pictures are kept. The photo itself stays here.
(() => {
  /** @typedef {{colour: string, table: number, picture: string}} Cut */
  /** @typedef {{file: File, address: string, table: string, cuts: Cut[]}} Photo */
  /** @typedef {{form?: HTMLFormElement, file?: File, done?: (answer: any) => void}} More */
  /** @type {{send: (address: string, body: URLSearchParams, more?: More) => void}} */
  const desk = /** @type {any} */ (window).runTheRoom;
  const place = /** @type {HTMLElement} */ (document.getElementById("cuts"));
  const work = /** @type {HTMLElement} */ (
    document.querySelector('[data-part="centre"]')
  );

  document.addEventListener("submit", (event) => {
    const form = /** @type {HTMLFormElement} */ (event.target);
    const act = form.dataset.file;
    if (!act) return;
    event.preventDefault();
    const chosen = /** @type {HTMLInputElement} */ (form.elements.namedItem("file"));
    const table = /** @type {HTMLSelectElement} */ (form.elements.namedItem("table"));
    const file = chosen.files?.[0];
    if (!file) return;
    const body = new URLSearchParams({ act, name: file.name, table: table.value });
    const address = form.action;
    /** @param {any} answer */
    const done = (answer) => show({ file, address, table: table.value, ...answer });
    desk.send(address, body, { form, file, ...(act === "part" ? { done } : {}) });
  });

  /** @param {Photo} photo @param {Record<string, string>} way */
  const ask = (photo, way) => {
    const cuts = JSON.stringify(photo.cuts.map((cut) => ({ ...cut, picture: "" })));
    const body = new URLSearchParams({ act: "part", cuts, ...way });
    const { file, address, table } = photo;
    /** @param {any} answer */
    const done = (answer) => show({ file, address, table, ...answer });
    desk.send(address, body, { file, done });
  };
  /** @param {Photo} photo */
  const keep = (photo) => {
    const cuts = JSON.stringify(photo.cuts.map((cut) => ({ ...cut, picture: "" })));
    const body = new URLSearchParams({ act: "photo", cuts, table: photo.table });
    desk.send(photo.address, body, { file: photo.file, done: leave });
  };
  const leave = () => {
    place.hidden = true;
    work.hidden = false;
    place.replaceChildren();
  };

  /** @param {string} tag @param {string} [text] @param {string} [kind] */
  const made = (tag, text = "", kind = "") => {
    const one = document.createElement(tag);
    one.textContent = text;
    if (kind) one.className = kind;
    return one;
  };
  /** @param {string} text @param {() => void} act @param {string} [kind] @param {string} [of] */
  const button = (text, act, kind = "small", of = "") => {
    const one = /** @type {HTMLButtonElement} */ (made("button", text, kind));
    if (of) one.append(made("span", `: ${of}`, "unseen"));
    one.type = "button";
    one.addEventListener("click", act);
    return one;
  };

  /** Show what was found, each note with what puts it right. @param {Photo} photo */
  const show = (photo) => {
    const many = photo.cuts.length;
    const bar = made("div", "", "bar");
    const help = "Join what was cut in two and split what are two; then keep them.";
    bar.append(made("span", help, "chosen"));
    const pictures = many === 1 ? "1 picture" : `${many} pictures`;
    if (many)
      bar.append(button(`Keep ${pictures} to type`, () => keep(photo), "strong"));
    bar.append(button("Leave this photo", leave, "quiet"));
    const list = made("ul", "", "pictures");
    photo.cuts.forEach((cut, at) => {
      list.append(card(photo, cut, at));
    });
    place.replaceChildren(bar, list);
    place.hidden = false;
    work.hidden = true;
  };
  /** @param {Photo} photo @param {Cut} cut @param {number} at */
  const card = (photo, cut, at) => {
    const one = made("li", "", "card");
    const name = `note ${at + 1}`;
    const picture = document.createElement("img");
    picture.src = `data:image/jpeg;base64,${cut.picture}`;
    picture.alt = `Note ${at + 1} of the photo`;
    const where = cut.table >= 0 ? `table ${cut.table + 1}` : "";
    const told = [`Note ${at + 1}`, cut.colour, where].filter(Boolean).join(", ");
    const row = made("div", "", "row");
    for (const [way, words] of /** @type {const} */ ([
      ["across", "Split left and right"],
      ["down", "Split top and bottom"],
      ["out", "Leave out"],
    ])) {
      row.append(button(words, () => ask(photo, { way, at: `${at}` }), "small", name));
    }
    one.append(picture, made("small", told), row);
    if (photo.cuts.length > 1) one.append(joining(photo, at));
    return one;
  };
  /** @param {Photo} photo @param {number} at */
  const joining = (photo, at) => {
    const row = made("div", "", "row");
    const label = made("label", `Join note ${at + 1} with `);
    const other = document.createElement("select");
    photo.cuts.forEach((_, number) => {
      if (number !== at) other.append(new Option(`Note ${number + 1}`, `${number}`));
    });
    other.selectedIndex = Math.min(at, photo.cuts.length - 2);
    label.append(other);
    const join = () => ask(photo, { way: "join", at: `${at}`, with: other.value });
    row.append(label, button("Join", join, "small", `note ${at + 1}`));
    return row;
  };
})();
