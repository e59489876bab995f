/** The canvas on a Streamlit screen (Components v2): called again on each change of data. */

import { openCanvas } from "./live/open_canvas.js";

const held = new WeakMap();
const parked = new Map(); // canvases whose place on the screen is gone, for a moment
const REVISION_EVERY = 1000;
const PARKED_FOR = 1500;

/**
 * Streamlit may take a component away and put it back, when something appears
 * above it or a page settles. Nobody's view, choice or undo must be lost by that:
 * the canvas waits a moment and moves into the new place as it is.
 */
export default function show(component) {
  const root = component.parentElement;
  let one = held.get(root);
  if (!one) {
    one = unpark(component.data) ?? mount(root, component);
    root.append(one.host);
    held.set(root, one);
  }
  one.receive(component);
  return () => {
    held.delete(root);
    park(one);
  };
}

const placeOf = ({ programme, map, editable }) => `${programme}/${map}/${editable}`;

function park(one) {
  const place = placeOf(one.data);
  parked.set(place, {
    one,
    timer: setTimeout(() => {
      if (parked.get(place)?.one === one) parked.delete(place);
      one.unmount();
    }, PARKED_FOR),
  });
}

function unpark(data) {
  const found = parked.get(placeOf(data));
  if (!found) return null;
  clearTimeout(found.timer);
  parked.delete(placeOf(data));
  return found.one;
}

function mount(root, first) {
  const host = document.createElement("div");
  host.className = "sm-host";
  root.append(host);
  let present = first;
  let session = null;
  let gone = false;
  let answered = "";
  let told = 0;
  let later = 0;
  let there; // what the server last said is chosen
  const said = []; // what was chosen here and told to the server
  const { programme, map, engine, editable } = first.data;
  const setup = {
    place: `${programme}/${map}`,
    engine: new URL(engine, location.origin).href,
    editable,
    look: lookOf(host),
    graph: () => `/graph?ticket=${present.data.ticket}`,
    loops: () => `/graph/loops?ticket=${present.data.ticket}`,
    socket: () =>
      `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/live?ticket=${present.data.ticket}`,
  };
  openCanvas(host, setup, {
    send: (ops) => present.setTriggerValue("ops", ops),
    onSelect: (id) => {
      said.push(id);
      present.setStateValue("selected", id);
    },
    onRevision: tellRevision,
  })
    .then((opened) => {
      if (gone) return opened.close();
      session = opened;
      return receive(present);
    })
    .catch((error) => {
      host.textContent = `The map could not be drawn: ${error.message}. The table and the words below say the same.`;
    });

  // The panels beside the map follow, at most once a second.
  function tellRevision(revision) {
    if (revision <= present.data.rev) return;
    clearTimeout(later);
    const wait = Math.max(0, told + REVISION_EVERY - Date.now());
    later = setTimeout(() => {
      told = Date.now();
      if (!gone && revision > present.data.rev) present.setStateValue("rev", revision);
    }, wait);
  }

  function receive(component) {
    present = component;
    if (!session?.map) return;
    const { selected, answer, rev } = component.data;
    const text = JSON.stringify(answer ?? null);
    if (answer && text !== answered) {
      answered = text;
      session.answered(answer);
    }
    follow(selected ?? null);
    if (rev > session.revision && !session.paused) session.refetch();
    showPart(session, component.data.part ?? {});
    const look = lookOf(host);
    if (look !== session.map.state.look.name) session.map.setLook(look);
    paint(host, look, session.map);
  }

  // The server's word counts when it is news, not when it repeats what was chosen here.
  function follow(selected) {
    const echo = said.indexOf(selected);
    if (echo >= 0) said.splice(0, echo + 1);
    else if (selected !== there && selected !== session.map.state.selected)
      session.map.select(selected, { quiet: true });
    there = selected;
  }

  // What the screen's own controls ask for: a part of the map, some layers.
  function showPart({ map, teller }, part) {
    const text = JSON.stringify(part);
    if (host.dataset.part === text) return;
    const first = host.dataset.part === undefined;
    host.dataset.part = text;
    const layers = part.layers ?? ["gaps", "actions", "assets"];
    map.layers(
      Object.fromEntries(
        ["gaps", "actions", "assets", "votes", "loops"].map((layer) => [
          layer,
          layers.includes(layer),
        ]),
      ),
    );
    map.heat(part.heat && Object.keys(part.heat).length ? part.heat : null);
    const some = (list) => (list?.length ? list : null);
    map.filter({
      themes: some(part.themes),
      determinants: some(part.determinants),
      styles: some(part.styles),
      rungs: some(part.rungs),
      agreed: some(part.agreed),
      said: part.said ?? null,
      hide: part.hide === true,
    });
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
  for (const kind of ["keydown", "keyup"])
    window.addEventListener(kind, guard, { capture: true });

  return {
    host,
    receive,
    data: first.data,
    unmount() {
      gone = true;
      clearTimeout(later);
      for (const kind of ["keydown", "keyup"])
        window.removeEventListener(kind, guard, { capture: true });
      session?.close();
      host.remove();
    },
  };
}

// Streamlit tells its theme through variables on the host.
function lookOf(host) {
  const ground = getComputedStyle(host)
    .getPropertyValue("--st-background-color")
    .trim();
  const numbers = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})/i.exec(ground);
  if (!numbers) return "light";
  const [red, green, blue] = numbers.slice(1).map((part) => parseInt(part, 16));
  return 0.3 * red + 0.6 * green + 0.1 * blue < 110 ? "dark" : "light";
}

function paint(host, look, map) {
  if (host.dataset.look === look) return;
  host.dataset.look = look;
  for (const role of [
    "paper",
    "ground",
    "ink",
    "quiet",
    "border",
    "action",
    "focus",
    "less",
  ]) {
    host.style.setProperty(`--sm-${role}`, map.state.look[role]);
  }
}
