// @ts-check
/** The card of what is chosen: a factor, a link, a theme, a loop, an action, an asset, a gap. */

/** @import { CardSaid } from "./card_parts.js" */
/** @import { Pair, SystemMap, ToldLoop } from "./types.js" */

import {
  bothSaid,
  factorSaid,
  lineSaid,
  loopAddress,
  loopSaid,
  themeSaid,
  withCount,
} from "./card_parts.js";
import { drawCard } from "./card_view.js";
import { make } from "./elements.js";

/**
 * @typedef {object} CardHooks what can be asked from a card; each is optional
 * @property {(about: string) => Promise<CardSaid | null>} [card] what only Python knows
 * @property {() => Promise<{loops: ToldLoop[]}>} [loops]
 * @property {(loop: ToldLoop) => void} [tell]
 * @property {(id: string, place: HTMLElement) => void} [add] asks for an action, in the card
 * @property {(id: string) => void} [link] @property {() => void} [edit]
 * @property {(id: string) => void} [name] @property {() => void} [signs] stands on a link's sign
 * @property {(about: string) => {words: string, address: string} | null} [elsewhere]
 */

/** @typedef {ReturnType<typeof createCard>} Card */

/** @param {SystemMap} map @param {HTMLElement} place where the card stands
 * @param {CardHooks} [hooks] @param {string} [nothing] said while nothing is chosen */
