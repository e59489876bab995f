// @ts-check
/** What a map shows just now, and how a scene from Python becomes it. */

/** @import { Box, Degree, Filter, Focus, Heat, Layer, Line, Look, Overlay, Point, Route, Scene, Stroke, Theme, Told } from "./types.js" */
/** @import { Arrangement } from "./arrangement.js" */

import { arrangementOf, shownPlace } from "./arrangement.js";
import { degrees } from "./neighbours.js";
import { keyOf } from "./shown_part.js";

/**
 * @typedef {object} MapState
 * @property {Scene} scene
 * @property {Map<string, Box>} boxes with their present places
 * @property {Map<string, Line>} lines by source/target
 * @property {Map<string, Theme>} themes
 * @property {Map<string, Degree>} counts
 * @property {Map<string, Route>} curves worked out, until something moves
 * @property {Map<string, Path2D>} washes grounds worked out, until something moves
 * @property {{one: string, two: string, count: number}[] | null} bands between themes, until something changes
 * @property {number} shapes how often what was worked out from positions and filters went
 * @property {Map<string, Stroke>} strokes
 * @property {Box[]} ranked the most linked first
 * @property {Box[]} named in alphabetical order
 * @property {Look} look
 * @property {string | null} selected the factor chosen
 * @property {string | null} selectedLine the link chosen, as source/target
 * @property {Set<string>} several factors chosen together
 * @property {string | null} opened the theme that is open
 * @property {Map<string, Point> | null} gathered where the causes of a theme stand for now, alone
 * @property {boolean} choosing whether taps choose several
 * @property {string | null} active the factor keys have walked to
 * @property {string | null} hovered
 * @property {Focus | null} focus
 * @property {Filter} filter
 * @property {Told | null} told
 * @property {Heat | null} heat
 * @property {Overlay | null} overlay
 * @property {boolean} wantsSmall whether the small map may appear
 * @property {Record<Layer, boolean>} layers
 * @property {Set<string>} faded ids of factors and keys of links
 * @property {Set<string> | null} about the factors that the open card is about, if none is chosen
 * @property {Set<string> | null} beside ids and keys that stay while something is chosen
 * @property {Set<string>} hidden ids of factors and keys of links
 * @property {boolean} touched whether somebody has zoomed or panned
 * @property {boolean} dragging
 * @property {boolean} linking whether a pointer draws a link just now
 * @property {boolean} gliding whether boxes glide to another place
 * @property {number} glides how often they did
 * @property {Arrangement | null} together where boxes are shown, if not where they are stored
 * @property {string[] | undefined} fitted what the frame was last fitted to
 * @property {boolean} close near enough for signs and dashes
 * @property {ReturnType<typeof setTimeout> | undefined} fading
 */

/** The state of a map before its scene is read. @param {Scene} scene @param {Look} look @returns {MapState} */
export function emptyState(scene, look) {
  return {
    scene,
    look,
    boxes: new Map(),
    lines: new Map(),
    themes: new Map(),
    counts: new Map(),
    curves: new Map(),
    washes: new Map(),
    bands: null,
    shapes: 0,
    strokes: new Map(),
    ranked: [],
    named: [],
    selected: null,
    selectedLine: null,
    several: new Set(),
    opened: null,
    gathered: null,
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
    about: null,
    beside: null,
    hidden: new Set(),
    touched: false,
    dragging: false,
    linking: false,
    gliding: false,
    glides: 0,
    together: null,
    fitted: undefined,
    close: false,
    fading: undefined,
  };
}

/** Take a scene into the state. @param {MapState} state @param {Scene} next */
export function readScene(state, next) {
  if (next.together !== state.scene.together || !state.boxes.size) {
    state.together = arrangementOf(next);
  }
  if (state.overlay) state.together = null;
  state.scene = next;
  const { boxes, lines } = withGone(state.overlay, next);
  state.boxes = new Map(
    boxes.map((box) => [
      box.id,
      { ...box, ...(state.gathered?.get(box.id) ?? shownPlace(state.together, box)) },
    ]),
  );
  state.lines = new Map(lines.map((line) => [keyOf(line), { ...line }]));
  const here = new Set(next.themes.map(({ key }) => key));
  const gone = (state.overlay?.themes ?? []).filter(({ key }) => !here.has(key));
  state.themes = new Map([...next.themes, ...gone].map((theme) => [theme.key, theme]));
  forgetShapes(state);
  const counts = degrees(lines);
  /** @param {Box} box */
  const total = ({ id }) => (counts.get(id)?.into ?? 0) + (counts.get(id)?.out ?? 0);
  state.counts = counts;
  const all = [...state.boxes.values()];
  state.ranked = [...all].sort((a, b) => total(b) - total(a) || (a.id < b.id ? -1 : 1));
  state.named = all.sort((a, b) => a.label.localeCompare(b.label, "en-GB"));
}

/** What was worked out from positions and filters goes: one of them changed. @param {MapState} state */
export function forgetShapes(state) {
  state.curves.clear();
  state.washes.clear();
  state.bands = null;
  state.shapes += 1;
}

// What a comparison shows that is not on this map any more, or not on this one.
/** @param {Overlay | null} overlay @param {Scene} next */
function withGone(overlay, next) {
  const here = new Set(next.boxes.map(({ id }) => id));
  const drawn = new Set(next.lines.map(keyOf));
  const boxes = (overlay?.gone_boxes ?? []).filter(({ id }) => !here.has(id));
  const known = new Set([...here, ...boxes.map(({ id }) => id)]);
  const lines = (overlay?.gone_lines ?? []).filter(
    (line) =>
      !drawn.has(keyOf(line)) && known.has(line.source) && known.has(line.target),
  );
  return { boxes: [...next.boxes, ...boxes], lines: [...next.lines, ...lines] };
}
