// @ts-check
/** What the drawing itself says of a factor, a link, a theme or a loop: the parts of a card. */

/** @import { Line, Pair, StyleKey, SystemMap, ToldLoop } from "./types.js" */

import { linkSentence, numberWords } from "./neighbours.js";

/**
 * What a card says; factor_card.py makes the same of what only Python knows. `opens` is the card
 * a line leads to: "factor:stress", "link:stress/sleep", "theme:food", "loop:stress,sleep",
 * "action:walks", "asset:pool" or "gap:" with its rule and subject; "" = none.
 * @typedef {{words: string, opens: string, link?: string}} CardItem
 * @typedef {{title: string, items: CardItem[], none: string}} CardPart
 * @typedef {object} CardSaid
 * @property {string} title @property {string[]} said
 * @property {CardPart[]} first before the links @property {CardPart[]} parts after them
 * @property {string[]} causes ids of what it is about
 */

/** @type {[string, "source" | "target", StyleKey][]} */
const SIDES = [
  ["Raised by", "source", "more"],
  ["Lowered by", "source", "less"],
  ["More of this leads to more", "target", "more"],
  ["More of this leads to less", "target", "less"],
  ["Changed by, direction not agreed", "source", "unknown"],
  ["Changes, direction not agreed", "target", "unknown"],
  ["Changed by, tables disagree", "source", "disputed"],
  ["Changes, tables disagree", "target", "disputed"],
];

/** @type {Record<ToldLoop["kind"], string>} */
const LOOP_TITLES = {
  R: "A loop that feeds itself",
  B: "A loop that pushes back",
  "?": "A loop that is not settled",
};

/** The address of a loop's card. @param {ToldLoop} loop */
export const loopAddress = (loop) => `loop:${loop.factors.join(",")}`;

/** @param {SystemMap} map @param {string} id @returns {CardSaid | null} null = it is not there */
export function factorSaid(map, id) {
  const box = map.state.boxes.get(id);
  if (!box) return null;
  const cover = map.state.scene.cover_words?.[String(box.rung)];
  const lines = [...map.state.lines.values()];
  const theme = {
    words: `Theme: ${map.state.themes.get(box.theme)?.name ?? "Not sorted"}`,
    opens: `theme:${box.theme}`,
  };
  const sides = SIDES.flatMap(([title, end, style]) => {
    const here = end === "source" ? "target" : "source";
    const some = lines.filter((line) => line[here] === id && line.style === style);
    return partOf(
      title,
      some.map((line) => linkItem(map, line, end)),
    );
  });
  return {
    title: box.label,
    said: cover ? [`${cover.charAt(0).toUpperCase()}${cover.slice(1)}.`] : [],
    first: [
      { title: "", items: [theme], none: "" },
      ...(box.rung === null && !box.actions?.length
        ? []
        : actionsPart(box.actions ?? [])),
    ],
    parts: [...sides, ...partOf("Assets that help", (box.assets ?? []).map(plain))],
    causes: [id],
  };
}

/** @param {string[]} actions @returns {CardPart[]} */
function actionsPart(actions) {
  return [
    {
      title: "Actions listed",
      items: actions.map(plain),
      none: "No action is listed for it.",
    },
  ];
}

/** @param {SystemMap} map @param {Line} line @param {"source" | "target"} end */
function linkItem(map, line, end) {
  return {
    words: map.name(line[end]) + (line.slow ? " (slowly)" : ""),
    opens: `factor:${line[end]}`,
    link: `${line.source}/${line.target}`,
  };
}

/** @param {SystemMap} map @param {string} key source/target @returns {CardSaid | null} */
export function lineSaid(map, key) {
  const line = map.state.lines.get(key);
  if (!line) return null;
  return {
    title: linkSentence(line, map.name),
    said: [
      line.slow ? "Works slowly." : "",
      line.strength === "unrated"
        ? "Strength not rated."
        : `Strength: ${line.strength}.`,
      `Agreement: ${line.confidence}.`,
      line.reason ? `Reason: ${line.reason}` : "No reason was written down.",
    ].filter(Boolean),
    first: [],
    parts: partOf(
      "Between",
      [line.source, line.target].map((id) => factorItem(map, id)),
      { counted: false },
    ),
    causes: [line.source, line.target],
  };
}

/** @param {SystemMap} map @param {string} key "" = not sorted @returns {CardSaid | null} */
export function themeSaid(map, key) {
  const own = map.state.named.filter((box) => box.theme === key);
  if (!own.length) return null;
  const ids = new Set(own.map(({ id }) => id));
  const lines = [...map.state.lines.values()];
  const touching = lines.filter((l) => ids.has(l.source) || ids.has(l.target));
  const inside = touching.filter((l) => ids.has(l.source) && ids.has(l.target));
  const covered = own.filter(({ rung }) => rung !== null && rung !== undefined);
  const bare = covered.filter(({ rung }) => rung === 0);
  return {
    title: map.state.themes.get(key)?.name ?? "Not sorted",
    said: [
      covered.length
        ? `${numberWords(bare.length)} of ${numberWords(covered.length)} causes in the gap grid have no action listed.`
        : "",
      `${inside.length} ${inside.length === 1 ? "link" : "links"} within it, ${touching.length - inside.length} to other themes.`,
    ].filter(Boolean),
    first: partOf(
      "Causes",
      own.map(({ id }) => factorItem(map, id)),
    ),
    parts: [],
    causes: [...ids],
  };
}

/** @param {SystemMap} map @param {ToldLoop} loop @returns {CardSaid | null} */
export function loopSaid(map, loop) {
  const { boxes, lines } = map.state;
  if (!loop.links.every(([a, b]) => lines.has(`${a}/${b}`))) return null;
  const actions = new Set(loop.factors.flatMap((id) => boxes.get(id)?.actions ?? []));
  const steps = loop.steps.map(({ sentence, links }) => ({
    words: sentence,
    opens: `link:${/** @type {Pair} */ (links.at(-1)).join("/")}`,
  }));
  return {
    title: LOOP_TITLES[loop.kind],
    said: [loop.sentence],
    first: partOf("Link by link", steps),
    parts: [
      {
        title: "Actions that touch it",
        items: [...actions].sort((a, b) => a.localeCompare(b, "en-GB")).map(plain),
        none: "No action listed touches any cause of this loop.",
      },
      ...partOf(
        "Causes",
        loop.factors.map((id) => factorItem(map, id)),
      ),
    ],
    causes: loop.factors,
  };
}

/** @param {SystemMap} map @param {string} id */
const factorItem = (map, id) => ({ words: map.name(id), opens: `factor:${id}` });

/** @param {string} words */
const plain = (words) => ({ words, opens: "" });

/** A part with its count, or nothing. @param {string} title @param {CardItem[]} items
 * @returns {CardPart[]} */
function partOf(title, items, { counted = true } = {}) {
  if (!items.length) return [];
  return [{ title: counted ? `${title}: ${items.length}` : title, items, none: "" }];
}

/** What the drawing says and what Python knows, as one card.
 * @param {CardSaid} drawn @param {CardSaid} known @returns {CardSaid} */
export function bothSaid(drawn, known) {
  const theme = drawn.first.filter(({ title }) => !title);
  const links = drawn.parts.filter(({ items }) => items.some(({ link }) => link));
  return {
    ...drawn,
    first: [...theme, ...known.first.map(withCount)],
    parts: [...links, ...known.parts.map(withCount)],
  };
}

/** @param {CardPart} part @returns {CardPart} */
export function withCount(part) {
  const { title, items } = part;
  return items.length ? { ...part, title: `${title}: ${items.length}` } : part;
}
