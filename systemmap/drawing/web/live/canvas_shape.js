// @ts-check
/** The shape of a canvas, for which a map is arranged: see framed.py. */

/** The names that Python knows; "" = wide. @param {HTMLElement} host @returns {string} */
function shapeOf({ clientWidth: wide, clientHeight: high }) {
  if (!wide || !high || wide >= 1.25 * high) return "";
  if (wide >= 0.9 * high) return "square";
  return wide >= 500 ? "tall" : "narrow";
}

const SETTLED = 300; // milliseconds; a page that is put together has passing sizes

/** Say when a canvas is turned upright, or becomes much narrower, and stays so.
 * @param {HTMLElement} host @param {() => void} turned it has another shape than was asked for */
export function watchShape(host, turned) {
  let shape = "";
  let later = 0;
  const watcher = new ResizeObserver(() => {
    clearTimeout(later);
    later = setTimeout(() => {
      const seen = host.clientWidth && host.clientHeight;
      if (seen && shapeOf(host) !== shape) turned();
    }, SETTLED);
  });
  watcher.observe(host);
  return {
    /** The present shape, for which the map is asked for now. */
    asked() {
      shape = shapeOf(host);
      return shape;
    },
    close() {
      clearTimeout(later);
      watcher.disconnect();
    },
  };
}
