/** What others change: told in batches, never interrupting; and held back while somebody reads. */

import { make, makeButton } from "../map/elements.js";

const TOLD_EVERY = 4000;
const SHOWN_FOR = 20000;

/** @param {object} bar @param {() => void} catchUp fetches the graph as it is now */
export function createArrivals(bar, catchUp) {
  const chip = make("span", bar.bar, { className: "sm-heard", role: "status" });
  const resumeButton = makeButton("Show them", bar.bar, () => pause(false));
  const mine = new Set(); // revisions that were one's own acts
  let heard = new Map(); // revision -> what it brought, in counts
  let paused = false;
  let waiting = new Set(); // revisions held back
  let timer = 0;
  let fading = 0;
  resumeButton.hidden = true;
  bar.more(
    () => (paused ? "Show what others change" : "Pause what others change"),
    () => pause(!paused),
  );

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

  function tell(words, { stays = false } = {}) {
    clearTimeout(fading);
    if (chip.textContent !== words) chip.textContent = words;
    if (words && !stays) fading = setTimeout(() => tell(""), SHOWN_FOR);
  }

  function tellBatch() {
    timer = 0;
    if (paused) return;
    const sums = new Map();
    for (const [revision, counts] of heard) {
      if (mine.has(revision)) continue;
      for (const [what, count] of Object.entries(counts))
        sums.set(what, (sums.get(what) ?? 0) + count);
    }
    heard = new Map();
    const said = [...sums]
      .filter(([, count]) => count > 0)
      .map(([what, count]) => inWords(what, count));
    if (said.length) tell(`From others: ${said.join(", ")}.`);
  }

  return {
    get paused() {
      return paused;
    },
    /** A commit arrived. @param {number} revision @param {object | null} before @param {object | null} after
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
    /** These commits were this canvas's own acts. @param {Record<string, number>} revisions */
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
  added: ["factor added", "factors added"],
  gone: ["factor removed", "factors removed"],
  renamed: ["factor renamed", "factors renamed"],
  linked: ["link drawn", "links drawn"],
  unlinked: ["link removed", "links removed"],
  signed: ["direction changed", "directions changed"],
};

function inWords(what, count) {
  return `${count} ${WORDS[what][count === 1 ? 0 : 1]}`;
}

/** What differs between two scenes, in counts; places do not count.
 * @returns {Record<string, number>} */
export function countsBetween(before, after) {
  const boxes = [before, after].map(
    (scene) => new Map(scene.boxes.map((box) => [box.id, box.label])),
  );
  const lines = [before, after].map(
    (scene) =>
      new Map(scene.lines.map((line) => [`${line.source}/${line.target}`, line.style])),
  );
  const fresh = ([old, now]) => [...now.keys()].filter((key) => !old.has(key)).length;
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
