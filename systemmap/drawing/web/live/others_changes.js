// @ts-check
/** What others change: told in batches, never interrupting; and held back while somebody reads. */

/** @import { Scene } from "../map/types.js" */
/** @import { Bar } from "../tools/tool_bar.js" */

import { make, makeButton } from "../map/elements.js";

const TOLD_EVERY = 4000;
const SHOWN_FOR = 20000;

/** @typedef {ReturnType<typeof createArrivals>} OthersChanges */

/** @param {Bar} bar @param {() => void} catchUp fetches the graph as it is now */
export function createArrivals(bar, catchUp) {
  const chip = make("span", bar.bar, { className: "sm-heard", role: "status" });
  const resumeButton = makeButton("Show them", bar.bar, () => pause(false));
  /** @type {Set<number>} */
  const mine = new Set(); // revisions that were one's own acts
  /** @type {Map<number, Partial<Counts>>} */
  let heard = new Map(); // revision -> what it brought, in counts
  let paused = false;
  /** @type {Set<number>} */
  let waiting = new Set(); // revisions held back
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let fading;
  resumeButton.hidden = true;
  bar.more(
    () => (paused ? "Show what others change" : "Pause what others change"),
    () => pause(!paused),
  );

  /** @param {boolean} on */
  function pause(on) {
    paused = on;
    waiting = new Set();
    resumeButton.hidden = !on;
    if (on) showWaiting();
    else {
      tell("");
      catchUp();
    }
  }

  function showWaiting() {
    const count = [...waiting].filter((rev) => !mine.has(rev)).length;
    const held = count
      ? `${count} ${count === 1 ? "change waits" : "changes wait"}.`
      : "Nothing waits yet.";
    tell(`Paused: what others change is not shown. ${held}`, { stays: true });
  }

  /** @param {string} words */
  function tell(words, { stays = false } = {}) {
    clearTimeout(fading);
    if (chip.textContent !== words) chip.textContent = words;
    if (words && !stays) fading = setTimeout(() => tell(""), SHOWN_FOR);
  }

  function tellBatch() {
    timer = undefined;
    if (paused) return;
    const theirs = [...heard].filter(([revision]) => !mine.has(revision));
    heard = new Map();
    const said = KINDS.flatMap((what) => {
      const sum = theirs.reduce((all, [, counts]) => all + (counts[what] ?? 0), 0);
      return sum > 0 ? [`${sum} ${WORDS[what][sum === 1 ? 0 : 1]}`] : [];
    });
    if (said.length) tell(`From others: ${said.join(", ")}.`);
  }

  return {
    get paused() {
      return paused;
    },
    /** A commit arrived. @param {number} revision @param {Scene | null} before @param {Scene | null} after
     *  scenes; null = what it brought is not known @returns {boolean} whether to show it */
    came(revision, before, after) {
      if (paused) {
        waiting.add(revision);
        setTimeout(showWaiting, 300); // our own answer may be on its way
        return false;
      }
      heard.set(revision, before && after ? countsBetween(before, after) : {});
      timer ||= setTimeout(tellBatch, TOLD_EVERY);
      return true;
    },
    /** These commits were this canvas's own acts.
     * @param {Record<string, number>} [revisions] */
    own(revisions) {
      for (const revision of Object.values(revisions ?? {})) mine.add(revision);
    },
    close() {
      clearTimeout(timer);
      clearTimeout(fading);
    },
  };
}

const WORDS = {
  added: ["cause added", "causes added"],
  gone: ["cause removed", "causes removed"],
  renamed: ["cause renamed", "causes renamed"],
  linked: ["link drawn", "links drawn"],
  unlinked: ["link removed", "links removed"],
  signed: ["direction changed", "directions changed"],
};

/** @typedef {keyof typeof WORDS} ChangeCounted */
/** @typedef {Record<ChangeCounted, number>} Counts */

const KINDS = /** @type {ChangeCounted[]} */ (Object.keys(WORDS));

/** What differs between two scenes, in counts; places do not count.
 * @param {Scene} before @param {Scene} after @returns {Counts} */
export function countsBetween(before, after) {
  const boxes = [before, after].map(
    (scene) => new Map(scene.boxes.map((box) => [box.id, box.label])),
  );
  const lines = [before, after].map(
    (scene) =>
      new Map(scene.lines.map((line) => [`${line.source}/${line.target}`, line.style])),
  );
  /** @param {Map<string, string>[]} maps */
  const fresh = ([old, now]) => [...now.keys()].filter((key) => !old.has(key)).length;
  /** @param {Map<string, string>[]} maps */
  const other = ([old, now]) =>
    [...now].filter(([key, value]) => old.has(key) && old.get(key) !== value).length;
  return {
    added: fresh(boxes),
    gone: fresh([...boxes].reverse()),
    renamed: other(boxes),
    linked: fresh(lines),
    unlinked: fresh([...lines].reverse()),
    signed: other(lines),
  };
}
