// @ts-check
/** Canvases that stay as they are while the page gives them another place. */

/**
 * @typedef {object} Kept
 * @property {HTMLElement} host
 * @property {() => void} giveFocusBack
 * @property {() => void} unmount
 */

const LEFT_FOR = 6000; // milliseconds; a laptop at work draws its page slowly

/**
 * Streamlit may take a component away and put it back, when something appears above
 * it or a page settles. The new place may be there before the old one is gone, or
 * only after. Nobody's view, choice or undo must be lost by that: one canvas stands
 * in the latest of its places, and without any it waits a moment for the next.
 * @template {Kept} T
 */
export function createKept() {
  /** @type {Map<string, {one: T, places: Set<Node>, timer?: ReturnType<typeof setTimeout>}>} */
  const all = new Map();
  /** @type {WeakMap<Node, string>} */
  const names = new WeakMap(); // what stands in a place, once it does

  return {
    /**
     * Return the canvas of that name, which now stands there.
     * @param {Node} place @param {string} asked @param {() => T} mount makes it there
     */
    stand(place, asked, mount) {
      const name = names.get(place) ?? asked;
      names.set(place, name);
      const kept = all.get(name) ?? { one: mount(), places: new Set() };
      all.set(name, kept);
      clearTimeout(kept.timer);
      if (!kept.places.has(place)) move(kept.one, place);
      kept.places.add(place);
      return kept.one;
    },

    /**
     * That place is not to be drawn any more.
     * @param {Node} place
     */
    leave(place) {
      if (place.isConnected) return; // said late, of a drawing that another has replaced
      const name = names.get(place) ?? "";
      const kept = all.get(name);
      if (!kept?.places.delete(place)) return;
      const latest = [...kept.places].pop();
      if (latest) return move(kept.one, latest);
      kept.timer = setTimeout(() => {
        all.delete(name);
        kept.one.unmount();
      }, LEFT_FOR);
    },
  };
}

/** @param {Kept} one @param {Node} place */
function move(one, place) {
  if (one.host.parentNode === place) return;
  place.appendChild(one.host);
  one.giveFocusBack();
}
