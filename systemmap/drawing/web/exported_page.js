/** The exported page: finding, focus, filters, the panel, the loops. */

import { keysShown } from "./map/legend.js";
import { createLetters } from "./map/loop_letters.js";
import { createMap } from "./map/map.js";
import { createMinimap } from "./map/minimap.js";
import { linkSentence } from "./map/neighbours.js";
import { copyPicture } from "./map/picture_copy.js";
import { createTeller } from "./map/told_loop.js";

// The same file stands alone or in a frame of the council's page, with less around it.
if (window.self !== window.top) document.documentElement.classList.add("embed");
const data = JSON.parse(document.getElementById("data").textContent);
const by = (id) => document.getElementById(id);
const dark = matchMedia("(prefers-color-scheme: dark)");
const map = createMap(
  by("map"),
  globalThis.vis,
  data.looks,
  data,
  { onSelect: chosen, onLine: lineChosen },
  { look: dark.matches ? "dark" : "light" },
);
dark.addEventListener("change", () => map.setLook(dark.matches ? "dark" : "light"));
const teller = createTeller(map);
createMinimap(map);
createLetters(
  map,
  teller,
  async () => ({ rev: 0, loops: data.loops }),
  () => 0,
);
map.onChange(showKey);
const names = new Map(data.boxes.map((box) => [box.id, box.label]));
const name = (id) => names.get(id);

function chosen(id) {
  showPanel(id);
  if (by("way").value) focus();
}

function focus() {
  const [way, steps] = [by("way").value, Number(by("steps").value)];
  const id = map.state.selected;
  const told = way && id ? { id, way, steps } : null;
  const shown = map.focus(told);
  if (!way) return say("");
  if (!id) return say("Choose a factor on the map, or find one by name.");
  const said = { both: "causes and effects", causes: "causes", effects: "effects" }[
    way
  ];
  const count = shown.length - 1;
  say(
    `${count === 0 ? "No" : count} ${said} within ${steps} ${steps === 1 ? "step" : "steps"} of “${name(id)}”.`,
  );
  map.fit(shown);
}

function say(words) {
  by("said").textContent = words;
}

function filter() {
  const theme = by("theme").value;
  const rung = by("rung")?.value ?? "";
  map.filter({
    themes: theme ? [theme === "-" ? "" : theme] : null,
    styles: by("style").value ? [by("style").value] : null,
    rungs: rung === "" ? null : [Number(rung)],
    hide: by("hide").checked,
  });
}

// The printed key lists everything; on screen it follows what is shown.
function showKey() {
  const shown = new Set(keysShown(map));
  for (const item of document.querySelectorAll(".key [data-key]"))
    item.hidden = !shown.has(item.dataset.key);
}

by("copy").hidden = false;
by("copy").addEventListener("click", async () =>
  say(await copyPicture(map, data.notes, "map")),
);

function element(tag, words, parent) {
  const item = document.createElement(tag);
  if (words) item.textContent = words;
  parent?.append(item);
  return item;
}

function showPanel(id) {
  const panel = by("panel");
  panel.replaceChildren();
  const box = map.state.boxes.get(id);
  if (!box) {
    element("p", "Nothing is chosen.", panel).className = "quiet";
    return;
  }
  element("h2", box.label, panel);
  const theme = map.state.themes.get(box.theme);
  element("p", theme.name, panel).className = "quiet";
  if (box.rung !== null)
    element("p", `${sentence(data.cover_words[box.rung])}.`, panel);
  const into = data.lines.filter((line) => line.target === id);
  const out = data.lines.filter((line) => line.source === id);
  group(panel, "Raised by", into, "more", "source");
  group(panel, "Lowered by", into, "less", "source");
  group(panel, "More of this leads to more", out, "more", "target");
  group(panel, "More of this leads to less", out, "less", "target");
  group(panel, "Direction not agreed", into, "unknown", "source");
  group(panel, "Direction not agreed", out, "unknown", "target");
  group(panel, "Tables disagree", into, "disputed", "source");
  group(panel, "Tables disagree", out, "disputed", "target");
  plain(panel, "Actions", box.actions);
  plain(panel, "Assets", box.assets);
}

const sentence = (words) => words.charAt(0).toUpperCase() + words.slice(1);

function group(panel, title, lines, style, end) {
  const some = lines.filter((line) => line.style === style);
  if (!some.length) return;
  element("h3", title, panel);
  const list = element("ul", "", panel);
  for (const line of some) {
    const button = element(
      "button",
      name(line[end]) + (line.slow ? " (slowly)" : ""),
      element("li", "", list),
    );
    button.type = "button";
    button.addEventListener("click", () => map.select(line[end], { center: true }));
  }
}

