// @ts-check
/** What the bar says of saving. */

/** @param {number} waiting operations on their way
 * @param {{online: boolean, refusal: string}} now refusal: why the last act was not done; "" = it was
 * @returns {[string, boolean]} the words, and whether they want to be seen */
export function savedWords(waiting, { online, refusal }) {
  if (waiting && !online)
    return ["Not saved yet: no connection. Your words are kept on this page.", true];
  if (waiting) return ["Saving…", true];
  if (refusal) return [refusal, true];
  return online ? ["All saved", false] : ["All saved. Not live just now.", true];
}
