// @ts-check
/** The map's story: one step at a time, each a view with its text. */

/** @import { SystemMap, Teller } from "../map/types.js" */
/** @import { StoryStep } from "./page_parts.js" */

import { filterOf, layersOf } from "../map/view.js";
import { buttonsOf, by, say } from "./page_parts.js";

const BEGIN = "Tell it step by step";

/** @param {SystemMap} map @param {Teller} teller @param {StoryStep[]} story
 * @param {() => void} end shows everything again */
export function createStory(map, teller, story, end) {
  const buttons = buttonsOf("[data-step]");
  if (!buttons.length) return;
  const part = by("steps-told").parentElement;
  const back = /** @type {HTMLButtonElement} */ (by("story-back"));
  const next = by("story-next");
  let told = -1;
  part?.classList.add("ready"); // the map comes first; the steps come as they are told
  by("story-walk").hidden = false;
  for (const button of buttons) {
    button.hidden = false;
    button.addEventListener("click", () => tellStep(Number(button.dataset.step)));
  }
  next.addEventListener("click", () =>
    told === buttons.length - 1 ? endStory() : tellStep(told + 1),
  );
  back.addEventListener("click", () => tellStep(told - 1));
  next.textContent = BEGIN;
  back.disabled = true;

  /** @param {number} at */
  function tellStep(at) {
    told = at;
    const step = story[at];
    const where = `Step ${at + 1} of ${buttons.length}`;
    part?.classList.add("told");
    buttons.forEach((button, number) => {
      button.closest("li")?.classList.toggle("now", number === at);
    });
    back.disabled = at === 0;
    next.textContent = at === buttons.length - 1 ? "End the story" : "Next";
    by("story-at").textContent = where;
    teller.end({ quiet: true });
    map.layers(layersOf(step.layers));
    map.filter(filterOf(step));
    map.select(step.focus || null, { quiet: true });
    const shown = map.focus(
      step.focus ? { id: step.focus, way: "both", steps: step.steps } : null,
    );
    map.fit(step.focus ? shown : undefined);
    say(`${where}: ${step.name}.`);
  }

  function endStory() {
    told = -1;
    part?.classList.remove("told");
    next.textContent = BEGIN;
    by("story-at").textContent = "";
    back.disabled = true;
    map.layers(layersOf(["gaps", "actions", "assets"]));
    map.filter({ agreed: null, said: null, determinants: null });
    end();
  }
}
