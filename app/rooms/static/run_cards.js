// @ts-check
"use strict";
// Cards on the facilitator's page: several at once, by drag, by keys, by menu.
(() => {
  /** @type {{send: (address: string, body: URLSearchParams) => void}} */
  const desk = /** @type {any} */ (window).runTheRoom;
  const ticked = () => [
    .../** @type {NodeListOf<HTMLInputElement>} */ (
      document.querySelectorAll("#notes input[name=note]:checked")
    ),
  ];
  document.addEventListener("change", (event) => {
    if (/** @type {HTMLInputElement} */ (event.target).name === "note") tellChosen();
  });
  const tellChosen = () => {
    const line = document.querySelector("[data-chosen]");
    const many = ticked().length;
    if (line)
      line.textContent = many
        ? `${many} ticked.`
        : "Tick notes, or drag one to a theme.";
  };
  document.addEventListener("dragstart", (event) => {
    const card = event.target instanceof Element && event.target.closest("[data-ids]");
    if (!card || !event.dataTransfer) return;
    const several = ticked().map((box) => box.value);
    const own = card.getAttribute("data-ids") || "";
    event.dataTransfer.setData(
      "text/plain",
      (several.includes(own) ? several : [own]).join(","),
    );
    document.body.classList.add("dragging");
  });
  document.addEventListener("dragend", () =>
    document.body.classList.remove("dragging"),
  );
  /** @param {Event} event */
  const goalOf = (event) =>
    document.body.classList.contains("dragging") && event.target instanceof Element
      ? event.target.closest("[data-theme]")
      : null;
  document.addEventListener("dragover", (event) => {
    if (goalOf(event)) event.preventDefault();
  });
  document.addEventListener("drop", (event) => {
    const goal = goalOf(event);
    const form = /** @type {HTMLFormElement | null} */ (
      document.getElementById("notes")
    );
    if (!goal || !form || !event.dataTransfer) return;
    event.preventDefault();
    document.body.classList.remove("dragging");
    const note = event.dataTransfer.getData("text/plain");
    const theme = goal.getAttribute("data-theme") || "";
    desk.send(form.action, new URLSearchParams({ act: "sort", note, theme }));
  });
})();
