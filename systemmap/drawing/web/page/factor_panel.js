// @ts-check
/** The panel beside the map: what a factor or a link says, in words and buttons. */

/** @import { Line, Pair, StyleKey, SystemMap } from "../map/types.js" */
/** @import { PageData } from "./page_parts.js" */

import { make, makeButton } from "../map/elements.js";
import { linkSentence } from "../map/neighbours.js";
import { by } from "./page_parts.js";

/** @param {() => SystemMap} map @param {PageData} data @param {(id: string) => string} name */
export function createPanel(map, data, name) {
  const panel = by("panel");

  /** @param {string | null} id */
  function showFactor(id) {
    panel.replaceChildren();
    const box = map().state.boxes.get(id ?? "");
    if (!box) {
      make("p", panel, { words: "Nothing is chosen.", className: "quiet" });
      return;
    }
    make("h2", panel, { words: box.label });
    const theme = map().state.themes.get(box.theme);
    make("p", panel, { words: theme?.name, className: "quiet" });
    const cover = data.cover_words?.[String(box.rung)];
    if (cover) make("p", panel, { words: `${sentence(cover)}.` });
    const into = data.lines.filter((line) => line.target === id);
    const out = data.lines.filter((line) => line.source === id);
    group("Raised by", into, "more", "source");
    group("Lowered by", into, "less", "source");
    group("More of this leads to more", out, "more", "target");
    group("More of this leads to less", out, "less", "target");
    group("Direction not agreed", into, "unknown", "source");
    group("Direction not agreed", out, "unknown", "target");
    group("Tables disagree", into, "disputed", "source");
    group("Tables disagree", out, "disputed", "target");
    plain("Actions", box.actions);
    plain("Assets", box.assets);
  }

  /** @param {string} title @param {Line[]} lines @param {StyleKey} style
   * @param {"source" | "target"} end */
  function group(title, lines, style, end) {
    const some = lines.filter((line) => line.style === style);
    if (!some.length) return;
    make("h3", panel, { words: title });
    const list = make("ul", panel);
    for (const line of some) {
      factorButton(list, line[end], line.slow ? " (slowly)" : "");
    }
  }

  /** @param {string} title @param {string[]} [items] */
  function plain(title, items) {
    if (!items?.length) return;
    make("h3", panel, { words: title });
    const list = make("ul", panel);
    for (const words of items) make("li", list, { words });
  }

  /** @param {HTMLElement} list @param {string} id @param {string} [more] */
  function factorButton(list, id, more = "") {
    makeButton(name(id) + more, make("li", list), () =>
      map().select(id, { center: true }),
    );
  }

  /** @param {Pair} ends */
  function showLine([source, target]) {
    const line = map().state.lines.get(`${source}/${target}`);
    if (!line) return;
    panel.replaceChildren();
    make("h2", panel, { words: linkSentence(line, name) });
    if (line.slow) make("p", panel, { words: "Works slowly." });
    if (line.strength !== "unrated") {
      make("p", panel, { words: `Strength: ${line.strength}.` });
    }
    make("p", panel, { words: `Agreement: ${line.confidence}.` });
    if (line.reason) make("p", panel, { words: `Reason: ${line.reason}` });
    const list = make("ul", panel);
    for (const id of [source, target]) factorButton(list, id);
  }

  return { showFactor, showLine };
}

/** @param {string} words */
function sentence(words) {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
