// @ts-check
/** The drawing room: a table's own map on a tablet, by the same canvas as the screen. */

import { openCanvas } from "./live/open_canvas.js";

const RENEW_EVERY = 10 * 60 * 1000;
const host = /** @type {HTMLElement} */ (document.getElementById("draw"));
const state = /** @type {HTMLElement} */ (document.getElementById("draw-state"));
const { place = "", engine = "", base = "" } = host.dataset;
let { ticket } = host.dataset;

async function renew() {
  const answer = await fetch(`${base}/room/draw`, {
    headers: { accept: "application/json" },
  });
  const found = await answer.json();
  if (found.ticket) {
    ticket = found.ticket;
    state.textContent = "";
  } else if (found.problem) state.textContent = found.problem;
}

const quietly = () => renew().catch(() => {}); // no connection: the next turn tries again
setInterval(quietly, RENEW_EVERY);
addEventListener("offline", () => {
  state.textContent =
    "No connection just now. What you draw is kept on this page and sent later.";
});
addEventListener("online", () => {
  state.textContent = "";
});

openCanvas(
  host,
  {
    place,
    engine: new URL(engine, location.origin).href,
    editable: true,
    shared: true,
    look: "light",
    graph: (shape) => `${base}/room/graph?ticket=${ticket}&shape=${shape}`,
    loops: () => `${base}/room/graph/loops?ticket=${ticket}`,
    socket: () =>
      `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}${base}/room/live?ticket=${ticket}`,
  },
  { send: (ops, live) => live?.send({ ops }), onAway: quietly },
)
  .then(({ map }) => {
    map?.layers({ gaps: false, actions: false, assets: false }); // a table draws causes, not cover
  })
  .catch((error) => {
    state.textContent = `The map could not be drawn (${error.message}). You can still say links in words.`;
  });
