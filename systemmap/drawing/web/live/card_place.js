// @ts-check
/** The card's place in the panel beside the canvas, and what a card can ask for there. */

/** @import { CardHooks } from "../map/card.js" */
/** @import { Data } from "../map_screen.js" */
/** @import { Canvas } from "./open_canvas.js" */

import { make, makeButton } from "../map/elements.js";
import { Away, fetched } from "./fetched.js";
import { keepFocus } from "./kept_focus.js";

/** @type {Map<string, HTMLElement>} */
const slots = new Map(); // where the card of a map stands in its panel
/** @type {Map<string, {card: HTMLElement, giveFocusBack: () => void}>} */
const cards = new Map(); // the cards of open maps

/** The panel's place for the card: whichever comes first waits for the other.
 * @param {HTMLElement} root @param {Data} data */
export function showSlot(root, data) {
  const slot = root.querySelector(".sm-slot") ?? make("div", root);
  slot.className = "sm-slot";
  slots.set(cardPlace(data), /** @type {HTMLElement} */ (slot));
  join(cardPlace(data));
  return () => {};
}

/** @param {Data} data */
const cardPlace = ({ programme, map }) => `${programme}/${map}`;

/** @param {string} place */
function join(place) {
  const [slot, found] = [slots.get(place), cards.get(place)];
  if (!slot || !found || found.card.parentElement === slot) return;
  slot.replaceChildren(found.card);
  found.giveFocusBack();
}

/** A place for the card of a canvas, in the panel once there is one. @param {Data} data */
export function cardFor(data) {
  const card = document.createElement("div");
  cards.set(cardPlace(data), { card, giveFocusBack: keepFocus(card) });
  join(cardPlace(data));
  return card;
}

/** A button beside those that zoom, which gives the panel's room to the map.
 * @param {HTMLElement} tools */
export function offerFold(tools) {
  const button = makeButton("Panel", tools, () => fold(!folded()));
  button.className = "sm-fold";
  const told = () => button.setAttribute("aria-expanded", String(!folded()));
  new MutationObserver(told).observe(document.documentElement, {
    attributeFilter: ["data-panel"],
  });
  told();
}

/** Whether the panel stands aside. */
const folded = () => document.documentElement.dataset.panel === "folded";

/** @param {boolean} away */
export function fold(away) {
  if (away === folded()) return;
  if (away) document.documentElement.dataset.panel = "folded";
  else delete document.documentElement.dataset.panel;
}

/** @param {Data} data @param {HTMLElement} card */
export function dropCard(data, card) {
  if (cards.get(cardPlace(data))?.card === card) cards.delete(cardPlace(data));
  card.remove();
}

/** Where the app has more of it. @type {Record<string, [string, (key: string) => string]>} */
const PLACES = {
  action: ["Open in Actions", (key) => `actions?action=${key}`],
  gap: ["Decide in Gaps", () => "gaps?"],
};

/** What a card can ask for. @param {Canvas} opened @param {HTMLElement} host of the canvas
 * @param {() => Data} data the present one @returns {CardHooks} */
export function cardHooks(opened, host, data) {
  /** @type {CardHooks} */
  const hooks = {
    card: async (about) => {
      // the server knows nothing of what is still on its way to it
      while (host.dataset.waiting !== "0" && host.isConnected)
        await new Promise((again) => setTimeout(again, 100));
      const asked = encodeURIComponent(about);
      return patiently(
        () =>
          fetched(`${data().base}/graph/card?ticket=${data().ticket}&about=${asked}`),
        () => host.isConnected,
      );
    },
    loops: opened.loops,
    tell: (loop) => opened.teller?.tell(loop),
    elsewhere(about) {
      const [kind, key] = about.split(":");
      const found = PLACES[kind];
      if (!found) return null;
      const [words, address] = found;
      return { words, address: `${address(key)}&programme=${data().programme}` };
    },
  };
  if (!data().editable) return hooks;
  return {
    ...hooks,
    add: (id, place) => opened.editor?.askAction(id, place),
    link: (id) => opened.editor?.linkFrom(id),
    name: (id) => opened.editor?.name(id),
    edit: () => opened.editor?.edit(),
    signs: () => opened.editor?.signs(),
  };
}

/** Ask again while the store is away. @template T @param {() => Promise<T>} ask
 * @param {() => boolean} wanted whether anybody still wants to know @returns {Promise<T>} */
async function patiently(ask, wanted) {
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof Away) || !wanted()) throw error;
      await new Promise((again) => setTimeout(again, 1000));
    }
  }
}
