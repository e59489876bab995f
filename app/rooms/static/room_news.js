// @ts-check
"use strict";
// What wall and run screen share: asked anew when the channel tells of a commit, else by the clock.
(() => {
  const Quiet = 120; // milliseconds that commits are gathered for
  const Every = 1000; // without the channel the page asks as often
  const Longest = 10000; // between two tries to reach the channel

  /**
   * Call `refresh` within a moment of each commit; with the channel also every
   * `slowly` milliseconds, for what no commit tells of and in case a word was lost.
   * @param {() => void} refresh @param {number} slowly
   */
  function hear(refresh, slowly) {
    const { live } = document.body.dataset;
    let heard = false;
    let tries = 0;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    let gathering;
    const gathered = () => {
      gathering = undefined;
      refresh();
    };
    const follow = () => {
      const scheme = location.protocol === "https:" ? "wss://" : "ws://";
      const socket = new WebSocket(scheme + location.host + live);
      socket.onmessage = () => {
        tries = 0;
        heard = true;
        if (!gathering) gathering = setTimeout(gathered, Quiet); // from the first on
      };
      socket.onclose = () => {
        heard = false;
        tries += 1;
        setTimeout(follow, Math.min(Longest, 500 * 2 ** Math.min(tries, 5)));
      };
    };
    if (live) follow();
    let last = performance.now();
    setInterval(() => {
      if (performance.now() - last < (heard ? slowly : Every)) return;
      last = performance.now();
      refresh();
    }, Every / 2);
  }

  Object.assign(window, { roomNews: { hear } });
})();
