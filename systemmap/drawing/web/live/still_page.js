// @ts-check
/** Whether the page waits for nobody. */

/** Say whether Streamlit draws nothing now, and was not asked to. */
export function isStill() {
  const page = document.querySelector("[data-test-script-state]");
  return page?.getAttribute("data-test-script-state") !== "running";
}
