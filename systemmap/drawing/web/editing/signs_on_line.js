// @ts-check
/** The chosen link's sign, delay and strength, as buttons on the line itself. */

/** @import { Line, Point, Strength } from "../map/types.js" */
/** @import { Editing } from "./editor.js" */
/** @import { Polarity, SetLink } from "./op_types.js" */

import { make, makeButton } from "../map/elements.js";
import { pointOn } from "../map/link_routes.js";
import { STRENGTHS } from "./link_questions.js";
import { STYLE_OF } from "./scene_changes.js";

const AWAY = 26; // pixels from the line, which stays in sight
const LOWER = 60; // pixels of the key at the lower edge

/** @type {[Polarity, string, string][]} */
const SIGNS = [
  ["+", "+", "More leads to more"],
  ["-", "−", "More leads to less"],
  ["?", "?", "Direction not agreed"],
];

/** @param {Editing} editing */
export function createSigns({ map, done }) {
  let shown = "";
  const bar = make("div", map.root, {
    className: "sm-signs",
    role: "toolbar",
    label: "The chosen link",
  });
  const signs = SIGNS.map(([polarity, sign, label]) => {
    const button = makeButton(sign, bar, () => set({ polarity }));
    button.setAttribute("aria-label", label);
    button.title = label;
    return { button, style: STYLE_OF[polarity] };
  });
  const slow = makeButton("Slowly", bar, () => set({ delay: !lineShown()?.slow }));
  const strength = make("select", bar, { label: "Strength" });
  for (const [key, words] of STRENGTHS) strength.add(new Option(words, key));
  strength.addEventListener("change", () =>
    set({ strength: /** @type {Strength} */ (strength.value) }),
  );
  bar.hidden = true;
  bar.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    map.select(null);
    map.parts.list.focus();
  });
  map.onDraw(stand);

  const lineShown = () => map.state.lines.get(shown);

  /** @param {Omit<SetLink, "op" | "source" | "target">} change */
  function set(change) {
    const line = lineShown();
    if (!line) return;
    const { source, target } = line;
    const saved = done({ op: "edit_link", source, target, ...change });
    if (saved) map.say("Saved on the link.");
    stand();
  }

  /** Where the line runs now, and what it says. */
  function stand() {
    const key = map.state.overlay ? null : map.state.selectedLine;
    const line = map.state.lines.get(key ?? "");
    shown = line && key ? key : "";
    const away = !line || map.state.dragging;
    if (bar.hidden !== away) bar.hidden = away;
    if (away || !line) return;
    const at = map.network.canvasToDOM(pointOn(map.route(shown), 0.5));
    const { left, top } = besideLine(at, [line.source, line.target]);
    bar.style.left = `${left}px`;
    bar.style.top = `${top}px`;
    say(line);
  }

  /** A place beside the line that covers neither of its ends.
   * @param {Point} at the line's middle @param {string[]} ends */
  function besideLine(at, ends) {
    const [wide, high] = [bar.offsetWidth, bar.offsetHeight];
    const room = { wide: map.root.clientWidth, high: map.root.clientHeight };
    const scale = map.network.getScale();
    const boxes = ends.map((id) => {
      const { x, y } = map.network.canvasToDOM(map.network.getPosition(id));
      const { width = 0, height = 0 } = map.state.boxes.get(id) ?? {};
      return { x, y, wide: (width * scale) / 2 + 8, high: (height * scale) / 2 + 8 };
    });
    const far = Math.max(...boxes.map((box) => box.y + box.high)) + 8;
    /** @type {[number, number][]} */
    const tried = [
      [at.x - wide / 2, at.y + AWAY],
      [at.x - wide / 2, at.y - AWAY - high],
      [at.x + AWAY, at.y - high / 2],
      [at.x - AWAY - wide, at.y - high / 2],
      [at.x - wide / 2, far],
    ];
    const places = tried.map(([x, y]) => ({
      left: within(x, room.wide - wide),
      top: within(y, room.high - high - LOWER),
    }));
    const free = places.find(({ left, top }) =>
      boxes.every(
        (box) =>
          Math.abs(left + wide / 2 - box.x) > wide / 2 + box.wide ||
          Math.abs(top + high / 2 - box.y) > high / 2 + box.high,
      ),
    );
    return free ?? places[0];
  }

  /** @param {Line} line */
  function say(line) {
    for (const { button, style } of signs) press(button, line.style === style);
    press(slow, line.slow);
    if (strength.value !== line.strength) strength.value = line.strength;
  }

  return {
    /** Whether there is a link to change; then the keyboard stands on it. */
    focus() {
      stand();
      if (!bar.hidden) signs[0].button.focus();
      return !bar.hidden;
    },
  };
}

/** @param {HTMLElement} button @param {boolean} on */
function press(button, on) {
  const said = String(on);
  if (button.getAttribute("aria-pressed") !== said)
    button.setAttribute("aria-pressed", said);
}

/** @param {number} value @param {number} most */
const within = (value, most) => Math.max(8, Math.min(value, most - 8));
