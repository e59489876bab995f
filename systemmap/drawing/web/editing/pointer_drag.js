// @ts-check
/** A drag over the canvas that is ours, not the engine's: heard first, until it ends. */

/** Follow a pointer that went down. @param {HTMLElement} canvas @param {PointerEvent} event
 * @param {{moved: (next: PointerEvent) => void, ended: (next: PointerEvent) => void}} hears */
export function followPointer(canvas, event, { moved, ended }) {
  canvas.setPointerCapture(event.pointerId);
  const listening = new AbortController();
  const how = { capture: true, signal: listening.signal };
  /** @param {PointerEvent} next */
  const move = (next) => {
    next.stopPropagation();
    moved(next);
  };
  /** @param {PointerEvent} next */
  const end = (next) => {
    next.stopPropagation();
    listening.abort();
    ended(next);
  };
  canvas.addEventListener("pointermove", move, how);
  canvas.addEventListener("pointerup", end, how);
  canvas.addEventListener("pointercancel", end, how);
}
