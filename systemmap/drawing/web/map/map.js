/**
 * One map, three homes: the Map screen, the drawing room and the exported page.
 *
 * The engine draws and finds what was pointed at; positions, styles and words come
 * from Python. Nothing moves by itself. People's text is drawn or set as text, never as HTML.
 */

import { arrangementOf, shownPlace, storedPlace } from "./arrangement.js";
import { createChoice } from "./chosen.js";
import { createDrawn } from "./engine_items.js";
import { createListbox } from "./listbox.js";
import { buildParts, hideFromReaders } from "./map_parts.js";
import { createMoves } from "./moves.js";
import { countWords, degrees } from "./neighbours.js";
import { createPaint, FAR, MARKS_FROM } from "./painter.js";
import { keyOf, partShown } from "./shown_part.js";
import { createViewport } from "./viewport.js";

const SAID_FOR = 8000; // milliseconds

/**
 * @typedef {object} Hooks
 * @property {(id: string | null) => void} [onSelect] a factor was chosen, or none
 * @property {(pair: [string, string]) => void} [onLine] a link was chosen
 * @property {(moves: {id: string, x: number, y: number}[]) => void} [onMove]
 * @property {(id: string | null) => void} [onStartLink] L was pressed on a factor
 * @property {(id: string | null) => boolean} [onEnter] Enter was pressed; true = dealt with
 * @property {(key: string, id: string | null) => boolean} [onKey] any other key; true = dealt with
 * @property {() => void} [onView] zoomed or panned
 * @property {() => void} [onLeave] Escape was pressed
 */

/** Draw a map into an element that has a definite size.
 * @param {HTMLElement} root @param {object} engine the vis global
 * @param {object} looks roles and link styles from Python
 * @param {object} scene boxes, lines, themes, bounds
 * @param {Hooks} hooks @param {{movable?: boolean, look?: "light" | "dark"}} options */
