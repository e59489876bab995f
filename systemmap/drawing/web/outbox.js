/**
 * Operations on their way: kept until acknowledged, in order, over a reload too.
 *
 * Each carries this canvas's own random word and a number, so that it counts once
 * however often it is sent.
 */

const AGAIN_AFTER = 2500;

/** @param {string} place where unsent operations are kept in this tab
 * @param {(ops: object[]) => void} send @param {(waiting: number) => void} onChange */
export function createOutbox(place, send, onChange) {
  const nonce = randomWord();
  let waiting = kept(place);
  let seq = 0;
  const timer = setInterval(() => waiting.length && send([...waiting]), AGAIN_AFTER);

  function store() {
    if (waiting.length) sessionStorage.setItem(place, JSON.stringify(waiting));
    else sessionStorage.removeItem(place);
    onChange(waiting.length);
  }

  return {
    nonce,
    /** @param {object} op @returns {string} the name under which it is acknowledged */
    add(op) {
      seq += 1;
      waiting.push({ nonce, seq, ...op });
      store();
      send([...waiting]);
      return `${nonce}:${seq}`;
    },
    /** Forget what has been dealt with. @param {Record<string, number>} ack */
    acknowledged(ack) {
      const before = waiting.length;
      waiting = waiting.filter((op) => op.seq > (ack?.[op.nonce] ?? 0));
      if (waiting.length !== before) store();
    },
    /** The real id of a factor differs from the one we proposed: say so in what follows. */
    renamed(from, to) {
      const text = JSON.stringify(waiting);
      waiting = JSON.parse(text, (key, value) => (IDS.includes(key) && value === from ? to : value));
    },
    flush: () => waiting.length && send([...waiting]),
    get waiting() {
      return waiting;
    },
    close: () => clearInterval(timer),
  };
}

const IDS = ["id", "source", "target", "keep", "drop"];

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
