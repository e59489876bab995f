// @ts-check
/** The keyboard's place in something that is taken out of the page and put back. */

/**
 * A browser forgets what had the focus once that leaves the page, though it may be
 * back a moment later: the next key would then be lost on whoever was at work there.
 * @param {HTMLElement} host
 * @returns {() => void} gives the focus back, unless it has gone elsewhere meanwhile
 */
export function keepFocus(host) {
  /** @type {HTMLElement | null} */
  let last = null;
  host.addEventListener("focusin", (event) => {
    last = /** @type {HTMLElement} */ (event.composedPath()[0]);
  });
  host.addEventListener("focusout", () => {
    // leaving the page ends the focus too; only what stays there was left on purpose
    queueMicrotask(() => {
      if (host.isConnected && !host.contains(focusedIn(host))) last = null;
    });
  });
  return () => {
    if (last?.isConnected && document.activeElement === document.body)
      last.focus({ preventScroll: true });
  };
}

/** @param {HTMLElement} host */
function focusedIn(host) {
  const root = /** @type {Document | ShadowRoot} */ (host.getRootNode());
  return root.activeElement;
}
