/** One open canvas: graph, live channel, outbox and editor together. Screen and room share it. */

import { createEditor } from "../editing/editor.js";
import { withOp, withRows } from "../editing/scene_changes.js";
import { createLegend } from "../map/legend.js";
import { createLetters } from "../map/loop_letters.js";
import { createMap } from "../map/map.js";
import { createMinimap } from "../map/minimap.js";
import { copyPicture } from "../map/picture_copy.js";
import { createTeller } from "../map/told_loop.js";
import { createFinder } from "../tools/finder.js";
import { createLoops } from "../tools/loop_list.js";
import { createBar } from "../tools/tool_bar.js";
import { createLive } from "./channel.js";
import { createArrivals } from "./others_changes.js";
import { createOutbox } from "./outbox.js";

const QUIET = 2500; // milliseconds without a change after which the whole drawing is asked for

/**
 * @param {HTMLElement} host with a definite size
 * @param {object} setup {place, graph(), loops(), socket(), engine, editable, look}
 * @param {object} hooks {send(ops) -> whether it went out, onSelect, onRevision}
 */
export async function openCanvas(host, setup, hooks) {
  await import(setup.engine); // sets globalThis.vis and exports nothing
  let scene = null;
  let revision = -1;
  let map = null;
  let editor = null;
  let bar = null;
  let teller = null;
  let arrivals = null;
  let online = false;
  let fetching = null;
  let ended = false;
  let settling = 0;
  let others = []; // who has what open
  const seen = new Set(); // answers already dealt with; some are told twice

  let live = null;
  const outbox = createOutbox(
    `systemmap.ops.${setup.place}`,
    (ops) => hooks.send(ops, live),
    showSaved,
  );
  live = createLive(setup.socket, {
    onMessage: heard,
    onState: (open) => {
      online = open;
      if (!open) hooks.onAway?.(); // the ticket may have run out, or the server begun anew
      showSaved(outbox.waiting.length);
      if (open) outbox.flush();
    },
  });
  await firstGraph();

  // A store that is locked or starts again answers 503: say so, and ask again.
  async function firstGraph() {
    const words = document.createElement("p");
    words.setAttribute("role", "status");
    host.append(words);
    for (;;) {
      try {
        await fetchGraph();
        return words.remove();
      } catch (error) {
        if (!error.away || ended) throw error;
        words.textContent = error.message;
        await new Promise((again) => setTimeout(again, 2000));
      }
    }
  }

  function begin() {
    const view = remembered();
    const own = {
      onSelect: (id) => {
        live.send({ at: id });
        hooks.onSelect?.(id);
      },
      onLine: (pair) => hooks.onLine?.(pair),
      onView: remember,
    };
    if (setup.editable) {
      Object.assign(own, {
        onMove: (moves) => editor.moved(moves),
        onStartLink: (id) => editor.startLink(id),
        onEnter: (id) => editor.entered(id),
        onKey: (key, id) => editor.pressed(key, id),
      });
    }
    map = createMap(host, globalThis.vis, scene.looks, scene, own, {
      movable: setup.editable,
      look: setup.look,
    });
    bar = createBar(map);
    if (setup.editable) editor = createEditor(map, bar, act, () => scene);
    teller = createTeller(map);
    createLoops(map, bar, teller, fetchLoops);
    createLetters(map, teller, fetchLoops, () => revision);
    createFinder(map, bar);
    arrivals = createArrivals(bar, refetch);
    map.onChange(() => others.length && showWho(others));
    createLegend(map);
    createMinimap(map);
    bar.more(
      () => "Copy as a picture",
      async () =>
        map.say(
          await copyPicture(map, scene.notes ?? [], setup.place.replace("/", "-")),
        ),
    );
    if (view) map.restore(view);
    showSaved(outbox.waiting.length);
  }

  async function fetchLoops() {
    const answer = await fetch(setup.loops(), { cache: "no-cache" });
    if (!answer.ok) throw new Error(await answer.text());
    return answer.json();
  }

  function act(op) {
    if (map.state.overlay) {
      // what is gone or another map's cannot be changed here
      bar.saved("Not done: stop comparing before you change the map.", true);
      map.update(scene);
      return "";
    }
    scene = withOp(scene, op);
    map.update(scene);
    return outbox.add(op);
  }

  // Rows from the socket and rows from a fetch pass through here; an older revision is ignored.
  async function fetchGraph() {
    if (fetching) return fetching;
    fetching = (async () => {
      const answer = await fetch(setup.graph(), { cache: "no-cache" });
      if (!answer.ok)
        throw Object.assign(new Error(await answer.text()), {
          away: answer.status === 503,
        });
      const found = await answer.json();
      if (found.rev < revision || ended) return;
      revision = found.rev;
      scene = outbox.waiting.reduce(withOp, found);
      outbox.settled();
      if (map) map.update(scene);
      else begin();
      showRevision();
    })();
    try {
      await fetching;
    } finally {
      fetching = null;
    }
  }

  function heard(message) {
    if (message.who) return showWho(message.who);
    if (message.ack || message.unsaved) answered(message);
    if (message.restart !== undefined) {
      // a backup was restored: begin from what is there now
      revision = -1;
      return void refetch();
    }
    if (message.hello !== undefined && message.hello !== revision && map)
      return void refetch();
    if (message.rev === undefined || !map) return undefined;
    if (message.rev <= revision && !message.reload) return undefined;
    if (message.reload || message.rev > revision + 1) {
      if (arrivals.came(message.rev, null, null)) refetch();
      return undefined;
    }
    const next = withRows(scene, message);
    if (!arrivals.came(message.rev, scene, next.scene)) return undefined;
    revision = message.rev;
    if (!next.complete) return void refetch();
    scene = next.scene;
    if (message.boxes || message.lines || message.gone_boxes || message.gone_lines) {
      map.update(scene);
      routeSoon();
    }
    showRevision();
    return undefined;
  }

  // Lines of what moved are plain curves; once it is quiet, their ways round boxes are asked for.
  function routeSoon() {
    clearTimeout(settling);
    settling = setTimeout(() => {
      if (ended) return;
      if (outbox.waiting.length || map.state.dragging) routeSoon();
      else if (!arrivals.paused) refetch();
    }, QUIET);
  }

  function refetch() {
    fetchGraph().catch(() => setTimeout(() => !ended && refetch(), 2000));
  }

  /** What the server dealt with: saved, refused, or still waiting. */
  function answered(told) {
    outbox.acknowledged(told.ack);
    editor?.became(told.revisions);
    arrivals?.own(told.revisions);
    const refused = (told.refused ?? []).filter(
      ({ nonce, seq }) => !seen.has(`${nonce}:${seq}`),
    );
    for (const { nonce, seq, message, theirs, yours } of refused) {
      seen.add(`${nonce}:${seq}`);
      map?.say(message);
      host.dataset.refused = message;
      const op = theirs && yours ? outbox.recall(`${nonce}:${seq}`) : null;
      if (op) editor?.askConflict(op, { theirs, yours });
    }
    const made = Object.entries(told.made ?? {}).filter(([op]) => !seen.has(op));
    for (const [op] of made) seen.add(op);
    if (refused.length || made.some(([, id]) => map && !map.state.boxes.has(id)))
      refetch();
    if (refused.length) bar?.saved(`Not done. ${refused.at(-1).message}`, true);
    else if (told.unsaved) bar?.saved(told.unsaved, true);
    else showSaved(outbox.waiting.length);
  }

  function showSaved(waiting) {
    host.dataset.waiting = String(waiting);
    if (!online && waiting)
      bar?.saved(
        "Not saved yet: no connection. Your words are kept on this page.",
        true,
      );
    else if (waiting) bar?.saved("Saving…", true);
    else bar?.saved(online ? "All saved" : "All saved. Not live just now.", !online);
  }

  function showWho(told) {
    others = told;
    const open = others.map(
      ({ name, at }) =>
        `${name}: ${map.state.boxes.has(at) ? map.name(at) : "something new"}`,
    );
    bar?.who(open.join(" · "));
  }

  function showRevision() {
    host.dataset.revision = String(revision);
    hooks.onRevision?.(revision);
  }

  function remember() {
    sessionStorage.setItem(`systemmap.view.${setup.place}`, JSON.stringify(map.view()));
  }

  function remembered() {
    try {
      return JSON.parse(
        sessionStorage.getItem(`systemmap.view.${setup.place}`) ?? "null",
      );
    } catch {
      return null;
    }
  }

  return {
    answered,
    refetch,
    get map() {
      return map;
    },
    get teller() {
      return teller;
    },
    get paused() {
      return arrivals?.paused === true;
    },
    get revision() {
      return revision;
    },
    close() {
      ended = true;
      clearTimeout(settling);
      outbox.close();
      live.close();
      arrivals?.close();
      map?.destroy();
    },
  };
}
