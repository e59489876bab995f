// @ts-check
/**
 * The page that runs the room, in the place of the Workshop screen (Components v2).
 *
 * The page lives by itself, with its own channel; the screen round it is drawn anew
 * only when the room was closed there.
 */

/** @param {{ parentElement: Element, data: { address: string },
 *   setTriggerValue: (name: string, value: boolean) => void }} component */
export default function frame({ parentElement, data, setTriggerValue }) {
  let held = parentElement.querySelector("iframe");
  if (!held) {
    held = document.createElement("iframe");
    held.title = "Run the room";
    parentElement.append(held);
  }
  const place = held;
  if (place.dataset.address !== data.address) {
    place.dataset.address = data.address;
    place.src = data.address;
  }
  /** @param {MessageEvent} event */
  const heard = (event) => {
    if (event.source === place.contentWindow && event.data === "room-closed") {
      setTriggerValue("closed", true);
    }
  };
  window.addEventListener("message", heard);
  return () => window.removeEventListener("message", heard);
}
