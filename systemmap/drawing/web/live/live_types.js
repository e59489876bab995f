// @ts-check
/** What the server tells a canvas, and what a page says to open one. */

/** @import { Editor } from "../editing/editor.js" */
/** @import { Rows, SentOp } from "../editing/op_types.js" */
/** @import { Pair, SystemMap, Teller, ToldLoop } from "../map/types.js" */
/** @import { Bar } from "../tools/tool_bar.js" */
/** @import { Channel } from "./channel.js" */
/** @import { OthersChanges } from "./others_changes.js" */

/**
 * @typedef {object} Refusal
 * @property {string} nonce
 * @property {number} seq
 * @property {string} message
 * @property {string} [theirs]
 * @property {string} [yours]
 */

/**
 * @typedef {object} Answer what the server dealt with
 * @property {Record<string, number>} [ack] for each canvas, its last operation dealt with
 * @property {Refusal[]} [refused]
 * @property {Record<string, string>} [made] the id of each added factor, by operation
 * @property {Record<string, number>} [revisions] the change each operation became
 * @property {string} [unsaved] why the rest still waits
 */

/** @typedef {{name: string, at: string}} Other somebody else, and the factor they have open */

/** @typedef {Partial<Rows> & Answer & {hello?: number, restart?: number, who?: Other[]}} Message */

/**
 * @typedef {object} Setup
 * @property {string} place programme and map, under which this tab keeps things
 * @property {string} engine the address of the drawing engine
 * @property {boolean} editable
 * @property {"light" | "dark"} look
 * @property {boolean} [shared] several people draw here as one table: a sign of others is not changed unasked
 * @property {(shape: string) => string} graph its address for a shape of canvas, with the present ticket
 * @property {() => string} loops their address
 * @property {() => string} socket the live channel's address
 */

/**
 * @typedef {object} CanvasHooks
 * @property {(ops: SentOp[], live: Channel | null) => void} send
 * @property {(id: string | null) => void} [onSelect]
 * @property {(pair: Pair) => void} [onLine]
 * @property {(key: string) => void} [onTheme]
 * @property {(loop: ToldLoop) => void} [onLoop] a loop is being told
 * @property {(revision: number) => void} [onRevision]
 * @property {() => void} [onAway] the live channel is gone just now
 */

/**
 * @typedef {object} DrawnCanvas what there is once the first graph has come
 * @property {SystemMap} map
 * @property {Bar} bar
 * @property {Teller} teller
 * @property {OthersChanges} arrivals
 * @property {Editor | null} editor
 */

export {};
