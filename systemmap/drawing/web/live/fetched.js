// @ts-check
/** What the server answers to a question, or why it does not. */

/** The store was locked or began again: worth asking once more. */
export class Away extends Error {}

/** @param {string} address @returns {Promise<any>} what it answered, as JSON */
export async function fetched(address) {
  const answer = await fetch(address, { cache: "no-cache" });
  if (answer.status === 503) throw new Away(await answer.text());
  if (!answer.ok) throw new Error(await answer.text());
  return answer.json();
}
