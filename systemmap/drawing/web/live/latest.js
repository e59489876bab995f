// @ts-check
/** One question at a time, and never an answer older than the question. */

/** Ask by `take`. Who asks while an answer is on its way may want what that answer has
 * missed, so it is asked for once more.
 * @param {() => Promise<void>} take @returns {() => Promise<void>} */
export function createLatest(take) {
  /** @type {Promise<void> | null} */
  let underWay = null;
  let again = false;

  return async function ask() {
    again = underWay !== null;
    if (underWay) return underWay;
    underWay = take();
    try {
      await underWay;
    } finally {
      underWay = null;
    }
    if (again) await ask();
  };
}
