// @ts-check
/** A card as it stands in the panel; drawn anew without taking the focus or what is typed. */

/** @import { CardItem, CardPart, CardSaid } from "./card_parts.js" */

import { focusedIn, make, makeButton } from "./elements.js";

/**
 * @typedef {object} CardDoes
 * @property {() => void} close
 * @property {(() => void) | null} back
 * @property {[string, () => void][]} acts words and what they do
 * @property {{words: string, address: string} | null} elsewhere where the app has more of it
 */

/** Draw a card, or what differs of it. @param {HTMLElement} place
 * @param {string} about its address @param {CardSaid} said @param {CardDoes} does */
export function drawCard(place, about, said, does) {
  let section = place.querySelector("section");
  const kept = focusKey(place);
  if (section?.dataset.about !== about) {
    section = make("section", null, { className: "sm-card" });
    section.dataset.about = about;
    for (const part of ["head", "ask", "body"])
      make("div", section, { className: `sm-card-${part}` });
    place.replaceChildren(section);
  }
  section.setAttribute("aria-label", said.title);
  const top = make("div", null, { className: "sm-card-head" });
  const head = make("div", top, { className: "sm-card-title" });
  const title = make("h2", head, { words: said.title });
  title.tabIndex = -1;
  title.dataset.key = "title";
  if (does.back) button(head, "Back", does.back, "Back to the card before");
  button(head, "×", does.close, "Close the card");
  for (const words of said.said) make("p", top, { words });
  const acts = make("div", top, { className: "sm-card-acts" });
  for (const [words, act] of does.acts) button(acts, words, act);
  if (does.elsewhere) {
    const { words, address } = does.elsewhere;
    const way = make("a", acts, { words });
    way.href = address;
    way.target = "_self";
  }
  const body = make("div", null, { className: "sm-card-body" });
  for (const part of [...said.first, ...said.parts]) drawPart(body, part);
  swap(section, ".sm-card-head", top);
  swap(section, ".sm-card-body", body);
  giveBack(place, kept);
}

/** Put a new part in an old one's place, if it differs. @param {Element} section
 * @param {string} which @param {HTMLElement} fresh */
function swap(section, which, fresh) {
  const old = section.querySelector(`:scope > ${which}`);
  if (old && !old.isEqualNode(fresh)) old.replaceWith(fresh);
}

/** @param {HTMLElement} body @param {CardPart} part */
function drawPart(body, { title, items, none }) {
  if (!items.length && !none) return;
  if (title) make("h3", body, { words: title });
  if (!items.length) make("p", body, { words: none });
  else {
    const list = make("ul", body, { className: title ? "" : "sm-card-theme" });
    for (const item of items) drawItem(make("li", list), item);
  }
}

/** @param {HTMLElement} line @param {CardItem} item */
function drawItem(line, { words, opens, link }) {
  if (!opens) line.textContent = words;
  else opener(line, words, opens);
  if (link)
    opener(line, "link", `link:${link}`).setAttribute(
      "aria-label",
      `The link with ${words}`,
    );
}

/** @param {HTMLElement} line @param {string} words @param {string} opens */
function opener(line, words, opens) {
  const item = makeButton(words, line, () => {});
  item.dataset.opens = opens;
  item.dataset.key = opens;
  return item;
}

/** @param {HTMLElement} place @param {string} words @param {() => void} act @param {string} [label] */
function button(place, words, act, label) {
  const item = makeButton(words, place, act);
  if (label) item.setAttribute("aria-label", label);
  item.dataset.key = `act:${label ?? words}`;
}

/** What in the card has the focus; "" = nothing there. @param {HTMLElement} place */
function focusKey(place) {
  const focused = focusedIn(place);
  return focused && place.contains(focused) ? (focused.dataset.key ?? "form") : "";
}

/** @param {HTMLElement} place @param {string} key */
function giveBack(place, key) {
  const focused = focusedIn(place);
  if (!key || (focused && place.contains(focused))) return;
  const items = /** @type {NodeListOf<HTMLElement>} */ (
    place.querySelectorAll("[data-key]")
  );
  const same = [...items].find((item) => item.dataset.key === key);
  (same ?? items[0])?.focus();
}
