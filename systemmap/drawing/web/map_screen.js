// @ts-check
/** The canvas on a Streamlit screen (Components v2): called again on each change of data. */
/** @import { Answer, Setup } from "./live/live_types.js" */
/** @import { Canvas } from "./live/open_canvas.js" */
/** @import { Card } from "./map/card.js" */
/** @import { Filter, Heat, Overlay, SystemMap, Teller, ToldLoop } from "./map/types.js" */

import {
  cardFor,
  cardHooks,
  dropCard,
  fold,
  offerFold,
  showSlot,
} from "./live/card_place.js";
import { createKept } from "./live/kept_canvas.js";
import { keepFocus } from "./live/kept_focus.js";
import { openCanvas } from "./live/open_canvas.js";
import { lookOf, paint } from "./live/screen_look.js";
import { isStill } from "./live/still_page.js";
import { createCard } from "./map/card.js";
import { filterOf, layersOf } from "./map/view.js";

/**
 * @typedef {object} PartShown what the screen's controls ask to see, besides a filter
 * @property {string} [focus]
 * @property {number} [steps]
 * @property {string[]} [layers]
 * @property {Heat} [heat]
 * @property {Overlay} [overlay]
 * @property {ToldLoop} [loop]
 */

/**
 * @typedef {object} Data what map_canvas.py sends
 * @property {string} programme
 * @property {string} map
 * @property {number} rev
 * @property {string | null} [selected]
 * @property {Answer | null} [answer]
 * @property {string} ticket
 * @property {string} engine its address
 * @property {string} script where this script lies, with all it needs
 * @property {string} base what every address of the server begins with
 * @property {boolean} editable
 * @property {Filter & PartShown} [part]
 * @property {[number, string] | null} [undo] what the screen's own undo takes back
 * @property {boolean} [card] whether this is the panel's place for the card
 */

/**
 * @typedef {object} Component as Streamlit hands it over
 * @property {HTMLElement} parentElement
 * @property {Data} data
 * @property {(name: string, value: unknown) => void} setStateValue
 * @property {(name: string, value: unknown) => void} setTriggerValue
 */

/** @typedef {ReturnType<typeof mount>} Mounted */

/** @type {ReturnType<typeof createKept<Mounted>>} */
const canvases = createKept();
const REVISION_EVERY = 1000;
const AGAIN = 100; // milliseconds

/**
 * Draw what a component shows; return what Streamlit calls when its place is gone.
 * @param {Component} component
 */
export default function show(component) {
  const { parentElement: root, data } = component;
  if (data.card) return showSlot(root, data);
  if (!root.isConnected) return () => {}; // gone before its script had come
  canvases.stand(root, placeOf(data), () => mount(root, component)).receive(component);
  return () => canvases.leave(root);
}

/** @param {Data} data */
const placeOf = ({ programme, map, editable }) => `${programme}/${map}/${editable}`;

