// @ts-check
/**
 * Says politely what a screen has to say, and keeps the keyboard's place (Components v2).
 *
 * A screen drawn anew may take away what had the focus; the browser then forgets
 * where somebody was. This puts them where the screen asks, or on what now stands in
 * the same place, or on the finding. A finding that is another one than before, on
 * the same screen, is read out too. It also tells whether the window is narrow, and
 * shows the first screen once it is whole: until then it is hidden, so that nothing jumps.
 */

const LOOK = 30; // milliseconds between two looks whether the first screen is whole
const ANEW = 2000; // milliseconds at most until it comes anew, for a narrow window
const PAUSE = 80; // milliseconds that a region is empty, so that the same words are news
const narrow = window.matchMedia("(max-width: 480px)");
const covered = window.matchMedia("(max-width: 768px)"); // by the menu, while it is open
const OPEN = "[data-testid=stSidebar][data-collapsed=false]";
let toldNarrow = false;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let showing;
let tellWidth = () => false;
const GRID = ".stDataFrame, .gdg-input"; // a table, and a cell of it that is open
const OPEN_CELL = ".gdg-input";
const TELLS = 400; // milliseconds until a table has told of a cell, 150 after it was closed
const HEARD = 5000; // milliseconds at most until the server has heard of it
let typed = -HEARD; // when a key was last pressed in a table, or something pasted
let asked = Date.now(); // the last number that the server was asked to say again
/** @type {HTMLAnchorElement | null} */
let waiting = null; // the link that is pressed once the server has said it
let askServer = (/** @type {number} */ _number) => {};
let tab = ""; // what the server calls this page
let told = 0; // when it last told how things stand
/** @type {object[]} */
let kept = []; // what is not saved, as it told then
let unsaved = false;
let turn = 0;
let finding = "";
let place = "";
/** @type {{ element: Element, key: string } | null} */
let held = null;

document.documentElement.lang = "en-GB";
narrow.addEventListener("change", () => tellWidth());
document.addEventListener("focusin", ({ target }) => {
  if (target instanceof Element && target.closest("[data-testid=stMain]")) {
    held = { element: target, key: keyOf(target) };
  }
});

document.addEventListener("click", ({ target }) => {
  if (!(target instanceof Element)) return;
  if (target.closest("[data-testid=stExpandSidebarButton]")) {
    follow(`${OPEN} a`, 60);
  } else if (target.closest("[data-testid=stSidebarCollapseButton]")) {
    follow("button[data-testid=stExpandSidebarButton]", 60);
  } else if (target.closest("[data-testid=stSidebarNavLink]") && covered.matches) {
    setTimeout(() => {
      const fold = document.querySelector(
        "[data-testid=stSidebarCollapseButton] button",
      );
      if (fold instanceof HTMLElement) fold.click();
    });
  }
});

// A link that is pressed soon after a cell was typed waits until the server has heard of
// the cell: a busy one takes two requests as one, and the next page's knows nothing of it.
// So the page asks it to say a number again; its answer comes with the cells. What stands
// on the page itself waits where it is drawn.
for (const kind of ["keydown", "paste", "cut"])
  document.addEventListener(
    kind,
    ({ target }) => {
      if (target instanceof Element && target.closest(GRID)) typed = performance.now();
    },
    true,
  );
// A press beside an open cell closes it, and the table tells of it only then.
document.addEventListener(
  "pointerdown",
  () => {
    if (document.querySelector(OPEN_CELL)) typed = performance.now();
  },
  true,
);
document.addEventListener(
  "click",
  (event) => {
    const { target, isTrusted } = event;
    const now = performance.now();
    if (!(target instanceof Element) || !isTrusted || now > typed + HEARD) return;
    const pressed = target.closest("a");
    if (!pressed || pressed.target) return;
    if (event.ctrlKey || event.metaKey || event.shiftKey) return; // another window
    event.preventDefault();
    event.stopImmediatePropagation();
    waiting = pressed;
    askOnceClosed(TELLS / LOOK);
    setTimeout(() => press(pressed), HEARD);
  },
  true,
);
/** Ask the server once no cell is open and the table has told of the last one. */
function askOnceClosed(/** @type {number} */ tries) {
  if (document.querySelector(OPEN_CELL) && tries > 0) {
    typed = performance.now();
    setTimeout(() => askOnceClosed(tries - 1), LOOK);
  } else {
    const wait = Math.max(0, typed + TELLS - performance.now());
    asked += 1;
    setTimeout(() => askServer(asked), wait);
  }
}
/** Press the link that waits; it may have been drawn anew since. */
function press(/** @type {HTMLAnchorElement | null} */ link) {
  if (!link || link !== waiting) return;
  waiting = null;
  typed = -HEARD;
  const same = [...document.querySelectorAll("a")].find(
    ({ href }) => href === link.href,
  );
  (link.isConnected ? link : (same ?? link)).click();
}

window.addEventListener("beforeunload", (event) => {
  if (unsaved || performance.now() < typed + HEARD) event.preventDefault();
});

