// @ts-check
/**
 * One map, three homes: the Map screen, the drawing room and the exported page.
 *
 * The engine draws and finds what was pointed at; positions, styles and words come
 * from Python. Nothing moves by itself. People's text is drawn or set as text, never as HTML.
 */

/** @import { Engine, Pointed } from "./engine.js" */
/** @import { Hooks, Looks, MapMaking, Options, Overlay, Painter, Point, Scene, View } from "./types.js" */

import { arrangementOf, storedPlace } from "./arrangement.js";
import { createChoice } from "./chosen.js";
import { createItems } from "./engine_items.js";
import { factorAt, factorWords, markedAt, optionWords } from "./factor_words.js";
import { glide, placesOf, takeDown } from "./glide.js";
import { createListbox } from "./listbox.js";
import { buildParts, hideFromReaders } from "./map_parts.js";
import { emptyState, readScene } from "./map_state.js";
import { createMoves } from "./moves.js";
import { createPainter, FAR } from "./painter.js";
import { createView } from "./view.js";
import { createViewport } from "./viewport.js";
import { guardWheel } from "./wheel.js";

const SAID_FOR = 8000; // milliseconds

/** Draw a map into an element that has a definite size.
 * @param {HTMLElement} root @param {Engine} engine the vis global
 * @param {Looks} looks roles and link styles from Python
 * @param {Scene} scene boxes, lines, themes, bounds
 * @param {Hooks} hooks @param {Options} options */
