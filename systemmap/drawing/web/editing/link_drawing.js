/** Drawing a link: by drag with mouse or finger, or by keys. */

/** @param {object} map @param {object} bar @param {(source: string, target: string) => void} askSign */
export function createLinking(map, bar, askSign) {
  const { root, parts } = map;
  const state = {
    on: false,
    from: null,
    to: null,
    pointer: null,
    byKeys: false,
    waits: null,
  };
  const button = bar.tool("Draw link", () => set(!state.on));
  button.setAttribute("aria-pressed", "false");
  parts.canvas.addEventListener("pointerdown", startDrag, { capture: true });
  map.onDraw(draw);

  function startDrag(event) {
    if (!state.on || event.button > 0) return;
    const { id, place } = map.at(event.clientX, event.clientY);
    if (!id) return;
    event.stopPropagation();
    event.preventDefault();
    const waited = state.waits;
    state.waits = null;
    if (waited && waited !== id) {
      // two taps instead of a drag
      Object.assign(state, { from: null, to: null });
      return void askSign(waited, id);
    }
    parts.canvas.setPointerCapture(event.pointerId);
    Object.assign(state, { from: id, to: null, byKeys: false, pointer: place });
    const move = (next) => {
      next.stopPropagation();
      const found = map.at(next.clientX, next.clientY, state.from);
      Object.assign(state, { to: found.id, pointer: found.place });
      map.network.redraw();
    };
    const end = (next) => {
      next.stopPropagation();
      for (const [kind, listener] of handlers)
        parts.canvas.removeEventListener(kind, listener, { capture: true });
      const { from, to } = state;
      const stays =
        next.type === "pointerup" &&
        !to &&
        map.at(next.clientX, next.clientY).id === from &&
        waited !== from;
      Object.assign(state, {
        from: stays ? from : null,
        to: null,
        pointer: null,
        waits: stays ? from : null,
      });
      map.network.redraw();
      if (next.type === "pointerup" && to) askSign(from, to);
      if (stays) map.say(`Link from ${map.name(from)}. Tap its effect.`);
    };
    const handlers = [
      ["pointermove", move],
      ["pointerup", end],
      ["pointercancel", end],
    ];
    for (const [kind, listener] of handlers)
      parts.canvas.addEventListener(kind, listener, { capture: true });
  }

  function draw(ctx, scale) {
    const from = map.state.boxes.get(state.from);
    if (!from) return;
    ring(ctx, from, scale);
    const walkedTo = state.byKeys ? map.state.boxes.get(map.state.active) : null;
    const to = map.state.boxes.get(state.to) ?? walkedTo ?? state.pointer;
    if (!to) return;
    ctx.strokeStyle = map.state.look.action;
    ctx.lineWidth = 2.5 / Math.max(scale, 0.3);
    ctx.setLineDash([8, 5]);
    ctx.beginPath();
    ctx.moveTo(from.x, from.y);
    ctx.lineTo(to.x, to.y);
    ctx.stroke();
    ctx.setLineDash([]);
  }

  // Where the link begins, while its end is still to come.
  function ring(ctx, box, scale) {
    ctx.strokeStyle = map.state.look.action;
    ctx.lineWidth = 3 / Math.min(scale, 1);
    ctx.beginPath();
    ctx.roundRect(
      box.x - box.width / 2 - 6,
      box.y - box.height / 2 - 6,
      box.width + 12,
      box.height + 12,
      10,
    );
    ctx.stroke();
  }

  function set(on) {
    Object.assign(state, { on, from: null, to: null, byKeys: false, waits: null });
    button.setAttribute("aria-pressed", String(on));
    root.classList.toggle("sm-linking", on);
    map.say(
      on
        ? "Drawing links: drag from a cause to its effect, or tap one and then the other. Escape ends it."
        : "Drawing links ended.",
    );
    map.network.redraw();
  }

  return {
    button,
    set,
    /** Begin a link from the keyboard. */
    start(id) {
      if (!id) return;
      Object.assign(state, { from: id, byKeys: true });
      map.say(
        `Link from ${map.name(id)}. Walk to its effect and press Enter, or Escape to stop.`,
      );
    },
    /** Enter on a factor while a link waits for its end. @returns {boolean} dealt with */
    entered(id) {
      if (!state.byKeys || !state.from) return false;
      const from = state.from;
      Object.assign(state, { from: null, byKeys: false });
      if (id && id !== from) askSign(from, id);
      else map.say("A link needs two different factors.");
      return true;
    },
    /** @returns {boolean} whether there was something to end */
    escaped() {
      if (!state.byKeys && !state.on) return false;
      const { byKeys, on } = state;
      Object.assign(state, { from: null, byKeys: false });
      if (on) set(false);
      else if (byKeys) map.say("Link dropped.");
      map.network.redraw();
      return true;
    },
  };
}
