// @ts-check
/**
 * Says politely what a screen has to say, and keeps the keyboard's place (Components v2).
 *
 * A screen drawn anew may take away what had the focus; the browser then forgets
 * where somebody was. This puts them where the screen asks, or on what now stands in
 * the same place, or on the finding.
 */

let said = "";
let turn = 0;
/** @type {{ element: Element, key: string } | null} */
let held = null;

document.addEventListener("focusin", ({ target }) => {
  if (target instanceof Element && target.closest("[data-testid=stMain]")) {
    held = { element: target, key: keyOf(target) };
  }
});

/** @param {{ parentElement: Element, data: { said: string, focus: string, turn: number } }} component */
export default function tell({ parentElement, data }) {
  let region = parentElement.querySelector("[role=status]");
  if (!region) {
    region = document.createElement("p");
    region.setAttribute("role", "status");
    region.textContent = said; // known already: a region that begins is not read out
    parentElement.append(region);
  }
  if (data.said !== said) {
    said = data.said;
    region.textContent = said;
  }
  if (data.turn !== turn) {
    turn = data.turn;
    settle(data.focus, 40);
  }
}

/** Wait until the screen is drawn, then move the focus if it asks so, or if it was lost. */
function settle(/** @type {string} */ wanted, /** @type {number} */ tries) {
  const main = document.querySelector("[data-testid=stMain]");
  const lost =
    held && !held.element.isConnected && document.activeElement === document.body;
  const place = wanted && main?.querySelector(`.st-key-${wanted}`);
  if (place) {
    land(place.querySelector("h1, h2, h3, button, input") ?? place);
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
