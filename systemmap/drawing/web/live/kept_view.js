// @ts-check
/** The part of a map on screen, kept for this tab over a reload. */

/** @import { View } from "../map/types.js" */

/** @param {string} place programme and map @param {View} view */
export function keepView(place, view) {
  sessionStorage.setItem(`systemmap.view.${place}`, JSON.stringify(view));
}

/** @param {string} place programme and map @returns {View | null} */
export function keptView(place) {
  try {
    return JSON.parse(sessionStorage.getItem(`systemmap.view.${place}`) ?? "null");
  } catch {
    return null;
  }
}
