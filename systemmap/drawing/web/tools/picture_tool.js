// @ts-check
/** What is on screen, copied as a picture. */

/** @import { SystemMap } from "../map/types.js" */
/** @import { Bar } from "./tool_bar.js" */

import { copyPicture } from "../map/picture_copy.js";

/** Offer it among what the bar has more of.
 * @param {SystemMap} map @param {Bar} bar
 * @param {() => string[]} notes what must travel with it @param {string} name of its file */
export function offerCopy(map, bar, notes, name) {
  bar.more(
    () => "Copy as a picture",
    async () => map.say(await copyPicture(map, notes(), name)),
  );
}
