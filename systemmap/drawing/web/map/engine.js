// @ts-check
/** What is used here of the drawing engine, vis-network, which comes without types. */

/** @import { Point } from "./types.js" */

/**
 * The engine's global, `vis`.
 * @typedef {object} Engine
 * @property {new () => DataSet} DataSet
 * @property {new (canvas: HTMLElement, data: {nodes: DataSet, edges: DataSet}, options: object) => Network} Network
 */

/**
 * @typedef {object} DataSet
 * @property {(items: object[]) => void} add
 * @property {(items: object[]) => void} update
 * @property {(ids: string[]) => void} remove
 */

/** @typedef {{x: number, y: number, shape?: Record<string, number>}} EngineNode */

/**
 * @typedef {object} EngineEdge
 * @property {object} edgeType
 * @property {(ctx: CanvasRenderingContext2D) => void} draw
 * @property {() => void} drawArrows
 * @property {boolean} [ours]
 */

/**
 * @typedef {object} Pointed what the engine says of a click or a drag
 * @property {string[]} nodes
 * @property {{DOM: Point}} pointer
 * @property {string} node
 * @property {{srcEvent?: MouseEvent}} [event]
 */

/**
 * @typedef {object} Network
 * @property {(kind: string, hear: (about: any) => void) => void} on
 * @property {() => void} redraw
 * @property {() => void} destroy
 * @property {() => void} unselectAll
 * @property {(ids: string[], edges: boolean) => void} selectNodes
 * @property {(id: string) => Point} getPosition
 * @property {(ids: string[]) => Record<string, Point>} getPositions
 * @property {() => number} getScale
 * @property {() => Point} getViewPosition
 * @property {(at: Point) => string | undefined} getNodeAt
 * @property {(at: Point) => string | undefined} getEdgeAt
 * @property {(at: Point) => Point} DOMtoCanvas
 * @property {(at: Point) => Point} canvasToDOM
 * @property {(to: {position?: Point, scale?: number}) => void} moveTo
 * @property {(id: string, x: number, y: number) => void} moveNode
 * @property {(wide: string, high: string) => void} setSize
 * @property {(options: object) => void} setOptions
 * @property {{nodes: Record<string, EngineNode>, edges: Record<string, EngineEdge>, emitter: {emit: (kind: string) => void}}} body
 */

/** The engine, once its script has run: it sets a global and exports nothing. @returns {Engine} */
export function engineHere() {
  const { vis } = /** @type {{vis?: Engine}} */ (globalThis);
  if (!vis) throw new Error("the drawing engine was not loaded");
  return vis;
}
