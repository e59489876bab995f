/**
 * One map, three homes: the Map screen, the drawing room and the exported page.
 *
 * The engine draws and finds what was pointed at; positions, styles and words come
 * from Python. Nothing moves by itself. People's text is drawn or set as text, never as HTML.
 */

import { createListbox } from "./listbox.js";
import { blend, changeColour, drawBox } from "./marks.js";
import { FAR, MARKS_FROM, createPaint } from "./paint.js";
import { keyOf, partShown } from "./showing.js";
import { arrangedIn, shownPlace, storedPlace } from "./together.js";
import { countWords, degrees, linkSentence } from "./trace.js";

const READABLE = 0.94; // the scale of a whole map drawn together to be read at once
const MANY_LINES = 1500;
const SAID_FOR = 8000; // milliseconds
const SNAP = 6; // drawing units within which a dropped factor stands in line with another

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
    together: null,
    arranged: false, // whether it was asked once how the whole map fits
    fitted: undefined,
    close: false,
  };
  const painters = []; // what others draw on top of the map
  const changed = []; // who wants to know that the map shows something else
  const chosenMany = [];
  const pointedAt = []; // who may take a click before the factors do
  const moreContrast = matchMedia("(prefers-contrast: more)");
  const parts = buildParts(root);
  const nodes = new engine.DataSet();
  const edges = new engine.DataSet();
  read(scene);
  nodes.add([...state.boxes.values()].map(nodeOf));
  edges.add([...state.lines.values()].map(edgeOf));
  const network = new engine.Network(parts.canvas, { nodes, edges }, engineOptions());
  hideFromReaders(parts.canvas);
  sizeShapes();
  const paint = createPaint(state, looks, parts.canvas, () => network);
  network.on("beforeDrawing", paint.behind);
  network.on("afterDrawing", drawInFront);
  network.on("click", clicked);
  network.on("dragEnd", dragged);
  network.on("dragging", ({ nodes: ids }) => ids.length && follow(ids));
  network.on("zoom", () => {
    state.touched = true;
    hooks.onView?.();
  });
  network.on("hoverNode", ({ node }) => hover(node));
  network.on("blurNode", () => hover(null));
  const listbox = createListbox(parts.list, state, parts.prefix, hooks, {
    words: optionWords, activate, entered, left, say, redraw: () => network.redraw(), nudge: options.movable === true ? (key) => nudge(state.active, key) : null,
  });
  const watcher = new ResizeObserver(resized);
  watcher.observe(parts.canvas);
  listbox.fill();
  bindButtons();

  // --- reading the scene -------------------------------------------------
  function read(next) {
    state.scene = next;
    const [boxes, lines] = withGone(next);
    state.boxes = new Map(boxes.map((box) => [box.id, { ...box, ...shownPlace(state.together, box) }]));
    state.lines = new Map(lines.map((line) => [keyOf(line), { ...line }]));
    const themes = [...next.themes, ...(state.overlay?.themes ?? []).filter(({ key }) => !next.themes.some((theme) => theme.key === key))];
    state.themes = new Map(themes.map((theme) => [theme.key, theme]));
    forgetShapes();
    const count = degrees(lines);
    const total = (box) => (count.get(box.id)?.into ?? 0) + (count.get(box.id)?.out ?? 0);
    state.counts = count;
    state.ranked = [...state.boxes.values()].sort((a, b) => total(b) - total(a) || (a.id < b.id ? -1 : 1));
    state.named = [...state.boxes.values()].sort((a, b) => a.label.localeCompare(b.label, "en-GB"));
  }

  // What a comparison shows that is not on this map any more, or not on this one.
  function withGone(next) {
    const { gone_boxes: boxes = [], gone_lines: lines = [] } = state.overlay ?? {};
    const here = new Set(next.boxes.map(({ id }) => id));
    const drawn = new Set(next.lines.map(keyOf));
    const known = new Set([...here, ...boxes.map(({ id }) => id)]);
    const gone = lines.filter((line) => !drawn.has(keyOf(line)) && known.has(line.source) && known.has(line.target));
    return [[...next.boxes, ...boxes.filter(({ id }) => !here.has(id))], [...next.lines, ...gone]];
  }

  /** Draw the whole map together when its names could not be read otherwise. */
  function drawTogether(wide, high) {
    const [boxes] = withGone(state.scene);
    const [left, top, right, bottom] = boundsOf(boxes);
    const plain = Math.min(wide / (right - left), high / (bottom - top));
    const before = state.together;
    state.arranged = true;
    state.together = boxes.length && plain < READABLE - 0.1 ? arrangedIn(boxes, wide / READABLE - 60, high / READABLE - 60) : null;
    if (!before && !state.together) return;
    for (const box of boxes) Object.assign(state.boxes.get(box.id), shownPlace(state.together, box));
    forgetShapes();
    nodes.update([...state.boxes.values()].map(nodeOf));
  }

  function nodeOf(box) {
    return { id: box.id, x: box.x, y: box.y, title: titleOf(box), hidden: state.hidden.has(box.id) };
  }

  function titleOf(box) {
    const theme = state.themes.get(box.theme)?.name ?? "";
    const cover = state.scene.cover_words?.[box.rung];
    return [box.label, theme, cover, state.heat?.[box.id]?.[1]].filter(Boolean).join("\n");
  }

  function edgeOf(line) {
    const style = looks.links[line.style];
    const key = keyOf(line);
    const quiet = state.faded.has(key);
    const near = state.selected !== null && (line.source === state.selected || line.target === state.selected);
    const change = state.overlay?.lines?.[key];
    const strong = near || change || state.told?.links?.has(key) || state.selectedLine === key;
    const ink = quiet ? (moreContrast.matches ? 0.35 : 0.16) : strong || moreContrast.matches ? 1 : line.ink;
    const own = change && change !== "both" ? changeColour(change, state.look) : style[state.look.name];
    const colour = style.lines > 1 ? "rgba(0,0,0,0)" : blend(own, state.look.ground, ink);
    return {
      id: key,
      from: line.source,
      to: line.target,
      title: linkSentence(line, name),
      width: line.width + (strong ? 1 : 0),
      dashes: style.dash.length && (state.close || !many()) ? style.dash : false,
      color: { color: colour, highlight: colour, hover: colour },
      arrows: { to: { enabled: !line.either_way, scaleFactor: 0.5, type: style.head === "open" ? "vee" : "arrow" } },
      hidden: state.hidden.has(key),
    };
  }

  // On very large maps dashes cost half the speed and cannot be seen from afar.
  function many() {
    return state.lines.size > MANY_LINES;
  }

  function keepLevel(scale) {
    const close = scale >= MARKS_FROM;
    if (state.close === close) return;
    state.close = close;
    if (many()) setTimeout(() => edges.update([...state.lines.values()].map(edgeOf)));
  }

  function name(id) {
    return state.boxes.get(id)?.label ?? id;
  }

  function engineOptions() {
    return {
      autoResize: true,
      physics: { enabled: false },
      layout: { improvedLayout: false },
      interaction: {
        hover: true,
        dragNodes: options.movable === true,
        selectConnectedEdges: false,
        hoverConnectedEdges: false,
        keyboard: false,
        tooltipDelay: 250,
        hideEdgesOnDrag: many(),
        hideEdgesOnZoom: many(),
      },
      nodes: { shape: "custom", ctxRenderer: renderer, chosen: false, borderWidth: 1.6 },
      edges: {
        smooth: many() ? false : { enabled: true, type: "curvedCW", roundness: 0.12 },
        chosen: false,
        selectionWidth: 0,
        hoverWidth: 0,
        arrowStrikethrough: false,
        endPointOffset: { from: 0, to: 1.5 },
      },
    };
  }

  function renderer({ ctx, id, x, y, state: pointed }) {
    const box = state.boxes.get(id);
    if (!box) return { drawNode() {}, nodeDimensions: { width: 10, height: 10 } };
    Object.assign(box, { x, y });
    return {
      drawNode() {
        drawBox(ctx, box, state.themes.get(box.theme), state.look, {
          faded: state.faded.has(id),
          contrast: moreContrast.matches,
          pinned: options.movable === true && box.pinned === true,
          chosen: state.selected === id || state.several.has(id),
          gone: state.overlay?.boxes?.[id] === "gone",
          active: state.active === id,
          hover: pointed.hover,
          far: network.getScale() < FAR,
          scale: network.getScale(),
          layers: state.layers,
          heat: state.heat ? state.heat[id]?.[0] ?? null : undefined,
        });
      },
      nodeDimensions: { width: box.width, height: box.height },
    };
  }

  // The engine learns a custom shape's size only after drawing it once: tell it before.
  function sizeShapes() {
    for (const box of state.boxes.values()) {
      const shape = network.body.nodes[box.id]?.shape;
      if (!shape) continue;
      shape.customSizeWidth = shape.width = box.width;
      shape.customSizeHeight = shape.height = box.height;
    }
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
    nodes.update([...state.boxes.values()].map(({ id }) => ({ id, hidden: state.hidden.has(id) })));
    edges.update([...state.lines.values()].map(edgeOf));
    listbox.sync();
  }

  // Draw anew the links that touch these factors, or are these links.
  function restyle(touched) {
    const some = [];
    for (const [key, line] of state.lines) {
      if (touched.includes(line.source) || touched.includes(line.target) || touched.includes(key)) some.push(edgeOf(line));
    }
    if (some.length) edges.update(some);
    else network.redraw();
  }

  function select(id, { quiet = false, center = false } = {}) {
    const before = [state.selected, state.selectedLine];
    state.selected = id !== null && state.boxes.has(id) ? id : null;
    state.selectedLine = null;
    if (state.several.size) choose([]);
    network.unselectAll();
    restyle([...before, state.selected]);
    if (center && state.selected) look(state.selected);
    listbox.sync();
    if (!quiet) hooks.onSelect?.(state.selected);
    root.dataset.selected = state.selected ?? "";
  }

  function selectLine(key) {
    const line = state.lines.get(key);
    if (!line) return;
    const before = [state.selected, state.selectedLine];
    state.selected = null;
    state.selectedLine = key;
    network.unselectAll();
    restyle([...before, key]);
    hooks.onLine?.([line.source, line.target]);
    say(linkSentence(line, name));
  }

  // Several at once: the engine drags what it holds as selected together.
  function choose(ids, { choosing = state.choosing } = {}) {
    state.several = new Set(ids.filter((id) => state.boxes.has(id)));
    state.choosing = choosing;
    root.classList.toggle("sm-choosing", choosing);
    parts.list.setAttribute("aria-multiselectable", String(choosing));
    if (state.several.size && state.selected) {
      state.selected = null;
      hooks.onSelect?.(null);
    }
    network.selectNodes([...state.several], false);
    listbox.sync();
    for (const hear of chosenMany) hear();
    network.redraw();
  }

  function toggle(id) {
    const held = new Set(state.several);
    if (state.selected) held.add(state.selected);
    const takes = !held.delete(id);
    if (takes) held.add(id);
    choose([...held]);
    say(`${name(id)} ${takes ? "chosen" : "left out"}. ${state.several.size} chosen.`);
  }

  function look(id) {
    const box = state.boxes.get(id);
    if (!box) return;
    const scale = network.getScale();
    const at = network.canvasToDOM({ x: box.x, y: box.y });
    const { clientWidth: wide, clientHeight: high } = parts.canvas;
    const inside = at.x > 60 && at.y > 40 && at.x < wide - 60 && at.y < high - 40;
    if (!inside) network.moveTo({ position: { x: box.x, y: box.y }, scale });
    else network.redraw();
  }

  function fit(ids) {
    const some = (ids ?? [...state.boxes.keys()]).map((id) => state.boxes.get(id)).filter(Boolean);
    const { clientWidth: wide, clientHeight: high } = parts.canvas;
    if (!wide || !high) { // not laid out yet: the first resize fits what was asked for
      Object.assign(state, { fitted: ids, touched: false });
      return;
    }
    if (!some.length) return void network.moveTo({ position: { x: 0, y: 0 }, scale: 1 });
    const [over, beside] = [high - roomIn(wide, high)[1], wide - roomIn(wide, high)[0]];
    state.fitted = ids;
    if (!ids || ids.length === state.boxes.size || !state.arranged) drawTogether(wide - beside, high - over);
    const [left, top, right, bottom] = boundsOf(some);
    const under = stripHeight(high);
    const scale = Math.min((wide - beside) / (right - left), (high - over - under) / (bottom - top), 1.25);
    const position = { x: (left + right) / 2 + beside / 2 / scale, y: (top + bottom) / 2 - (over - under) / 2 / scale };
    network.moveTo({ position, scale });
  }

  // The strip below, while something is told or several are chosen.
  function stripHeight(high) {
    const strip = parts.foot.querySelector(".sm-strip:not([hidden])");
    return strip ? Math.min(strip.offsetHeight + 16, high / 3) : 0;
  }

  /** What the bar above and the buttons beside leave free. */
  function roomIn(wide, high) {
    const bar = root.querySelector(".sm-bar");
    return [wide - (wide > 500 ? 64 : 0), high - (bar ? Math.min(bar.offsetHeight + 20, high / 3) : 0)];
  }

  function boundsOf(some) {
    return [
      Math.min(...some.map((b) => b.x - b.width / 2)) - 30,
      Math.min(...some.map((b) => b.y - b.height / 2)) - 30,
      Math.max(...some.map((b) => b.x + b.width / 2)) + 30,
      Math.max(...some.map((b) => b.y + b.height / 2)) + 30,
    ];
  }

  function zoom(factor) {
    state.touched = true;
    const scale = Math.min(4, Math.max(0.05, network.getScale() * factor));
    network.moveTo({ scale });
  }

  // --- pointing -----------------------------------------------------------
  function clicked({ pointer, event }) {
    parts.list.dataset.pointer = "true";
    const id = network.getNodeAt(pointer.DOM);
    const { ctrlKey, metaKey, shiftKey } = event?.srcEvent ?? {};
    if (id === undefined && pointedAt.some((takes) => takes(network.DOMtoCanvas(pointer.DOM)))) return;
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

  function dragged({ nodes: ids }) {
    state.dragging = false;
    state.touched = true;
    hooks.onView?.();
    if (!ids.length || options.movable !== true) return;
    if (ids.length === 1) snap(ids[0]);
    const at = network.getPositions(ids);
    forgetShapes();
    network.selectNodes([...state.several], false);
    for (const id of ids) Object.assign(state.boxes.get(id), at[id]);
    hooks.onMove?.(ids.map((id) => moveOf(id, at[id])));
    network.redraw();
  }

  // A factor dropped nearly in line with another stands in line with it.
  function snap(id) {
    const at = network.getPosition(id);
    const others = [...state.boxes.values()].filter((box) => box.id !== id && !state.hidden.has(box.id));
    const nearby = (axis) => others
      .filter((box) => Math.abs(box[axis] - at[axis]) <= SNAP)
      .sort((a, b) => Math.abs(a[axis] - at[axis]) - Math.abs(b[axis] - at[axis]))[0];
    const [x, y] = [nearby("x")?.x ?? at.x, nearby("y")?.y ?? at.y];
    if (x !== at.x || y !== at.y) network.moveNode(id, x, y);
  }

  function moveOf(id, at) {
    const { x, y } = storedPlace(state.together, id, at);
    return { id, x: Math.round(x * 10) / 10, y: Math.round(y * 10) / 10 };
  }

  function follow() {
    state.dragging = true;
    forgetShapes();
  }

  function hover(id) {
    state.hovered = id;
    if (network.getScale() < FAR) network.redraw();
  }

  function resized() {
    const { clientWidth: wide, clientHeight: high } = parts.canvas;
    if (!wide || !high) return;
    network.setSize(`${wide}px`, `${high}px`);
    if (!state.touched) fit(state.fitted);
    else if (!state.arranged) drawTogether(...roomIn(wide, high)); // a kept view looks at this arrangement
    network.redraw();
    root.dataset.ready = "true";
  }

  // --- the list that mirrors the map --------------------------------------
  function optionWords(id) {
    return [`${name(id)}: ${countWords(state.counts.get(id))}`, changeOf(id)].filter(Boolean).join(", ");
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
    const votes = state.layers.votes && box.priority ? `${box.priority} ${box.priority === 1 ? "vote" : "votes"}` : "";
    return [`${box.label}`, theme, countWords(state.counts.get(id)), cover, votes, box.pinned && options.movable === true ? "kept in its place" : "", state.heat?.[id]?.[1], changeOf(id)].filter(Boolean).join(", ");
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

  // Moving without a mouse: Alt and an arrow key.
  function nudge(id, key) {
    const step = { ArrowLeft: [-20, 0], ArrowRight: [20, 0], ArrowUp: [0, -20], ArrowDown: [0, 20] }[key];
    const box = state.boxes.get(id);
    if (!step || !box) return;
    const moved = { id: box.id, x: Math.round((box.x + step[0]) * 10) / 10, y: Math.round((box.y + step[1]) * 10) / 10 };
    network.moveNode(box.id, moved.x, moved.y);
    Object.assign(box, moved);
    forgetShapes();
    hooks.onMove?.([moveOf(box.id, moved)]);
    say(`${box.label} moved.`);
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
    if (!state.boxes.has(state.selected ?? "")) state.selected = null;
    if (!state.boxes.has(state.active ?? "")) state.active = null;
    if ([...state.several].some((id) => !state.boxes.has(id))) choose([...state.several]);
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
    root, parts, network, state, looks, movable: options.movable === true, name, nudge, choose, toggle, select, selectLine, fit, zoom, update, setLook, say, describe, activate,
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
      state.told = ids ? { ids: new Set(ids), links: new Set(pairs.map(([a, b]) => `${a}/${b}`)), kind } : null;
      return applyView();
    },
    /** Lay a comparison over the map (see overlay.py); null takes it away. Nothing moves meanwhile. */
    compare(overlay) {
      state.overlay = overlay;
      network.setOptions({ interaction: { dragNodes: options.movable === true && !overlay } });
      state.together = null;
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
        const inside = Math.abs(place.x - box.x) < box.width / 2 + 4 && Math.abs(place.y - box.y) < box.height / 2 + 4;
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

let made = 0;

function buildParts(root) {
  made += 1;
  root.classList.add("sm-map");
  const part = (tag, className, words) => {
    const item = document.createElement(tag);
    item.className = className;
    if (words) item.textContent = words;
    root.append(item);
    return item;
  };
  const list = part("ul", "sm-list");
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Factors on the map. Arrow keys walk, Enter opens, Escape leaves.");
  list.tabIndex = 0;
  const canvas = part("div", "sm-canvas");
  canvas.setAttribute("aria-hidden", "true");
  const tools = part("div", "sm-tools");
  const button = (words, label) => {
    const item = document.createElement("button");
    item.type = "button";
    item.textContent = words;
    if (label) item.setAttribute("aria-label", label);
    tools.append(item);
    return item;
  };
  const closer = button("+", "Zoom in");
  const further = button("−", "Zoom out");
  const fit = button("Fit", "Fit the map");
  const foot = part("div", "sm-foot");
  const low = document.createElement("div");
  low.className = "sm-low";
  foot.append(low);
  const status = part("p", "sm-status");
  status.setAttribute("role", "status");
  return { list, canvas, tools, closer, further, fit, foot, low, status, prefix: `sm${made}` };
}

// The engine's frame arrives with tabindex 0, which a hidden element must not have.
function hideFromReaders(canvas) {
  for (const item of canvas.querySelectorAll("[tabindex]")) item.tabIndex = -1;
}