/** Whoever opens the menu goes on in it; whoever folds it, on the button that opens it.
 * Where it covers the place, choosing one folds it. */
function follow(/** @type {string} */ where, /** @type {number} */ tries) {
  const found = document.querySelector(where);
  if (found) land(found);
  if (tries > 0 && document.activeElement !== found)
    setTimeout(() => follow(where, tries - 1), LOOK);
}

// a menu that was opened by keyboard before this script was here
if (covered.matches && document.activeElement === document.body)
  if (document.querySelector(OPEN)) follow(`${OPEN} a`, 60);

/** @param {{ parentElement: Element, data: { said: string, focus: string, turn: number,
 *     unsaved: boolean, heard: number, tab: string, before: string, kept: object[] },
 *   setStateValue: (name: string, value: boolean | number | object) => void }} component */
export default function tell({ parentElement, data, setStateValue }) {
  let region = parentElement.querySelector("[role=status]");
  if (!region) {
    region = document.createElement("p");
    region.setAttribute("role", "status");
    parentElement.append(region);
  }
  tellWidth = () => {
    if (narrow.matches === toldNarrow) return false;
    toldNarrow = narrow.matches;
    setStateValue("narrow", toldNarrow);
    return true;
  };
  askServer = (number) => setStateValue("asked", number);
  keep(data, (was) => setStateValue("kept", was));
  unsaved = data.unsaved;
  if (data.heard === asked) press(waiting);
  if (data.turn === turn) return;
  turn = data.turn;
  clearTimeout(showing); // drawn anew for a narrow window, the screen tells again
  showing = setTimeout(() => showWhole(60), tellWidth() ? ANEW : LOOK);
  say(region, [data.said, newFinding()].filter(Boolean).join(" "));
  settle(data.focus, 40);
}

/** Keep what is not saved; a server that was started anew since is told what it was. */
function keep(
  /** @type {{ tab: string, before: string, kept: object[] }} */ data,
  /** @type {(was: object) => void} */ tellServer,
) {
  const anew = tab && data.tab !== tab && data.before !== tab;
  if (anew) turn = 0; // it counts anew
  if (anew && kept.length) tellServer({ tab, sheets: kept, late: typed > told });
  tab = data.tab;
  kept = data.kept;
  told = performance.now();
}

/** Empty the region, then say the words: one that begins with words is not read out. */
function say(/** @type {Element} */ region, /** @type {string} */ words) {
  if (!words) return;
  const now = turn;
  region.textContent = "";
  setTimeout(() => {
    if (now === turn) region.textContent = words;
  }, PAUSE);
}

/** What the screen found, if it is another sentence than before in the same place. */
function newFinding() {
  const { pathname, search } = window.location;
  const before = place === pathname + search ? finding : "";
  const heading = document.querySelector("[data-testid=stMain] h1");
  place = pathname + search;
  finding = heading?.textContent?.trim() ?? "";
  return before && before !== finding ? finding : "";
}

/** Show the first screen when no part of it is still to come, or after so many looks. */
function showWhole(/** @type {number} */ tries) {
  const { dataset } = document.documentElement;
  if ("whole" in dataset) return;
  const still = document.querySelector("[data-test-script-state=notRunning]");
  const parts = document.querySelector("[data-testid=stMain] [data-testid=stSkeleton]");
  if (tries > 0 && (!still || parts)) setTimeout(() => showWhole(tries - 1), LOOK);
  else dataset.whole = "";
}

/** Wait until the screen is drawn, then move the focus if it asks so, or if it was lost. */
function settle(/** @type {string} */ wanted, /** @type {number} */ tries) {
  if (!("whole" in document.documentElement.dataset)) {
    setTimeout(() => settle(wanted, tries), 50); // what is hidden takes no focus
    return;
  }
  const main = document.querySelector("[data-testid=stMain]");
  const lost =
    held && !held.element.isConnected && document.activeElement === document.body;
  const asked = wanted && main?.querySelector(`.st-key-${wanted}`);
  if (asked) {
    land(asked.querySelector("h1, h2, h3, button, input") ?? asked);
  } else if (wanted && tries > 0) {
    setTimeout(() => settle(wanted, tries - 1), 50);
  } else if (lost && main) {
    const same = held?.key ? main.querySelector(`.${CSS.escape(held.key)}`) : null;
    land(same?.querySelector("button, input, textarea") ?? main.querySelector("h1"));
  }
}

function land(/** @type {Element | null} */ element) {
  if (!(element instanceof HTMLElement)) return;
  if (element.matches("h1, h2, h3, h4, h5, h6")) element.tabIndex = -1;
  element.focus();
}

/** Which of the screen's widgets an element belongs to, by the class Streamlit gives it. */
function keyOf(/** @type {Element} */ element) {
  const widget = element.closest("[class*='st-key-']");
  return (
    [...(widget?.classList ?? [])].find((name) => name.startsWith("st-key-")) ?? ""
  );
}