export function createMap(root, engine, looks, scene, hooks = {}, options = {}) {
  const state = emptyState(scene, looks[options.look ?? "light"]);
  const movable = options.movable === true;
  /** @type {Painter[]} */
  const painters = []; // what others draw on top of the map
  /** @type {(() => void)[]} */
  const chosenMany = [];
  /** @type {((place: Point) => boolean)[]} */
  const pointedAt = []; // who may take a click before the factors do
  const parts = buildParts(root);
  const nodes = new engine.DataSet();
  const edges = new engine.DataSet();
  const making = /** @type {MapMaking} */ ({
    root,
    parts,
    state,
    looks,
    hooks,
    options,
    nodes,
    edges,
    chosenMany,
    say,
  });
  making.items = createItems(making);
  making.viewport = createViewport(making);
  making.view = createView(making);
  const { view, items } = making;
  const { look, fit, zoom } = making.viewport;
  const { select, selectLine, surround, choose, toggle } = createChoice(making);
  const { dragged, follow, nudge } = createMoves(making);
  readScene(state, scene);
  nodes.add(items.allNodes());
  edges.add(items.newsOfEdges());
  const data = { nodes, edges };
  const network = new engine.Network(parts.canvas, data, items.engineOptions());
  making.network = network;
  hideFromReaders(parts.canvas);
  items.sizeShapes();
  const painter = createPainter(state, looks, parts.canvas, () => network);
  making.painter = painter;
  items.drawOwnLinks();
  network.on("beforeDrawing", painter.behind);
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
    words: (id) => optionWords(state, id),
    activate,
    entered,
    left,
    say,
    redraw: () => network.redraw(),
    nudge: movable ? (key) => nudge(state.active, key) : null,
  });
  making.listbox = listbox;
  making.refresh = () => update(state.scene);
  const watcher = new ResizeObserver(making.viewport.resized);
  watcher.observe(parts.canvas);
  const forgetWheel = guardWheel(making);
  listbox.fill();
  bindButtons();

  /** @param {CanvasRenderingContext2D} ctx */
  function drawInFront(ctx) {
    const scale = network.getScale();
    view.keepLevel(scale);
    painter.inFront(ctx);
    for (const draw of painters) draw(ctx, scale);
    root.dataset.drawn = String(state.boxes.size);
  }

  /** @param {Pointed} pointed */
  function clicked({ pointer, event }) {
    parts.list.dataset.pointer = "true";
    const at = network.DOMtoCanvas(pointer.DOM);
    const id = network.getNodeAt(pointer.DOM) ?? markedAt(state, at);
    if (id === undefined && making.viewport.openTheme(at)) return;
    if (id === undefined && pointedAt.some((takes) => takes(at))) return;
    const keys = event?.srcEvent;
    const adds = state.choosing || keys?.ctrlKey || keys?.metaKey || keys?.shiftKey;
    if (adds && movable) {
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

  function hover(/** @type {string | null} */ id) {
    state.hovered = id;
    if (network.getScale() < FAR) network.redraw();
  }

  /** A factor in words, as it is spoken. @param {string | null} id */
  function describe(id) {
    return factorWords(state, id, { movable });
  }

  /** Walk to a factor. @param {string | null | undefined} id */
  function activate(id) {
    if (!id || !state.boxes.has(id)) return;
    state.active = id;
    listbox.sync();
    look(id);
    network.redraw();
  }

  /** @param {string | null} id */
  function entered(id) {
    select(id);
    say(`${describe(id)}. Chosen.`);
  }

  function left() {
    if (state.selected) select(null);
    else if (state.opened) making.viewport.whole();
    hooks.onLeave?.();
    say("Nothing chosen.");
  }

  function bindButtons() {
    parts.fit.addEventListener("click", making.viewport.whole);
    parts.closer.addEventListener("click", () => zoom(1.4));
    parts.further.addEventListener("click", () => zoom(1 / 1.4));
  }

  /** Spoken and shown; what is shown steps aside again, what is spoken stays to be read.
   * @param {string} words */
  function say(words) {
    parts.status.textContent = words;
    parts.status.classList.remove("sm-old");
    clearTimeout(state.fading);
    state.fading = setTimeout(() => parts.status.classList.add("sm-old"), SAID_FOR);
  }

  /** Show another scene of the same map. @param {Scene} next */
  function update(next) {
    const before = { boxes: state.boxes, lines: state.lines };
    const stood = placesOf(making);
    readScene(state, next);
    edges.remove([...before.lines.keys()].filter((key) => !state.lines.has(key)));
    nodes.remove([...before.boxes.keys()].filter((id) => !state.boxes.has(id)));
    nodes.update(items.allNodes());
    items.sizeShapes();
    edges.update(items.newsOfEdges());
    items.drawOwnLinks();
    if (!state.boxes.has(state.selected ?? "")) state.selected = null;
    if (!state.lines.has(state.selectedLine ?? "")) state.selectedLine = null;
    if (!state.boxes.has(state.active ?? "")) state.active = null;
    if ([...state.several].some((id) => !state.boxes.has(id)))
      choose([...state.several]);
    listbox.fill();
    view.apply();
    network.redraw();
    glide(making, stood);
  }

  /** @param {"light" | "dark"} which */
  function setLook(which) {
    state.look = looks[which];
    items.stroke();
    view.changed();
    network.redraw();
  }

  const api = {
    root,
    parts,
    network,
    state,
    looks,
    movable,
    name: items.name,
    nudge,
    choose,
    toggle,
    select,
    selectLine,
    surround,
    fit,
    openTheme: making.viewport.open,
    showAll: making.viewport.whole,
    zoom,
    update,
    setLook,
    say,
    describe,
    activate,
    focus: view.focus,
    filter: view.filter,
    tell: view.tell,
    layers: view.layers,
    heat: view.heat,
    /** Hear when the map shows something else. */
    onChange: view.onChange,
    /** Lay a comparison over the map (see overlay.py); null takes it away. Nothing moves meanwhile.
     * @param {Overlay | null} overlay */
    compare(overlay) {
      state.overlay = overlay;
      state.together = overlay ? null : arrangementOf(state.scene);
      network.setOptions({
        interaction: { dragNodes: movable && !overlay },
      });
      update(state.scene);
    },
    /** The factor at a point of the page, if any; `but` is looked through.
     * @param {number} x @param {number} y @param {string | null} [but] */
    at(x, y, but) {
      const frame = parts.canvas.getBoundingClientRect();
      const place = network.DOMtoCanvas({ x: x - frame.left, y: y - frame.top });
      return { id: factorAt(state, place, but), place };
    },
    /** Draw on top of the map each time. @param {Painter} draw */
    onDraw: (draw) => void painters.push(draw),
    /** Take clicks beside factors. @param {(place: Point) => boolean} takes */
    onPoint: (takes) => void pointedAt.push(takes),
    /** Hear when other factors are chosen together. @param {() => void} hear */
    onSeveral: (hear) => void chosenMany.push(hear),
    /** Bring a place to the middle. @param {Point} position */
    lookAt(position) {
      state.touched = true;
      network.moveTo({ position });
      hooks.onView?.();
    },
    /** The place to store for a place that is shown. @param {Point} place */
    stored: (place) => storedPlace(state.together, "", place),
    /** The way of a link as it is drawn now. @param {string} key source/target */
    route: (key) => painter.curveOf(key),
    /** Where a factor stands on the page, for tests and for drawing tools. @param {string} id */
    spot(id) {
      const at = network.canvasToDOM(network.getPosition(id));
      const frame = parts.canvas.getBoundingClientRect();
      return { x: frame.left + at.x, y: frame.top + at.y };
    },
    /** @returns {View} */
    view: () => ({ scale: network.getScale(), position: network.getViewPosition() }),
    /** @param {View} view */
    restore(view) {
      state.touched = true;
      network.moveTo(view);
    },
    destroy() {
      watcher.disconnect();
      forgetWheel();
      clearTimeout(state.fading);
      takeDown(making);
      root.replaceChildren();
    },
  };
  Object.assign(root, { systemMap: api }); // for tests
  view.apply();
  return api;
}
