// @ts-check
/** The live channel: hears of every commit, comes back by itself, says when it is away. */

/** @import { Message } from "./live_types.js" */

/** @typedef {ReturnType<typeof createLive>} Channel */

/** @param {() => string} address with the present ticket
 * @param {{onMessage: (message: Message) => void, onState: (open: boolean) => void}} hooks */
export function createLive(address, hooks) {
  /** @type {WebSocket | null} */
  let socket = null;
  let tries = 0;
  let closed = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;

  function open() {
    if (closed) return;
    const opened = new WebSocket(address());
    socket = opened;
    opened.addEventListener("open", () => {
      tries = 0;
      hooks.onState(true);
    });
    opened.addEventListener("message", (event) =>
      hooks.onMessage(JSON.parse(event.data)),
    );
    opened.addEventListener("close", () => {
      hooks.onState(false);
      tries += 1;
      const wait =
        Math.min(10000, 300 * 2 ** Math.min(tries, 6)) * (0.5 + Math.random() / 2);
      if (!closed) timer = setTimeout(open, wait);
    });
  }

  open();
  return {
    /** @param {object} message @returns {boolean} whether it went out */
    send(message) {
      if (socket?.readyState !== WebSocket.OPEN) return false;
      socket.send(JSON.stringify(message));
      return true;
    },
    close() {
      closed = true;
      clearTimeout(timer);
      socket?.close();
    },
  };
}
