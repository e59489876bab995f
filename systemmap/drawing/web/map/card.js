// @ts-check
/** The card of what is chosen: a factor or a link, in words and buttons. */

import { make, makeButton } from "./elements.js";
import { linkSentence } from "./neighbours.js";

/** @import { Line, Pair, StyleKey, SystemMap, ToldLoop } from "./types.js" */

/**
 * @typedef {object} Known what the server knows of a factor besides its links
 * @property {string[]} said @property {string[]} actions @property {string[]} assets
 * @property {string[]} indicators @property {string[]} history
 */

/**
 * @typedef {object} CardHooks what can be asked from a card; each is optional
 * @property {(id: string) => Promise<Known>} [known]
 * @property {() => Promise<{loops: ToldLoop[]}>} [loops]
 * @property {(loop: ToldLoop) => void} [tell]
 * @property {() => void} [add] an action is to be added for it
 * @property {(id: string) => void} [link] @property {() => void} [edit]
 */

/** @typedef {ReturnType<typeof createCard>} Card */

/** @type {[string, "source" | "target", StyleKey][]} */
const SIDES = [
  ["Raised by", "source", "more"],
  ["Lowered by", "source", "less"],
  ["More of this leads to more", "target", "more"],
  ["More of this leads to less", "target", "less"],
  ["Changed by, direction not agreed", "source", "unknown"],
  ["Changes, direction not agreed", "target", "unknown"],
  ["Changed by, tables disagree", "source", "disputed"],
  ["Changes, tables disagree", "target", "disputed"],
];

/** @param {SystemMap} map @param {HTMLElement} place where the card stands
 * @param {CardHooks} [hooks] */
export function createCard(map, place, hooks = {}) {
  let shown = ""; // what it is about, so that a late answer is not shown for something else

  function clear() {
    shown = "";
    place.replaceChildren();
  }

  /** @param {string} about @param {string} title */
  function begin(about, title) {
    clear();
    shown = about;
    const card = make("section", place, { className: "sm-card", label: title });
    const head = make("div", card, { className: "sm-card-head" });
    make("h2", head, { words: title });
    const close = makeButton("×", head, () => map.select(null));
    close.setAttribute("aria-label", "Close the card");
    return card;
  }

  /** @param {string | null} id */
  function showFactor(id) {
    const box = map.state.boxes.get(id ?? "");
    if (!id || !box) return clear();
    const card = begin(id, box.label);
    const theme = map.state.themes.get(box.theme)?.name ?? "Not sorted";
    const cover = map.state.scene.cover_words?.[String(box.rung)];
    make("p", card, { words: [theme, cover].filter(Boolean).join(" · ") });
    const acts = make("div", card, { className: "sm-card-acts" });
    const { add, link, edit } = hooks;
    if (add) makeButton("Add an action", acts, add);
    if (link) makeButton("Draw a link", acts, () => link(id));
    if (edit) makeButton("Edit it", acts, edit);
    const top = make("div", card);
    if (hooks.known) showActions(top, box.actions ?? []);
    const lines = [...map.state.lines.values()];
    for (const [title, end, style] of SIDES) {
      const here = end === "source" ? "target" : "source";
      const some = lines.filter((line) => line[here] === id && line.style === style);
      if (some.length) links(card, `${title} ${some.length}`, some, end);
    }
    const loops = make("div", card);
    const rest = make("div", card);
    if (!hooks.known) {
      list(rest, "Actions listed", box.actions ?? []);
      list(rest, "Assets that help", box.assets ?? []);
    }
    hooks.known?.(id).then((known) => shown === id && more(top, rest, known), ignore);
    hooks.loops?.().then((found) => shown === id && inLoops(loops, id, found), ignore);
  }

  /** @param {Element} card @param {string} title @param {Line[]} some
   * @param {"source" | "target"} end */
  function links(card, title, some, end) {
    make("h3", card, { words: title });
    const names = make("ul", card);
    for (const line of some) {
      const words = map.name(line[end]) + (line.slow ? " (slowly)" : "");
      makeButton(words, make("li", names), () =>
        map.select(line[end], { center: true }),
      );
    }
  }

  /** @param {Element} top @param {string[]} actions */
  function showActions(top, actions) {
    list(top, "Actions listed", actions, "No action is listed for it.");
  }

  /** @param {Element} top @param {Element} rest @param {Known} known */
  function more(top, rest, { said, actions, assets, indicators, history }) {
    top.replaceChildren();
    showActions(top, actions);
    list(rest, "Assets that help", assets);
    list(rest, "In people's own words", said);
    list(rest, "Indicators", indicators);
    list(rest, "How it came to be", history);
  }

  /** @param {Element} card @param {string} title @param {string[]} items @param {string} [none] */
  function list(card, title, items, none = "") {
    if (!items.length && !none) return;
    make("h3", card, { words: items.length ? `${title}: ${items.length}` : title });
    if (!items.length) make("p", card, { words: none });
    const said = make("ul", card);
    for (const words of items) make("li", said, { words });
  }

  /** @param {Element} where @param {string} id @param {{loops: ToldLoop[]}} found */
  function inLoops(where, id, { loops }) {
    const own = loops.filter(({ factors }) => factors.includes(id));
    if (!own.length) return;
    make("h3", where, {
      words: `In ${own.length} of the ${loops.length} loops listed`,
    });
    const told = make("ul", where);
    for (const loop of own) {
      makeButton(`${loop.kind} · ${loop.sentence}`, make("li", told), () =>
        hooks.tell?.(loop),
      );
    }
  }

  /** @param {Pair} ends */
  function showLine([source, target]) {
    const line = map.state.lines.get(`${source}/${target}`);
    if (!line) return clear();
    const card = begin(`${source}/${target}`, linkSentence(line, map.name));
    const facts = [
      line.slow ? "Works slowly." : "",
      line.strength === "unrated"
        ? "Strength not rated."
        : `Strength: ${line.strength}.`,
      `Agreement: ${line.confidence}.`,
      line.reason ? `Reason: ${line.reason}` : "No reason was written down.",
    ];
    for (const words of facts.filter(Boolean)) make("p", card, { words });
    const acts = make("div", card, { className: "sm-card-acts" });
    if (hooks.edit) makeButton("Change it", acts, hooks.edit);
    const ends = make("ul", card);
    for (const id of [source, target])
      makeButton(map.name(id), make("li", ends), () =>
        map.select(id, { center: true }),
      );
  }

  return { showFactor, showLine, clear };
}

// no connection just now: what the map itself knows stands there
function ignore() {}
