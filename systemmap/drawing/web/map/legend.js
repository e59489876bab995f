// @ts-check
/** The key: only what the map shows just now, drawn with the map's own marks. */

/** @import { Box, ChangeKind, Line, StyleKey, SystemMap } from "./types.js" */

import { contextOf, make } from "./elements.js";
import { drawSample } from "./key_samples.js";

/** @type {Record<string, string>} */
const HEADS = {
  theme: "Themes",
  link: "Links",
  cover: "Actions listed",
  change: "Compared",
};

const ROOMY = 900; // pixels of width from which the key is open at first

/** What a map shows, as "kind:key" in the order of the key.
 * @param {SystemMap} map @returns {string[]} */
export function keysShown(map) {
  const { state } = map;
  /** @param {string} id */
  const off = (id) => state.hidden.has(id) || state.faded.has(id);
  const boxes = [...state.boxes.values()].filter(({ id }) => !off(id));
  const lines = [...state.lines].filter(([key]) => !off(key)).map(([, line]) => line);
  /** @param {string} kind @param {string[]} keys @param {Set<string>} used */
  const has = (kind, keys, used) =>
    keys.filter((key) => used.has(key)).map((key) => `${kind}:${key}`);
  /** @template T @param {T[]} list @param {(item: T) => unknown} test @param {string} key */
  const any = (list, test, key) => (list.some(test) ? [key] : []);
  const agreed = new Set(
    lines
      .filter(({ style }) => style !== "disputed")
      .map(({ confidence }) => confidence),
  );
  return [
    ...has("theme", [...state.themes.keys()], new Set(boxes.map(({ theme }) => theme))),
    ...has(
      "link",
      Object.keys(map.looks.links),
      new Set(lines.map(({ style }) => style)),
    ),
    ...any(lines, ({ slow }) => slow, "slow:slow"),
    ...any(lines, ({ strength }) => strength !== "unrated", "strength:strength"),
    ...(agreed.size > 1 ? ["ink:ink"] : []),
    ...(state.layers.gaps
      ? has(
          "cover",
          ["0", "1", "2", "3", "4"],
          new Set(boxes.map(({ rung }) => String(rung))),
        )
      : []),
    ...(state.layers.actions
      ? any(boxes, ({ actions }) => actions?.length, "layer:action")
      : []),
    ...(state.layers.assets
      ? any(boxes, ({ assets }) => assets?.length, "layer:asset")
      : []),
    ...(state.layers.votes ? any(boxes, ({ priority }) => priority, "layer:vote") : []),
    ...(map.movable ? any(boxes, ({ pinned }) => pinned === true, "layer:pin") : []),
    ...(state.told?.kind
      ? [`loop:${state.told.kind}`]
      : state.layers.loops
        ? ["loop:R", "loop:B"]
        : []),
    ...has(
      "change",
      Object.keys(state.overlay?.words ?? {}),
      new Set([
        ...Object.values(state.overlay?.boxes ?? {}),
        ...Object.values(state.overlay?.lines ?? {}),
      ]),
    ),
  ];
}

/** The key as a strip at the map's lower edge, folded where there is little room.
 * @param {SystemMap} map */
export function createLegend(map) {
  const box = make("details", map.parts.low, { className: "sm-key" });
  make("summary", box, { words: "Key" });
  const whole = make("button", box, { className: "sm-more", words: "All" });
  whole.type = "button";
  const list = make("div", box, { role: "group", label: "Key" });
  list.tabIndex = 0; // higher than its room at times, and then it scrolls
  whole.addEventListener("click", () => showRows(!box.classList.contains("sm-rows")));
  const watcher = new ResizeObserver(measure);
  watcher.observe(list);
  box.open = map.root.clientWidth >= ROOMY;
  box.addEventListener("toggle", () => map.state.touched || map.fit());
  let drawn = "";
  map.onChange(show);
  showRows(false);
  show();

  /** One row, or as many as it takes. @param {boolean} all */
  function showRows(all) {
    box.classList.toggle("sm-rows", all);
    whole.textContent = all ? "Less" : "All";
    whole.setAttribute("aria-expanded", String(all));
    whole.setAttribute("aria-label", all ? "Less of the key" : "All of the key");
    list.scrollTop = 0;
    measure();
  }

  // What does not fit into one row is a press away.
  function measure() {
    const more = list.scrollHeight > list.clientHeight + 4;
    whole.hidden = !more && !box.classList.contains("sm-rows");
  }

  function show() {
    const keys = keysShown(map);
    const now = `${map.state.look.name}|${map.state.opened}|${keys.join(",")}|${[...map.state.themes.values()].map(({ name }) => name)}`;
    if (now === drawn) return;
    drawn = now;
    box.hidden = !keys.length; // on an empty map
    list.replaceChildren();
    let part = null;
    let head = "";
    for (const entry of keys) {
      const [kind, key] = [
        entry.slice(0, entry.indexOf(":")),
        entry.slice(entry.indexOf(":") + 1),
      ];
      const title = HEADS[kind] ?? head;
      if (title !== head || !part) {
        head = title;
        if (head) make("b", list, { words: head });
        part = make("ul", list);
      }
      const item = make("li", part);
      item.dataset.key = entry;
      item.append(sampleOf(kind, key));
      if (kind === "theme") addOpener(item, key);
      else item.append(wordsFor(kind, key));
    }
    measure();
  }

  /** A theme opens from the key too, so that keys can open it.
   * @param {HTMLElement} item @param {string} key */
  function addOpener(item, key) {
    const opener = make("button", item, { words: wordsFor("theme", key) });
    opener.type = "button";
    const open = map.state.opened === key;
    opener.setAttribute("aria-pressed", String(open));
    opener.addEventListener("click", () => {
      if (open) map.showAll();
      else map.openTheme(key);
      const again = list.querySelector(`[data-key="theme:${key}"] button`);
      if (again instanceof HTMLElement) again.focus();
    });
  }

  /** @param {string} kind @param {string} key */
  function wordsFor(kind, key) {
    const { scene, themes, overlay } = map.state;
    if (kind === "theme") return themes.get(key)?.name ?? "";
    if (kind === "link") return map.looks.links[/** @type {StyleKey} */ (key)].words;
    if (kind === "cover") return scene.cover_words?.[key] ?? "";
    if (kind === "change") return overlay?.words[key] ?? "";
    return scene.key_words?.[kind === "layer" || kind === "loop" ? key : kind] ?? "";
  }

  /** @param {string} kind @param {string} key */
  function sampleOf(kind, key) {
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [88, 48];
    canvas.setAttribute("aria-hidden", "true");
    const ctx = contextOf(canvas);
    ctx.scale(2, 2);
    drawSample(ctx, {
      kind,
      key,
      theme: map.state.themes.get(key),
      look: map.state.look,
      looks: map.looks,
    });
    return canvas;
  }
}