function plain(panel, title, items) {
  if (!items?.length) return;
  element("h3", title, panel);
  const list = element("ul", "", panel);
  for (const words of items) element("li", words, list);
}

function lineChosen([source, target]) {
  const line = map.state.lines.get(`${source}/${target}`);
  const panel = by("panel");
  panel.replaceChildren();
  element("h2", linkSentence(line, name), panel);
  const facts = [
    line.slow && "Works slowly.",
    line.strength !== "unrated" && `Strength: ${line.strength}.`,
    `Agreement: ${line.confidence}.`,
    line.reason && `Reason: ${line.reason}`,
  ];
  for (const fact of facts.filter(Boolean)) element("p", fact, panel);
  plainButtons(panel, [source, target]);
}

function plainButtons(panel, ids) {
  const list = element("ul", "", panel);
  for (const id of ids) {
    const button = element("button", name(id), element("li", "", list));
    button.type = "button";
    button.addEventListener("click", () => map.select(id, { center: true }));
  }
}

function find() {
  const typed = by("find").value.trim().toLowerCase();
  by("found").replaceChildren();
  if (!typed) return;
  const hits = data.boxes
    .filter((box) => box.label.toLowerCase().includes(typed))
    .sort((a, b) => a.label.localeCompare(b.label, "en-GB"))
    .slice(0, 8);
  for (const box of hits) {
    const button = element("button", box.label, by("found"));
    button.type = "button";
    button.addEventListener("click", () => choose(box.id));
  }
  if (!hits.length)
    say(`No factor on this map has “${by("find").value.trim()}” in its name.`);
  else say("");
}

function choose(id) {
  by("found").replaceChildren();
  by("find").value = name(id);
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
for (const id of ["theme", "style", "rung", "hide"])
  by(id)?.addEventListener("change", filter);
by("controls").addEventListener("reset", () =>
  setTimeout(() => {
    teller.end({ quiet: true });
    map.select(null);
    filter();
    focus();
    map.fit();
  }),
);
for (const button of document.querySelectorAll("[data-loop]")) {
  button.hidden = false;
  button.addEventListener("click", () => {
    const loop = data.loops[Number(button.dataset.loop)];
    say("");
    teller.tell(loop);
    by("stage").scrollIntoView();
  });
}

// The story: one step at a time, each a view with its text.
let told = -1;
const steps = [...document.querySelectorAll("[data-step]")];

function tellStep(at) {
  told = at;
  const step = data.story[at];
  by("steps-told").parentElement.classList.add("told");
  steps.forEach((button, number) => {
    button.closest("li").classList.toggle("now", number === at);
  });
  by("story-back").disabled = at === 0;
  by("story-next").textContent = at === steps.length - 1 ? "End the story" : "Next";
  by("story-at").textContent = `Step ${at + 1} of ${steps.length}`;
  teller.end({ quiet: true });
  layer(step.layers);
  const some = (list) => (list.length ? list : null);
  map.filter({
    themes: some(step.themes),
    determinants: some(step.determinants),
    styles: some(step.styles),
    rungs: some(step.rungs),
    agreed: some(step.agreed),
    said: step.said,
    hide: step.hide,
  });
  map.select(step.focus || null, { quiet: true });
  const shown = map.focus(
    step.focus ? { id: step.focus, way: "both", steps: step.steps } : null,
  );
  if (step.focus) map.fit(shown);
  else map.fit();
  say(`Step ${at + 1} of ${steps.length}: ${step.name}.`);
}

function layer(names) {
  map.layers(
    Object.fromEntries(
      ["gaps", "actions", "assets", "votes", "loops"].map((key) => [
        key,
        names.includes(key),
      ]),
    ),
  );
}

function endStory() {
  told = -1;
  by("steps-told").parentElement.classList.remove("told");
  by("story-next").textContent = "Tell it step by step";
  by("story-at").textContent = "";
  by("story-back").disabled = true;
  layer(["gaps", "actions", "assets"]);
  map.filter({ agreed: null, said: null, determinants: null });
  by("controls").reset();
}

if (steps.length) {
  by("steps-told").parentElement.classList.add("ready"); // the map comes first; the steps come as they are told
  by("story-walk").hidden = false;
  for (const button of steps) {
    button.hidden = false;
    button.addEventListener("click", () => tellStep(Number(button.dataset.step)));
  }
  by("story-next").addEventListener("click", () =>
    told === steps.length - 1 ? endStory() : tellStep(told + 1),
  );
  by("story-back").addEventListener("click", () => tellStep(told - 1));
  by("story-next").textContent = "Tell it step by step";
  by("story-back").disabled = true;
}
