// @ts-check
/**
 * Operations on their way: kept until acknowledged, in order, over a reload too.
 *
 * Each carries this canvas's own random word and a number, so that it counts once
 * however often it is sent. One that names a factor added by an earlier one says
 * so in `made_by`: the server may have had to give that factor another id.
 */

/** @import { Op, SentOp } from "../editing/op_types.js" */

const AGAIN_AFTER = 2500;
const MOST_SIGNS = 16_000; // of one message; the server refuses more than 64 KB
const REMEMBERED = 200;

/** @param {string} place where unsent operations are kept in this tab
 * @param {(ops: SentOp[]) => void} send @param {(waiting: number) => void} onChange */
export function createOutbox(place, send, onChange) {
  const nonce = randomWord();
  let waiting = kept(place);
  let seq = 0;
  /** @type {Map<string, string>} */
  const proposed = new Map(); // id we gave a new factor -> the operation that adds it
  /** @type {Map<string, SentOp>} */
  const recent = new Map(); // operations by name, for what a refusal wants to show
  const timer = setInterval(flush, AGAIN_AFTER);

  function store() {
    if (waiting.length) sessionStorage.setItem(place, JSON.stringify(waiting));
    else sessionStorage.removeItem(place);
    onChange(waiting.length);
  }

  // In order, and never more than one message may hold; the rest follows its answer.
  function flush() {
    if (!waiting.length) return;
    let [signs, count] = [0, 0];
    for (const op of waiting) {
      signs += JSON.stringify(op).length;
      if (count && signs > MOST_SIGNS) break;
      count += 1;
    }
    send(waiting.slice(0, count));
  }

  return {
    nonce,
    flush,
    /** @param {Op} op @returns {string} the name under which it is acknowledged */
    add(op) {
      seq += 1;
      const named = `${nonce}:${seq}`;
      const madeBy = Object.fromEntries(
        [...proposed].filter(([id]) => mentions(op, id)),
      );
      /** @type {SentOp} */
      const whole = {
        nonce,
        seq,
        ...op,
        ...(Object.keys(madeBy).length ? { made_by: madeBy } : {}),
      };
      if (op.op === "add_factor") proposed.set(op.id, named);
      waiting.push(whole);
      recent.set(named, whole);
      if (recent.size > REMEMBERED) recent.delete([...recent.keys()][0]);
      store();
      flush();
      return named;
    },
    /** Forget what has been dealt with. @param {Record<string, number>} [ack] */
    acknowledged(ack) {
      const before = waiting.length;
      waiting = waiting.filter((op) => op.seq > (ack?.[op.nonce] ?? 0));
      if (waiting.length === before) return;
      store();
      flush();
    },
    /** The scene has the real ids now: what is no longer on its way needs no note. */
    settled() {
      const open = new Set(waiting.map((op) => `${op.nonce}:${op.seq}`));
      for (const [id, named] of proposed) if (!open.has(named)) proposed.delete(id);
    },
    /** One of the latest operations by its name. @param {string} named
     * @returns {SentOp | undefined} */
    recall: (named) => recent.get(named),
    get waiting() {
      return waiting;
    },
    close: () => clearInterval(timer),
  };
}

/** @param {Op} op @param {string} id */
function mentions(op, id) {
  /** @type {Record<string, any>} whichever of these it has */
  const any = op;
  const named = [
    any.id,
    any.source,
    any.target,
    any.keep,
    any.drop,
    any.factor_id,
    ...(any.ids ?? []),
    ...(op.op === "move" ? op.moves.map((move) => move.id) : []),
  ];
  return named.includes(id);
}

/** @param {string} place @returns {SentOp[]} */
function kept(place) {
  try {
    const found = JSON.parse(sessionStorage.getItem(place) ?? "[]");
    return Array.isArray(found) ? found : [];
  } catch {
    return [];
  }
}

// A page on a plain http address of the room is no secure context: no randomUUID there.
function randomWord() {
  const numbers = crypto.getRandomValues(new Uint8Array(12));
  return [...numbers].map((number) => number.toString(16).padStart(2, "0")).join("");
}