/** @param {HTMLElement} root @param {Component} first */
function mount(root, first) {
  const host = document.createElement("div");
  host.className = "sm-host";
  root.append(host);
  const giveFocusBack = keepFocus(host);
  const cardHost = cardFor(first.data);
  /** @type {Card | null} */
  let card = null;
  let present = first;
  /** @type {Canvas | null} */
  let session = null;
  let gone = false;
  let answered = "";
  let told = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let later;
  /** @type {string | null | undefined} */
  let there; // what the server last said is chosen
  /** @type {(string | null)[]} */
  const said = []; // what was chosen here and told to the server
  const { programme, map, engine, base, editable } = first.data;
  /** @type {Setup} */
  const setup = {
    place: `${programme}/${map}`,
    engine: new URL(engine, location.origin).href,
    editable,
    look: lookOf(host),
    graph: (shape) => `${base}/graph?ticket=${present.data.ticket}&shape=${shape}`,
    loops: () => `${base}/graph/loops?ticket=${present.data.ticket}`,
    socket: () =>
      `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}${base}/live?ticket=${present.data.ticket}`,
  };
  openCanvas(host, setup, {
    send: (ops) => present.setTriggerValue("ops", ops),
    onSelect: (id) => {
      said.push(id);
      present.setStateValue("selected", id);
      card?.showFactor(id);
      if (id) fold(false);
    },
    onLine: (pair) => inPanel(() => card?.showLine(pair)),
    onTheme: (key) => inPanel(() => card?.showTheme(key)),
    onLoop: (loop) => inPanel(() => card?.showLoop(loop)),
    onRevision: tellRevision,
  })
    .then((opened) => {
      if (gone) return opened.close();
      session = opened;
      if (opened.map) {
        card = createCard(
          opened.map,
          cardHost,
          cardHooks(opened, host, () => present.data),
        );
        offerFold(opened.map.parts.tools);
      }
      return receive(present);
    })
    .catch((error) => {
      host.textContent = `The map could not be drawn: ${error.message}. The table and the words below say the same.`;
    });

  /** What a card tells is read in the panel. @param {() => void} tell */
  function inPanel(tell) {
    tell();
    fold(false);
  }

  /** The panels beside the map follow, at most once a second. @param {number} revision */
  function tellRevision(revision) {
    card?.refresh();
    if (revision <= present.data.rev) return;
    clearTimeout(later);
    const wait = Math.max(0, told + REVISION_EVERY - Date.now());
    later = setTimeout(() => follow(revision), wait);
  }

  /** Have the page follow, once it is still: to ask for it while it is on its way
   * elsewhere asks for the page that is left, and the press that led away is undone.
   * @param {number} revision */
  function follow(revision) {
    if (gone || revision <= present.data.rev) return;
    if (!host.isConnected || !isStill()) {
      later = setTimeout(() => follow(revision), AGAIN);
      return;
    }
    told = Date.now();
    present.setStateValue("rev", revision);
  }

  /** @param {Component} component */
  function receive(component) {
    present = component;
    const { map, teller } = session ?? {};
    if (!session || !map || !teller) return;
    const { selected, answer, rev } = component.data;
    const text = JSON.stringify(answer ?? null);
    if (answer && text !== answered) {
      answered = text;
      session.answered(answer);
    }
    choose(map, selected ?? null);
    session.editor?.undoSays(component.data.undo);
    if (rev > session.revision && !session.paused) session.refetch();
    showPart(map, teller, component.data.part ?? {});
    const look = lookOf(host);
    if (look !== map.state.look.name) map.setLook(look);
    paint(host, map.state.look);
    paint(cardHost, map.state.look);
  }

  /** The server's word counts when it is news, not when it repeats what was chosen here.
   * @param {SystemMap} map @param {string | null} selected */
  function choose(map, selected) {
    const echo = said.indexOf(selected);
    if (echo >= 0) said.splice(0, echo + 1);
    else if (selected !== there && selected !== map.state.selected) {
      map.select(selected, { quiet: true });
      card?.showFactor(map.state.selected);
    }
    there = selected;
  }

  /** What the screen's own controls ask for: a part of the map, some layers.
   * @param {SystemMap} map @param {Teller} teller @param {Filter & PartShown} part */
  function showPart(map, teller, part) {
    const text = JSON.stringify(part);
    if (host.dataset.part === text) return;
    const first = host.dataset.part === undefined;
    host.dataset.part = text;
    map.layers(layersOf(part.layers ?? ["gaps", "actions", "assets"]));
    map.heat(part.heat && Object.keys(part.heat).length ? part.heat : null);
    map.filter(filterOf(part));
    const overlay = JSON.stringify(part.overlay ?? null);
    const compared = overlay !== (host.dataset.overlay ?? "null");
    if (compared) map.compare(part.overlay ?? null);
    host.dataset.overlay = overlay;
    const shown = map.focus(
      part.focus ? { id: part.focus, way: "both", steps: part.steps ?? 2 } : null,
    );
    if (part.loop) return void teller.tell(part.loop, { held: true });
    teller.end({ quiet: true });
    if (compared && !part.focus) map.fit();
    else if (!first || part.focus) map.fit(shown.length ? shown : undefined);
  }

  // Streamlit's own shortcuts (r, c) must not fire while somebody types into the map.
  /** @param {KeyboardEvent} event */
  const guard = (event) => {
    const path = event.composedPath();
    if (!path.includes(host) || event.ctrlKey || event.metaKey || event.altKey) return;
    const writes = path.some(
      (item) => item instanceof Element && item.matches("input, textarea, select"),
    );
    if (event.key.length !== 1 || writes) return;
    event.stopImmediatePropagation();
    if (event.type === "keydown") {
      const again = new KeyboardEvent("keydown", {
        key: event.key,
        bubbles: false,
        cancelable: true,
      });
      path[0].dispatchEvent(again);
      if (again.defaultPrevented) event.preventDefault();
    }
  };
  window.addEventListener("keydown", guard, { capture: true });
  window.addEventListener("keyup", guard, { capture: true });

  return {
    host,
    receive,
    giveFocusBack,
    unmount() {
      gone = true;
      clearTimeout(later);
      window.removeEventListener("keydown", guard, { capture: true });
      window.removeEventListener("keyup", guard, { capture: true });
      session?.close();
      dropCard(first.data, cardHost);
      host.remove();
    },
  };
}
