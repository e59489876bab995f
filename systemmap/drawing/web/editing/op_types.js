// @ts-check
/** What can be asked of the server: the acts of editing/canvas_acts.py, as they are sent, and the rows that come back. */

/** @import { Box, Confidence, Line, Move, Strength } from "../map/types.js" */

/** @typedef {"+" | "-" | "?"} Polarity */

/** @typedef {{op: "add_factor", id: string, label: string, theme: string, x: number, y: number}} AddFactor */
/** @typedef {{op: "rename_factor", id: string, label: string, was: string}} RenameFactor */
/** @typedef {{op: "set_theme", id?: string, ids?: string[], theme: string}} SetTheme */
/** @typedef {{op: "pin", id?: string, ids?: string[], pinned: boolean}} Pin */
/** @typedef {{op: "remove_factor", id?: string, ids?: string[]}} RemoveFactor */
/** @typedef {{op: "move", moves: Move[]}} MoveFactors */
/** @typedef {{op: "merge", keep: string, drop: string}} Merge */
/** @typedef {{op: "tidy", ids?: string[]}} Tidy */
/** @typedef {{op: "add_action", factor_id: string, title: string, owner: string, due: string}} AddAction */
/** @typedef {{op: "tie_action", factor_id: string, action_id: string, reason: string}} TieAction */
/** @typedef {{op: "tie_asset", factor_id: string, asset_id: string, reason: string}} TieAsset */
/** @typedef {{op: "remove_link", source: string, target: string}} RemoveLink */
/** @typedef {{op: "undo", revision: number}} Undo */

/**
 * @typedef {object} SetLink a link drawn or changed
 * @property {"add_link" | "edit_link"} op
 * @property {string} source
 * @property {string} target
 * @property {Polarity} [polarity]
 * @property {Strength} [strength]
 * @property {Confidence} [confidence]
 * @property {boolean} [delay]
 * @property {string} [reason]
 */

/** @typedef {AddFactor | RenameFactor | SetTheme | Pin | RemoveFactor | MoveFactors | Merge | Tidy | AddAction | TieAction | TieAsset | SetLink | RemoveLink | Undo} Op */

/** @typedef {Op & {nonce: string, seq: number, made_by?: Record<string, string>}} SentOp on its way */

/**
 * @typedef {object} Rows a commit, as app/canvas/canvas_rows.py makes it
 * @property {number} rev
 * @property {boolean} [reload] the rows alone cannot say what changed
 * @property {Box[]} [boxes]
 * @property {Line[]} [lines]
 * @property {string[]} [gone_boxes]
 * @property {string[]} [gone_lines]
 */

export {};