export function createMap(root, engine, looks, scene, hooks = {}, options = {}) {
  const state = {
    scene,
    boxes: new Map(),
    lines: new Map(),
    themes: new Map(),
    curves: new Map(),
    washes: new Map(),
    ranked: [],
    named: [],
    look: { name: options.look ?? "light", ...looks[options.look ?? "light"] },
    selected: null,
    selectedLine: null,
    several: new Set(),
    choosing: false,
    active: null,
    hovered: null,
    focus: null,
    filter: {},
    told: null,
    heat: null,
    overlay: null,
    wantsSmall: true,
    layers: { gaps: true, actions: true, assets: true, votes: false, loops: false },
    faded: new Set(),
    hidden: new Set(),
    touched: false,
    together: null, // where boxes are shown, if not where they are stored
    strokes: new Map(),
    fitted: undefined,
    close: false,
  };
  const painters = []; // what others draw on top of the map
  const changed = []; // who wants to know that the map shows something else
  const chosenMany = [];
  const pointedAt = []; // who may take a click before the factors do
  const parts = buildParts(root);
  const nodes = new engine.DataSet();
  const edges = new engine.DataSet();
  // What the parts of the map know of each other.
  const map = {
    root,
    parts,
    state,
    looks,
    hooks,
    options,
    nodes,
    chosenMany,
    withGone,
    forgetShapes,
    restyle,
    say,
  };
  map.drawn = createDrawn(map);
  map.viewport = createViewport(map);
  const { nodeOf, edgeOf, many, name, engineOptions, sizeShapes, drawOwnLinks } =
    map.drawn;
  const { look, fit, zoom } = map.viewport;
  const { select, selectLine, choose, toggle } = createChoice(map);
  const { dragged, follow, nudge } = createMoves(map);
  read(scene);
  nodes.add([...state.boxes.values()].map(nodeOf));
  edges.add([...state.lines.values()].map(edgeOf));
  const network = new engine.Network(parts.canvas, { nodes, edges }, engineOptions());
  map.network = network;
  hideFromReaders(parts.canvas);
  sizeShapes();
  const paint = createPaint(state, looks, parts.canvas, () => network);
  map.paint = paint;
  drawOwnLinks();
  network.on("beforeDrawing", paint.behind);
  network.on("afterDrawing", drawInFront);
  network.on("click", clicked);
  network.on("dragEnd", dragged);
  network.on("dragging", ({ nodes: ids }) => ids.length && follow());
  network.on("zoom", () => {
    state.touched = true;
    hooks.onView?.();
  });
  network.on("hoverNode", ({ node }) => hover(node));
  network.on("blurNode", () => hover(null));
  const listbox = createListbox(parts.list, state, parts.prefix, hooks, {
    words: optionWords,
    activate,
    entered,
    left,
    say,
    redraw: () => network.redraw(),
    nudge: options.movable === true ? (key) => nudge(state.active, key) : null,
  });
  map.listbox = listbox;
  const watcher = new ResizeObserver(map.viewport.resized);
  watcher.observe(parts.canvas);
  listbox.fill();
  bindButtons();

  // --- reading the scene -------------------------------------------------
  function read(next) {
    if (next.together !== state.scene.together || !state.boxes.size)
      state.together = arrangementOf(next);
    if (state.overlay) state.together = null;
    state.scene = next;
    const [boxes, lines] = withGone(next);
    state.boxes = new Map(
      boxes.map((box) => [box.id, { ...box, ...shownPlace(state.together, box) }]),
    );
    state.lines = new Map(lines.map((line) => [keyOf(line), { ...line }]));
    const themes = [
      ...next.themes,
      ...(state.overlay?.themes ?? []).filter(
        ({ key }) => !next.themes.some((theme) => theme.key === key),
      ),
    ];
    state.themes = new Map(themes.map((theme) => [theme.key, theme]));
    forgetShapes();
    const count = degrees(lines);
    const total = (box) =>
      (count.get(box.id)?.into ?? 0) + (count.get(box.id)?.out ?? 0);
    state.counts = count;
    state.ranked = [...state.boxes.values()].sort(
      (a, b) => total(b) - total(a) || (a.id < b.id ? -1 : 1),
    );
    state.named = [...state.boxes.values()].sort((a, b) =>
      a.label.localeCompare(b.label, "en-GB"),
    );
  }

  // What a comparison shows that is not on this map any more, or not on this one.
  function withGone(next) {
    const { gone_boxes: boxes = [], gone_lines: lines = [] } = state.overlay ?? {};
    const here = new Set(next.boxes.map(({ id }) => id));
    const drawn = new Set(next.lines.map(keyOf));
    const known = new Set([...here, ...boxes.map(({ id }) => id)]);
    const gone = lines.filter(
      (line) =>
        !drawn.has(keyOf(line)) && known.has(line.source) && known.has(line.target),
    );
    return [
      [...next.boxes, ...boxes.filter(({ id }) => !here.has(id))],
      [...next.lines, ...gone],
    ];
  }

  function keepLevel(scale) {
    const close = scale >= MARKS_FROM;
    if (state.close === close) return;
    state.close = close;
    if (many()) setTimeout(() => edges.update([...state.lines.values()].map(edgeOf)));
  }

  // What was worked out from positions and filters, until one of them changes.
  function forgetShapes() {
    state.curves.clear();
    state.washes.clear();
  }

  function drawInFront(ctx) {
    const scale = network.getScale();
    keepLevel(scale);
    paint.inFront(ctx);
    for (const draw of painters) draw(ctx, scale);
    root.dataset.drawn = String(state.boxes.size);
  }

  // --- what is shown ------------------------------------------------------
  function applyView() {
    const { inView, off } = partShown(state);
    const hide = state.filter.hide === true;
    state.hidden = hide ? off : new Set();
    state.faded = hide ? new Set() : off;
    forgetShapes();
    refresh();
    tellChanged();
    return inView;
  }

  function tellChanged() {
    for (const hear of changed) hear();
  }

  function refresh() {
    nodes.update(
      [...state.boxes.values()].map(({ id }) => ({ id, hidden: state.hidden.has(id) })),
    );
    edges.update([...state.lines.values()].map(edgeOf));
    listbox.sync();
  }

  // Draw anew the links that touch these factors, or are these links.
  function restyle(touched) {
    const some = [];
    for (const [key, line] of state.lines) {
      if (
        touched.includes(line.source) ||
        touched.includes(line.target) ||
        touched.includes(key)
      )
        some.push(edgeOf(line));
    }
    if (some.length) edges.update(some);
    else network.redraw();
  }

  // --- pointing -----------------------------------------------------------
  function clicked({ pointer, event }) {
    parts.list.dataset.pointer = "true";
    const id = network.getNodeAt(pointer.DOM);
    const { ctrlKey, metaKey, shiftKey } = event?.srcEvent ?? {};
    if (id === undefined && map.viewport.openTheme(network.DOMtoCanvas(pointer.DOM)))
      return;
    if (
      id === undefined &&
      pointedAt.some((takes) => takes(network.DOMtoCanvas(pointer.DOM)))
    )
      return;
    const adds = state.choosing || ctrlKey || metaKey || shiftKey;
    if (adds && options.movable === true) {
      if (id !== undefined) toggle(id);
      else network.selectNodes([...state.several], false);
      return;
    }
    if (id !== undefined) {
      state.active = null;
      select(id);
      return void say(describe(id));
    }
    const edge = network.getEdgeAt(pointer.DOM);
    if (edge !== undefined) return void selectLine(edge);
    select(null);
  }

  function hover(id) {
    state.hovered = id;
    if (network.getScale() < FAR) network.redraw();
  }

  // --- the list that mirrors the map --------------------------------------
  function optionWords(id) {
    return [`${name(id)}: ${countWords(state.counts.get(id))}`, changeOf(id)]
      .filter(Boolean)
      .join(", ");
  }

  function changeOf(id) {
    const kind = state.overlay?.boxes?.[id];
    return kind ? state.overlay.words[kind] : "";
  }

  function describe(id) {
    const box = state.boxes.get(id);
    if (!box) return "";
    const theme = state.themes.get(box.theme)?.name;
    const cover = state.scene.cover_words?.[box.rung];
    const votes =
      state.layers.votes && box.priority
        ? `${box.priority} ${box.priority === 1 ? "vote" : "votes"}`
        : "";
    return [
      `${box.label}`,
      theme,
      countWords(state.counts.get(id)),
      cover,
      votes,
      box.pinned && options.movable === true ? "kept in its place" : "",
      state.heat?.[id]?.[1],
      changeOf(id),
    ]
      .filter(Boolean)
      .join(", ");
  }

  function activate(id) {
    if (!id || !state.boxes.has(id)) return;
    state.active = id;
    listbox.sync();
    look(id);
    network.redraw();
  }

  function entered(id) {
    select(id);
    say(`${describe(id)}. Chosen.`);
  }

  function left() {
    if (state.selected) select(null);
    hooks.onLeave?.();
    say("Nothing chosen.");
  }

  function bindButtons() {
    parts.fit.addEventListener("click", () => {
      state.touched = false;
      fit();
    });
    parts.closer.addEventListener("click", () => zoom(1.4));
    parts.further.addEventListener("click", () => zoom(1 / 1.4));
  }

  // Spoken and shown; what is shown steps aside again, what is spoken stays to be read.
  function say(words) {
    parts.status.textContent = words;
    parts.status.classList.remove("sm-old");
    clearTimeout(state.fading);
    state.fading = setTimeout(() => parts.status.classList.add("sm-old"), SAID_FOR);
  }

  // --- what others call ----------------------------------------------------
  function update(next) {
    const before = { boxes: state.boxes, lines: state.lines };
    read(next);
    const lostLines = [...before.lines.keys()].filter((key) => !state.lines.has(key));
    const lostBoxes = [...before.boxes.keys()].filter((id) => !state.boxes.has(id));
    edges.remove(lostLines);
    nodes.remove(lostBoxes);
    nodes.update([...state.boxes.values()].map(nodeOf));
    sizeShapes();
    edges.update([...state.lines.values()].map(edgeOf));
    drawOwnLinks();
    if (!state.boxes.has(state.selected ?? "")) state.selected = null;
    if (!state.boxes.has(state.active ?? "")) state.active = null;
    if ([...state.several].some((id) => !state.boxes.has(id)))
      choose([...state.several]);
    listbox.fill();
    applyView();
    network.redraw();
  }

  function setLook(which) {
    state.look = { name: which, ...looks[which] };
    edges.update([...state.lines.values()].map(edgeOf));
    tellChanged();
    network.redraw();
  }

  const api = {
    root,
    parts,
    network,
    state,
    looks,
    movable: options.movable === true,
    name,
    nudge,
    choose,
    toggle,
    select,
    selectLine,
    fit,
    zoom,
    update,
    setLook,
    say,
    describe,
    activate,
    /** Show what surrounds a factor; null shows everything again. */
    focus(next) {
      state.focus = next;
      state.told = null;
      return applyView();
    },
    /** Show only some `themes`, `determinants` (layers), `styles` of link, `rungs`, agreed words, what tables `said`; null = all. `hide` takes the rest away. */
    filter(next) {
      state.filter = { ...state.filter, ...next };
      return applyView();
    },
    /** Tell a loop or a route: these factors and links stand out. */
    tell(ids, pairs, kind = "") {
      state.told = ids
        ? {
            ids: new Set(ids),
            links: new Set(pairs.map(([a, b]) => `${a}/${b}`)),
            kind,
          }
        : null;
      return applyView();
    },
    /** Lay a comparison over the map (see overlay.py); null takes it away. Nothing moves meanwhile. */
    compare(overlay) {
      state.overlay = overlay;
      state.together = overlay ? null : arrangementOf(state.scene);
      network.setOptions({
        interaction: { dragNodes: options.movable === true && !overlay },
      });
      update(state.scene);
    },
    /** What lies on top: `gaps` the cover notches and dotted outlines, `actions`, `assets`, `votes`, `loops`. */
    layers(shown) {
      Object.assign(state.layers, shown);
      tellChanged();
      network.redraw();
    },
    /** Fill boxes by a measure: by factor a share of 1 or null, and words; null = no measure. */
    heat(values) {
      state.heat = values;
      nodes.update([...state.boxes.values()].map(nodeOf));
      network.redraw();
    },
    /** The factor at a point of the page, if any; `but` is looked through. */
    at(x, y, but) {
      let id = null; // of boxes that cover each other the last is drawn on top
      const frame = parts.canvas.getBoundingClientRect();
      const place = network.DOMtoCanvas({ x: x - frame.left, y: y - frame.top });
      for (const box of state.boxes.values()) {
        if (box.id === but || state.hidden.has(box.id)) continue;
        const inside =
          Math.abs(place.x - box.x) < box.width / 2 + 4 &&
          Math.abs(place.y - box.y) < box.height / 2 + 4;
        if (inside) id = box.id;
      }
      return { id, place };
    },
    /** Draw on top of the map each time. @param {(ctx: CanvasRenderingContext2D, scale: number) => void} draw */
    onDraw: (draw) => void painters.push(draw),
    /** Hear when the map shows something else. @param {() => void} hear */
    onChange: (hear) => void changed.push(hear),
    /** Take clicks beside factors. @param {(place: {x: number, y: number}) => boolean} takes */
    onPoint: (takes) => void pointedAt.push(takes),
    /** Hear when other factors are chosen together. @param {() => void} hear */
    onSeveral: (hear) => void chosenMany.push(hear),
    /** Bring a place to the middle. */
    lookAt(position) {
      state.touched = true;
      network.moveTo({ position });
      hooks.onView?.();
    },
    /** The place to store for a place that is shown. @param {{x: number, y: number}} place */
    stored: (place) => storedPlace(state.together, "", place),
    /** The way of a link as it is drawn now. @param {string} key source/target */
    route: (key) => paint.curveOf(key),
    /** Where a factor stands on the page, for tests and for drawing tools. */
    spot(id) {
      const at = network.canvasToDOM(network.getPosition(id));
      const frame = parts.canvas.getBoundingClientRect();
      return { x: frame.left + at.x, y: frame.top + at.y };
    },
    view: () => ({ scale: network.getScale(), position: network.getViewPosition() }),
    restore(view) {
      state.touched = true;
      network.moveTo(view);
    },
    destroy() {
      watcher.disconnect();
      clearTimeout(state.fading);
      network.destroy();
      root.replaceChildren();
    },
  };
  root.systemMap = api;
  applyView();
  return api;
}
