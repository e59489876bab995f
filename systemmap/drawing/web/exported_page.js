// @ts-check
/** The exported page: finding, focus, filters, the panel, the loops. */

/** @import { Way } from "./map/types.js" */
/** @import { PageData } from "./page/page_parts.js" */

import { createCard } from "./map/card.js";
import { makeButton } from "./map/elements.js";
import { engineHere } from "./map/engine.js";
import { keysShown } from "./map/legend.js";
import { createLetters } from "./map/loop_letters.js";
import { createMap } from "./map/map.js";
import { createMinimap } from "./map/minimap.js";
import { copyPicture } from "./map/picture_copy.js";
import { createTeller } from "./map/told_loop.js";
import { buttonsOf, by, say, valueIn } from "./page/page_parts.js";
import { createStory } from "./page/story.js";

const MOST_FOUND = 8;
const WAYS = { both: "causes and effects", causes: "causes", effects: "effects" };

// The same file stands alone or in a frame of the council's page, with less around it.
if (window.self !== window.top) document.documentElement.classList.add("embed");
/** @type {PageData} */
const data = JSON.parse(by("data").textContent ?? "");
const names = new Map(data.boxes.map((box) => [box.id, box.label]));
/** @param {string} id */
const name = (id) => names.get(id) ?? id;
const dark = matchMedia("(prefers-color-scheme: dark)");
const map = createMap(
  by("map"),
  engineHere(),
  data.looks,
  data,
  {
    onSelect: chosen,
    onLine: (pair) => card.showLine(pair),
    onTheme: (key) => card.showTheme(key),
  },
  { look: dark.matches ? "dark" : "light" },
);
dark.addEventListener("change", () => map.setLook(dark.matches ? "dark" : "light"));
const teller = createTeller(map, { onTell: (loop) => card.showLoop(loop) });
const card = createCard(
  map,
  by("panel"),
  {
    card: async (about) => data.cards[about] ?? null,
    loops: async () => ({ loops: data.loops }),
    tell: (loop) => teller.tell(loop),
  },
  "Nothing is chosen.",
);
createMinimap(map);
createLetters(
  map,
  teller,
  async () => ({ rev: 0, loops: data.loops }),
  () => 0,
);
map.onChange(showKey);

/** @param {string | null} id */
function chosen(id) {
  card.showFactor(id);
  if (valueIn("way")) focus();
}

function focus() {
  const way = /** @type {Way | ""} */ (valueIn("way"));
  const steps = Number(valueIn("steps"));
  const id = map.state.selected;
  const shown = map.focus(way && id ? { id, way, steps } : null);
  if (!way) return say("");
  if (!id) return say("Choose a cause on the map, or find one by name.");
  const count = shown.length - 1;
  say(
    `${count === 0 ? "No" : count} ${WAYS[way]} within ${steps} ${steps === 1 ? "step" : "steps"} of “${name(id)}”.`,
  );
  map.fit(shown);
}

function filter() {
  const [theme, style, rung] = ["theme", "style", "rung"].map(valueIn);
  map.filter({
    themes: theme ? [theme === "-" ? "" : theme] : null,
    styles: style ? [style] : null,
    rungs: rung === "" ? null : [Number(rung)],
    hide: /** @type {HTMLInputElement} */ (by("hide")).checked,
  });
}

// The printed key lists everything; on screen it follows what is shown.
function showKey() {
  const shown = new Set(keysShown(map));
  /** @type {NodeListOf<HTMLElement>} */
  const entries = document.querySelectorAll(".key [data-key]");
  for (const item of entries) item.hidden = !shown.has(item.dataset.key ?? "");
}

by("copy").hidden = false;
by("copy").addEventListener("click", async () =>
  say(await copyPicture(map, data.notes ?? [], "map")),
);

function find() {
  const typed = valueIn("find").trim();
  by("found").replaceChildren();
  if (!typed) return;
  const hits = data.boxes
    .filter((box) => box.label.toLowerCase().includes(typed.toLowerCase()))
    .sort((a, b) => a.label.localeCompare(b.label, "en-GB"))
    .slice(0, MOST_FOUND);
  for (const box of hits) makeButton(box.label, by("found"), () => choose(box.id));
  say(hits.length ? "" : `No cause on this map has “${typed}” in its name.`);
}

/** @param {string} id */
function choose(id) {
  by("found").replaceChildren();
  /** @type {HTMLInputElement} */ (by("find")).value = name(id);
  map.select(id, { center: true });
}

by("find").addEventListener("input", find);
by("find").addEventListener("keydown", (event) => {
  if (event.key === "Escape") by("found").replaceChildren();
});
by("controls").addEventListener("submit", (event) => {
  event.preventDefault();
  by("found").querySelector("button")?.click();
});
for (const id of ["way", "steps"]) by(id).addEventListener("change", focus);
for (const id of ["theme", "style", "rung", "hide"]) {
  document.getElementById(id)?.addEventListener("change", filter);
}
by("controls").addEventListener("reset", () =>
  setTimeout(() => {
    teller.end({ quiet: true });
    map.select(null);
    filter();
    focus();
    map.fit();
  }),
);
for (const button of buttonsOf("[data-loop]")) {
  button.hidden = false;
  button.addEventListener("click", () => {
    say("");
    teller.tell(data.loops[Number(button.dataset.loop)]);
    by("stage").scrollIntoView();
  });
}
createStory(map, teller, data.story, () =>
  /** @type {HTMLFormElement} */ (by("controls")).reset(),
);
