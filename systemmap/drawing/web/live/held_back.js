// @ts-check
/** What others commit waits while a link is being drawn: no box moves under the pointer. */

/** @import { Message } from "./live_types.js" */

const SOON = 60; // milliseconds

/** @param {() => boolean} busy whether something is being drawn
 * @param {(message: Message) => void} take */
export function createHeldBack(busy, take) {
  /** @type {Message[]} */
  let held = [];
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;

  function release() {
    timer = undefined;
    if (busy()) timer = setTimeout(release, SOON);
    else {
      const late = held;
      held = [];
      for (const message of late) take(message);
    }
  }

  return {
    /** Take a message now, or in its turn once the drawing has ended. @param {Message} message */
    heard(message) {
      if (message.rev === undefined || !(busy() || held.length)) return take(message);
      held.push(message);
      timer ??= setTimeout(release, SOON);
    },
    close: () => clearTimeout(timer),
  };
}
