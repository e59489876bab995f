// @ts-check
/** What a change makes of a scene: one function for rows from the socket, one for one's own acts. */

/** @import { Line, LiveScene, Looks, StyleKey } from "../map/types.js" */
/** @import { Op, Polarity, Rows, SetLink } from "./op_types.js" */

import { sized } from "../map/box_size.js";

/** Put committed rows into a scene.
 * @param {LiveScene} scene @param {Partial<Rows>} message
 * @returns {{scene: LiveScene, complete: boolean}} */
export function withRows(scene, message) {
  const themes = new Set(scene.themes.map((theme) => theme.key));
  const boxes = new Map(scene.boxes.map((box) => [box.id, box]));
  const lines = new Map(
    scene.lines.map((line) => [`${line.source}/${line.target}`, line]),
  );
  let complete = true;
  for (const id of message.gone_boxes ?? []) boxes.delete(id);
  for (const key of message.gone_lines ?? []) lines.delete(key);
  for (const row of message.boxes ?? []) {
    if (!themes.has(row.theme)) complete = false;
    else boxes.set(row.id, { ...blankBox(scene), ...boxes.get(row.id), ...row });
  }
  for (const row of message.lines ?? []) {
    const key = `${row.source}/${row.target}`;
    lines.set(key, { ...lines.get(key), ...row });
  }
  for (const [key, line] of lines) {
    if (!boxes.has(line.source) || !boxes.has(line.target)) lines.delete(key);
  }
  return {
    scene: { ...scene, boxes: [...boxes.values()], lines: [...lines.values()] },
    complete,
  };
}

/** @param {LiveScene} scene */
function blankBox(scene) {
  return {
    rung: scene.covered ? 0 : null,
    actions: [],
    assets: [],
    priority: null,
    pinned: false,
  };
}

/** Show one's own act at once; the rows that come back say what it really became.
 * @param {LiveScene} scene @param {Op} op @returns {LiveScene} */
export function withOp(scene, op) {
  const { boxes, lines } = scene;
  switch (op.op) {
    case "add_factor":
      return scene.themes.some((theme) => theme.key === op.theme) &&
        !boxes.some((box) => box.id === op.id)
        ? {
            ...scene,
            boxes: [
              ...boxes,
              {
                ...blankBox(scene),
                ...sized(op.label),
                id: op.id,
                theme: op.theme,
                x: op.x,
                y: op.y,
              },
            ],
          }
        : scene;
    case "rename_factor":
      return {
        ...scene,
        boxes: boxes.map((box) =>
          box.id === op.id ? { ...box, ...sized(op.label) } : box,
        ),
      };
    case "add_action":
      return {
        ...scene,
        boxes: boxes.map((box) =>
          box.id === op.factor_id && !box.actions?.includes(op.title)
            ? { ...box, actions: [...(box.actions ?? []), op.title] }
            : box,
        ),
      };
    case "move": {
      const moves = new Map(op.moves.map((move) => [move.id, move]));
      return {
        ...scene,
        boxes: boxes.map((box) => ({ ...box, ...moves.get(box.id) })),
      };
    }
    case "remove_factor":
      return {
        ...scene,
        boxes: boxes.filter((box) => box.id !== op.id),
        lines: lines.filter((line) => line.source !== op.id && line.target !== op.id),
      };
    case "add_link":
      return {
        ...scene,
        lines: [
          ...lines.filter(
            (line) => line.source !== op.source || line.target !== op.target,
          ),
          said(NEW_LINK, op, scene.looks),
        ],
      };
    case "edit_link":
      return {
        ...scene,
        lines: lines.map((line) =>
          line.source === op.source && line.target === op.target
            ? said(line, op, scene.looks)
            : line,
        ),
      };
    case "remove_link":
      return {
        ...scene,
        lines: lines.filter(
          (line) => line.source !== op.source || line.target !== op.target,
        ),
      };
    default:
      return scene;
  }
}

/** @type {Record<Polarity, StyleKey>} */
export const STYLE_OF = { "+": "more", "-": "less", "?": "unknown" };

/** @type {Omit<Line, "source" | "target" | "width" | "ink">} */
const NEW_LINK = {
  style: "unknown",
  slow: false,
  strength: "unrated",
  confidence: "stated",
  either_way: false,
  reason: "",
};

/** A link as it is drawn once an act has said something of it: scene.py's line_of, with
 * the widths and the ink that Python sends.
 * @param {typeof NEW_LINK} line @param {SetLink} op @param {Looks} looks @returns {Line} */
function said(line, op, looks) {
  const strength = op.strength ?? line.strength;
  const asked = op.confidence ?? line.confidence;
  const settles = op.polarity && op.confidence === undefined; // a direction alone settles it
  const confidence = settles && asked === "disputed" ? "stated" : asked;
  const style =
    confidence === "disputed"
      ? "disputed"
      : op.polarity
        ? STYLE_OF[op.polarity]
        : line.style;
  return {
    ...line,
    source: op.source,
    target: op.target,
    style,
    strength,
    confidence,
    width: looks.widths[strength],
    ink: style === "more" || style === "less" ? looks.inks[confidence] : 1,
    slow: op.delay ?? line.slow,
    reason: op.reason ?? line.reason,
  };
}

/** A readable id, different from those taken.
 * @param {string} label @param {(id: string) => boolean} taken */
export function slug(label, taken) {
  const plain =
    label
      .normalize("NFKD")
      .toLowerCase()
      .match(/[a-z0-9]+/g) ?? [];
  const base = plain.join("-").slice(0, 60).replace(/-$/, "") || "item";
  let id = base;
  for (let count = 2; taken(id); count += 1) id = `${base}-${count}`;
  return id;
}
