// @ts-check
/** Signs of links that this tablet set: those of others at the table are not changed unasked. */

/** @import { Line } from "../map/types.js" */
/** @import { Op } from "./op_types.js" */

import { STYLE_OF } from "./scene_changes.js";

/** @typedef {ReturnType<typeof createOwnSigns>} OwnSigns */

/** @param {string} place programme and map; kept in this browser, so that a reload changes nothing */
export function createOwnSigns(place) {
  const name = `systemmap-signs:${place}`;
  /** @type {Record<string, string[]>} each link with all that was said of it here */
  const said = kept();

  /** @returns {Record<string, string[]>} */
  function kept() {
    try {
      return JSON.parse(localStorage.getItem(name) ?? "{}") ?? {};
    } catch {
      return {};
    }
  }

  return {
    /** Remember an act of one's own. @param {Op} op */
    remember(op) {
      if (op.op !== "add_link" && op.op !== "edit_link") return;
      if (!op.polarity) return;
      const key = `${op.source}/${op.target}`;
      said[key] = [...new Set([...(said[key] ?? []), STYLE_OF[op.polarity]])];
      try {
        localStorage.setItem(name, JSON.stringify(said));
      } catch {
        /* nothing can be kept here: then it is asked once more after a reload */
      }
    },
    /** Whether an act would change what others said of a link.
     * @param {Op} op @param {Line | undefined} line as it is now */
    theirs(op, line) {
      if (op.op !== "edit_link" || !op.polarity || op.confidence || !line) return false;
      const { style } = line;
      if (style !== "more" && style !== "less") return false; // nothing is settled yet
      if (STYLE_OF[op.polarity] === style) return false;
      return !said[`${op.source}/${op.target}`]?.includes(style);
    },
  };
}
