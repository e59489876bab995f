// @ts-check
/** One open canvas: graph, live channel, outbox and editor together. Screen and room share it. */

/** @import { Editor } from "../editing/editor.js" */
/** @import { Op } from "../editing/op_types.js" */
/** @import { FoundLoops, Hooks, LiveScene } from "../map/types.js" */
/** @import { Channel } from "./channel.js" */
/** @import { Answer, CanvasHooks, DrawnCanvas, Message, Other, Setup } from "./live_types.js" */

import { createEditor } from "../editing/editor.js";
import { withOp, withRows } from "../editing/scene_changes.js";
import { engineHere } from "../map/engine.js";
import { createLegend } from "../map/legend.js";
import { createLetters } from "../map/loop_letters.js";
import { createMap } from "../map/map.js";
import { createMinimap } from "../map/minimap.js";
import { createTeller } from "../map/told_loop.js";
import { createFinder } from "../tools/finder.js";
import { createLoops } from "../tools/loop_list.js";
import { offerCopy } from "../tools/picture_tool.js";
import { createBar } from "../tools/tool_bar.js";
import { watchShape } from "./canvas_shape.js";
import { createLive } from "./channel.js";
import { Away, fetched } from "./fetched.js";
import { createHeldBack } from "./held_back.js";
import { keepView, keptView } from "./kept_view.js";
import { createLatest } from "./latest.js";
import { createArrivals } from "./others_changes.js";
import { createOutbox } from "./outbox.js";
import { savedWords } from "./saved_words.js";

const QUIET = 2500; // milliseconds without a change after which the whole drawing is asked for

/** @typedef {Awaited<ReturnType<typeof openCanvas>>} Canvas */

/** @param {HTMLElement} host with a definite size
 * @param {Setup} setup @param {CanvasHooks} hooks */