export function createCard(map, place, hooks = {}, nothing = "") {
  let shown = ""; // what it is about
  /** @type {string[]} */
  let trail = []; // the cards one came by
  let walking = false; // whether a card led to the next
  let asked = 0; // so that a late answer is not shown for something else, nor over a later one
  /** @type {CardSaid | null} */
  let known = null;
  /** @type {ToldLoop[]} */
  let loops = [];
  place.addEventListener("click", ({ target }) => {
    const item = target instanceof Element ? target.closest("[data-opens]") : null;
    if (item instanceof HTMLElement) go(item.dataset.opens ?? "");
  });

  function clear() {
    shown = "";
    known = null;
    asked += 1;
    if (!walking) trail = [];
    place.replaceChildren();
    if (nothing) make("p", place, { words: nothing, className: "quiet" });
  }

  /** Close the card, and let go of what it is about. */
  function close() {
    map.select(null);
    clear();
  }

  /** Go on to another card. @param {string} opens */
  function go(opens, { back = false } = {}) {
    if (!back && shown) trail.push(shown);
    walking = true;
    choose(opens);
    walking = false;
  }

  /** Choose on the map what a card is about, where it can be chosen there. @param {string} opens */
  function choose(opens) {
    const [kind, key] = kindOf(opens);
    if (kind === "factor") return map.select(key, { center: true });
    if (kind === "link") {
      map.selectLine(key);
      return hooks.signs?.();
    }
    const loop = loops.find((one) => loopAddress(one) === opens);
    map.select(null);
    if (loop && hooks.tell) return hooks.tell(loop);
    show(opens);
    if (kind === "theme") map.surround(drawnOf(opens)?.causes ?? []);
  }

  /** @param {string} about */
  function show(about) {
    if (about !== shown) {
      if (!walking) trail = [];
      known = null;
    }
    shown = about;
    draw();
    if (shown === about) ask(about); // else it is not there any more
  }

  /** What the drawing says of it; null = it is not there. @param {string} about */
  function drawnOf(about) {
    const [kind, key] = kindOf(about);
    if (kind === "factor") return factorSaid(map, key);
    if (kind === "link") return lineSaid(map, key);
    if (kind === "theme") return themeSaid(map, key);
    const loop = loops.find((one) => loopAddress(one) === about);
    return loop ? loopSaid(map, loop) : null;
  }

  function draw() {
    const [kind, id] = kindOf(shown);
    const drawn = drawnOf(shown);
    if (!drawn && DRAWN.includes(kind)) return lost();
    const said = kind === "factor" ? ofFactor(id, drawn, known) : (drawn ?? known);
    if (!said) return; // still on its way
    drawCard(place, shown, said, {
      close,
      back: trail.length ? () => go(trail.pop() ?? "", { back: true }) : null,
      acts: actsFor(kind, id),
      elsewhere: hooks.elsewhere?.(shown) ?? null,
    });
  }

  /** @param {string} id @param {CardSaid | null} drawn @param {CardSaid | null} more */
  function ofFactor(id, drawn, more) {
    const said = drawn && more ? bothSaid(drawn, more) : drawn;
    const own = loops.filter(({ factors }) => factors.includes(id));
    if (!said || !own.length) return said;
    const items = own.map((loop) => ({
      words: `${loop.kind} · ${loop.sentence}`,
      opens: loopAddress(loop),
    }));
    const title = `In ${own.length} of the ${loops.length} loops listed`;
    const at = said.parts.findLastIndex((part) => part.items.some(({ link }) => link));
    const parts = said.parts.toSpliced(at + 1, 0, { title, items, none: "" });
    return { ...said, parts };
  }

  /** @param {string} kind @param {string} id @returns {[string, () => void][]} */
  function actsFor(kind, id) {
    const { add, link, name, edit } = hooks;
    /** @type {[string, (() => void) | undefined][]} */
    const acts = [];
    if (kind === "factor") {
      acts.push(["Add an action", add && (() => add(id, askPlace()))]);
      acts.push(["Draw a link", link && (() => link(id))]);
      acts.push(["Rename", name && (() => name(id))], ["Edit it", edit]);
    }
    if (kind === "link") acts.push(["Change it", edit]);
    return acts.flatMap(([words, act]) => (act ? [[words, act]] : []));
  }

  /** Where the card asks for something. */
  function askPlace() {
    return /** @type {HTMLElement} */ (place.querySelector(".sm-card-ask"));
  }

  /** Somebody took it away, or an undo did. */
  function lost() {
    const [kind] = kindOf(shown);
    const title = place.querySelector("h2")?.textContent;
    clear();
    if (title && kind !== "loop") map.say(`${title} is not on the map any more.`);
  }

  /** Ask for what only Python knows. @param {string} about */
  function ask(about) {
    asked += 1;
    const number = asked;
    const [kind] = kindOf(about);
    const wanted = () => asked === number;
    if (!OWN.includes(kind))
      hooks.card?.(about).then(
        (found) => {
          if (!wanted() || !found) return;
          known = kind === "factor" ? found : counted(found);
          if (!DRAWN.includes(kind)) map.surround(found.causes);
          draw();
        },
        (error) => wanted() && !DRAWN.includes(kind) && failed(error),
      );
    if (kind === "factor")
      hooks.loops?.().then((found) => {
        loops = found.loops;
        if (wanted()) draw();
      }, ignore);
  }

  /** It is gone, or there is no connection just now: then what was said stays.
   * @param {Error} error */
  function failed(error) {
    if (known && error instanceof TypeError) return;
    known = {
      title: known?.title || "Not there",
      said: [error.message],
      first: [],
      parts: [],
      causes: [],
    };
    draw();
  }

  return {
    /** @param {string | null} id */
    showFactor(id) {
      if (!id) return clear();
      show(`factor:${id}`);
    },
    /** @param {Pair} ends */
    showLine: (ends) => show(`link:${ends.join("/")}`),
    /** @param {string} key */
    showTheme: (key) => show(`theme:${key}`),
    /** @param {ToldLoop} loop */
    showLoop(loop) {
      if (!loops.some((one) => loopAddress(one) === loopAddress(loop)))
        loops.push(loop);
      show(loopAddress(loop));
    },
    /** The map has changed: say what is true now. */
    refresh: () => void (shown && show(shown)),
    clear,
    close,
  };
}

const DRAWN = ["factor", "link", "theme", "loop"];
const OWN = ["link", "theme", "loop"]; // of which the drawing says all

/** @param {string} about @returns {[string, string]} */
function kindOf(about) {
  const at = about.indexOf(":");
  return [about.slice(0, at), about.slice(at + 1)];
}

/** @param {CardSaid} said @returns {CardSaid} */
function counted(said) {
  return {
    ...said,
    first: said.first.map(withCount),
    parts: said.parts.map(withCount),
  };
}

// no connection just now: what the map itself knows stands there
function ignore() {}
