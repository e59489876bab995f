/** The live channel: hears of every commit, comes back by itself, says when it is away. */

/** @param {() => string} address with the present ticket
 * @param {{onMessage: (message: object) => void, onState: (open: boolean) => void}} hooks */
export function createLive(address, hooks) {
  let socket = null;
  let tries = 0;
  let closed = false;
  let timer = 0;

  function open() {
    if (closed) return;
    socket = new WebSocket(address());
    socket.addEventListener("open", () => {
      tries = 0;
      hooks.onState(true);
    });
    socket.addEventListener("message", (event) =>
      hooks.onMessage(JSON.parse(event.data)),
    );
    socket.addEventListener("close", () => {
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