export async function openCanvas(host, setup, hooks) {
  const engine = import(setup.engine); // sets globalThis.vis and exports nothing
  if (!host.clientWidth || !host.clientHeight) await engine; // for whose shape the graph is asked
  /** @type {LiveScene | null} */
  let scene = null;
  let [revision, owed, known] = [-1, -1, -1]; // shown; of own acts; heard of: the latest
  /** @type {DrawnCanvas | null} */
  let drawn = null;
  let [online, ended] = [false, false];
  let refusal = ""; // stands until something else is done here
  const fetchGraph = createLatest(takeGraph);
  let settling = 0;
  /** @type {Other[]} */
  let others = []; // who has what open
  /** @type {Set<string>} */
  const seen = new Set(); // answers already dealt with; some are told twice
  /** @type {Channel | null} */
  let live = null;
  const busy = () => drawn?.map.state.linking === true;
  const held = createHeldBack(busy, heard);
  const shape = watchShape(host, () => drawn && refetch());
  const outbox = createOutbox(
    `systemmap.ops.${setup.place}`,
    (ops) => hooks.send(ops, live),
    showSaved,
  );
  live = createLive(setup.socket, {
    onMessage: (message) => held.heard(message),
    onState: (open) => {
      online = open;
      if (!open) hooks.onAway?.(); // the ticket may have run out, or the server begun anew
      showSaved(outbox.waiting.length);
      if (open) outbox.flush();
    },
  });
  /** @type {() => Promise<FoundLoops>} */
  const fetchLoops = () => fetched(setup.loops());
  await firstGraph();

  async function firstGraph() {
    const words = document.createElement("p");
    words.setAttribute("role", "status");
    host.append(words);
    for (;;) {
      try {
        await fetchGraph(); // a store that is locked or starts again answers 503
        return words.remove();
      } catch (error) {
        if (!(error instanceof Away) || ended) throw error;
        words.textContent = error.message;
        await new Promise((again) => setTimeout(again, 2000));
      }
    }
  }

  /** @param {LiveScene} first @returns {DrawnCanvas} */
  function begin(first) {
    /** @type {Editor | null} */
    let editor = null;
    /** @type {Hooks} */
    const own = {
      onSelect: (id) => {
        live?.send({ at: id });
        hooks.onSelect?.(id);
      },
      onLine: (pair) => hooks.onLine?.(pair),
      onTheme: (key) => hooks.onTheme?.(key),
      onView: () => keepView(setup.place, map.view()),
    };
    if (setup.editable) {
      own.onMove = (moves) => editor?.moved(moves);
      own.onStartLink = (id) => editor?.startLink(id);
      own.onEnter = (id) => editor?.entered(id) === true;
      own.onKey = (key, id) => editor?.pressed(key, id) === true;
    }
    const { editable: movable, look } = setup;
    const map = createMap(host, engineHere(), first.looks, first, own, {
      movable,
      look,
    });
    const bar = createBar(map);
    if (movable) {
      editor = createEditor(map, bar, act, () => scene ?? first, setup);
    }
    const teller = createTeller(map, { onTell: (loop) => hooks.onLoop?.(loop) });
    createLoops(map, bar, teller, fetchLoops);
    createLetters(map, teller, fetchLoops, () => revision);
    createFinder(map, bar);
    const arrivals = createArrivals(bar, refetch);
    map.onChange(() => showWho(others));
    createLegend(map);
    createMinimap(map);
    offerCopy(map, bar, () => scene?.notes ?? [], setup.place.replace("/", "-"));
    const view = keptView(setup.place);
    if (view) map.restore(view);
    return { map, bar, teller, arrivals, editor };
  }

  /** Show an act and send it. @param {Op} op @returns {string} its name; "" = not done */
  function act(op) {
    if (!drawn || !scene) return "";
    if (drawn.map.state.overlay) {
      // what is gone or another map's cannot be changed here
      drawn.bar.saved("Not done: stop comparing before you change the map.", true);
      drawn.map.update(scene);
      return "";
    }
    refusal = "";
    scene = withOp(scene, op);
    drawn.map.update(scene);
    return outbox.add(op);
  }

  // Rows from the socket and rows from a fetch pass through here; an older revision is ignored.
  async function takeGraph() {
    if (ended) return;
    /** @type {LiveScene} */
    const found = await fetched(setup.graph(shape.asked()));
    await engine; // asked for at the same time as the first graph
    if (found.rev < revision || ended) return;
    if (busy()) throw new Away("A link is being drawn.");
    if (found.rev < owed) throw new Away("Saved. The map is on its way …");
    revision = found.rev;
    scene = outbox.waiting.reduce(withOp, found);
    outbox.settled();
    if (drawn) drawn.map.update(scene);
    else {
      drawn = begin(scene);
      showSaved(outbox.waiting.length);
    }
    showRevision();
    if (revision < known) refetch(); // what came while this graph was on its way
  }

  /** @param {Message} message */
  function heard(message) {
    if (message.who) return showWho(message.who);
    if (message.ack || message.unsaved) answered(message);
    if (message.restart !== undefined) {
      // a backup was restored: begin from what is there now
      revision = owed = known = -1;
      drawn?.editor?.forget();
      return refetch();
    }
    const { rev } = message;
    known = Math.max(known, rev ?? -1, message.hello ?? -1);
    if (!drawn || !scene) return;
    if (message.hello !== undefined && message.hello !== revision) return refetch();
    if (rev === undefined || (rev <= revision && !message.reload)) return;
    if (message.reload || rev > revision + 1) {
      if (drawn.arrivals.came(rev, null, null)) refetch();
      return;
    }
    const next = withRows(scene, message);
    if (!drawn.arrivals.came(rev, scene, next.scene)) return;
    revision = rev;
    if (!next.complete) return refetch();
    scene = outbox.waiting.reduce(withOp, next.scene);
    if (message.boxes || message.lines || message.gone_boxes || message.gone_lines) {
      drawn.map.update(scene);
      routeSoon();
    }
    showRevision();
  }

  // Lines of what moved are plain curves; once it is quiet, their ways round boxes are asked for.
  function routeSoon() {
    clearTimeout(settling);
    settling = setTimeout(() => {
      if (ended) return;
      if (outbox.waiting.length || drawn?.map.state.dragging) routeSoon();
      else if (!drawn?.arrivals.paused) refetch();
    }, QUIET);
  }

  function refetch() {
    fetchGraph().catch(() => setTimeout(() => !ended && refetch(), 2000));
  }

  /** What the server dealt with: saved, refused, or still waiting. @param {Answer} told */
  function answered(told) {
    outbox.acknowledged(told.ack);
    owed = Math.max(owed, ...Object.values(told.revisions ?? {}));
    drawn?.editor?.became(told.revisions);
    drawn?.arrivals.own(told.revisions);
    const refused = (told.refused ?? []).filter(
      ({ nonce, seq }) => !seen.has(`${nonce}:${seq}`),
    );
    for (const { nonce, seq, message, theirs, yours } of refused) {
      seen.add(`${nonce}:${seq}`);
      drawn?.map.say(message);
      host.dataset.refused = message;
      const op = outbox.recall(`${nonce}:${seq}`);
      if (!op || !theirs || !yours) continue;
      if (scene && op.op === "rename_factor") {
        scene = withOp(scene, { ...op, label: theirs }); // stands until answered
        drawn?.map.update(scene);
      }
      drawn?.editor?.askConflict(op, { theirs, yours });
    }
    const made = Object.entries(told.made ?? {}).filter(([op]) => !seen.has(op));
    for (const [op] of made) seen.add(op);
    const boxes = drawn?.map.state.boxes;
    if (refused.length || made.some(([, id]) => boxes?.has(id) === false)) refetch();
    const last = refused.at(-1);
    if (last) refusal = `Not done. ${last.message}`;
    if (told.unsaved && !last) drawn?.bar.saved(told.unsaved, true);
    else showSaved(outbox.waiting.length);
  }

  /** @param {number} waiting */
  function showSaved(waiting) {
    host.dataset.waiting = String(waiting);
    drawn?.bar.saved(...savedWords(waiting, { online, refusal }));
  }

  /** @param {Other[]} told */
  function showWho(told) {
    others = told;
    if (!drawn) return;
    const { map, bar } = drawn;
    /** @param {string} at */
    const thing = (at) => (map.state.boxes.has(at) ? map.name(at) : "something new");
    bar.who(others.map(({ name, at }) => `${name}: ${thing(at)}`).join(" · "));
  }

  function showRevision() {
    host.dataset.revision = String(revision);
    hooks.onRevision?.(revision);
  }

  return {
    answered,
    refetch,
    get map() {
      return drawn?.map;
    },
    get editor() {
      return drawn?.editor;
    },
    loops: fetchLoops,
    get teller() {
      return drawn?.teller;
    },
    get paused() {
      return drawn?.arrivals.paused === true;
    },
    get revision() {
      return revision;
    },
    close() {
      ended = true;
      clearTimeout(settling);
      shape.close();
      held.close();
      outbox.close();
      live?.close();
      drawn?.arrivals.close();
      drawn?.map.destroy();
    },
  };
}
