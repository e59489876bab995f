// @ts-check
"use strict";
// Keeps words until the server has them on disk, and refreshes what others said.
(() => {
  const store = (() => {
    try {
      localStorage.setItem("t", "1");
      localStorage.removeItem("t");
      return localStorage;
    } catch {
      return null;
    }
  })();
  const random = () =>
    Array.from(crypto.getRandomValues(new Uint8Array(12)), (b) =>
      b.toString(16).padStart(2, "0"),
    ).join("");
  const words = document.body.dataset;
  /** @typedef {HTMLInputElement | HTMLTextAreaElement} Field one that people type or tick in */
  /** @typedef {{key: string, fields: [string, string][], shown: string, tried?: boolean, kept?: boolean}} Item on its way */
  /** @param {ParentNode} within @param {string} which @returns {Field[]} */
  const fieldsIn = (within, which) =>
    /** @type {Field[]} */ ([...within.querySelectorAll(which)]);
  /** @param {ParentNode} within @param {string} which @returns {HTMLElement} */
  const partOf = (within, which) =>
    /** @type {HTMLElement} */ (within.querySelector(which));
  const problem = document.getElementById("problem");
  if (problem) problem.focus();

  // --- words kept while typing -------------------------------------------------
  /** @type {HTMLFormElement | null} */
  const form = document.querySelector("form[data-queue]");
  /** @type {Map<Field, () => void>} */
  const drops = new Map(); // forgets what was kept of a field
  fieldsIn(document, "[data-keep]").forEach((field) => {
    const name =
      "draft:" +
      (form ? form.dataset.queue : "") +
      ":" +
      location.pathname +
      ":" +
      field.name;
    const kept = store && store.getItem(name);
    if (kept && !field.value) field.value = kept;
    field.addEventListener("input", () => {
      if (store) {
        if (field.value) store.setItem(name, field.value);
        else store.removeItem(name);
      }
    });
    drops.set(field, () => {
      if (store) store.removeItem(name);
    });
  });

  // --- outbox: one sending at a time, each with its own key ----------------------
  if (form) {
    const action = form.getAttribute("action") || "";
    const shelf = `outbox:${form.dataset.queue}:${action}`;
    const state = partOf(form, "[data-state]");
    const list = partOf(form, "[data-outbox]");
    /** @type {Item[]} */
    let box = [];
    let busy = false;
    const tokenField = /** @type {HTMLInputElement} */ (
      form.elements.namedItem("token")
    );
    let wait = 1000;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    let timer;
    try {
      box = JSON.parse((store && store.getItem(shelf)) || "[]");
    } catch {
      box = [];
    }
    const keep = () => {
      if (store) store.setItem(shelf, JSON.stringify(box));
    };
    /** @param {string} [text] @param {boolean} [bad] */
    const say = (text = "", bad = false) => {
      if (state.textContent !== text) state.textContent = text;
      state.classList.toggle("bad", bad);
    };
    const draw = () => {
      list.textContent = "";
      for (const item of box) {
        const li = document.createElement("li");
        const small = document.createElement("small");
        li.textContent = item.shown;
        small.textContent =
          (item.kept ? words.kept : item.tried ? words.unsaved : words.saving) || "";
        li.append(small);
        list.append(li);
      }
    };
    /** @param {Item} item @param {string} text */
    const giveBack = (item, text) => {
      for (const [name, value] of item.fields) {
        const kept = fieldsIn(form, "[data-keep]");
        const field = kept.find((one) => one.name === name && !one.value);
        if (!field) continue;
        field.value = value;
        field.dispatchEvent(new Event("input"));
        field.focus();
      }
      say(text, true);
    };
    const send = async () => {
      if (busy || !box.length) return;
      busy = true;
      clearTimeout(timer);
      const item = box[0];
      const body = new URLSearchParams(item.fields);
      body.set("key", item.key);
      body.set("token", tokenField.value);
      try {
        const reply = await fetch(action, {
          method: "POST",
          body,
          headers: { Accept: "application/json" },
          signal: AbortSignal.timeout ? AbortSignal.timeout(8000) : undefined,
        });
        const said = await reply.json();
        if (reply.ok) {
          box.shift();
          keep();
          wait = 1000;
          say(`${words.saved} ${said.saved}${said.held ? ` · ${words.waits}` : ""}`);
          refresh();
        } else if (said.shut) {
          item.kept = true; // it goes out when the part opens again, and not before
          keep();
          say(words.shut);
        } else if (reply.status === 422 || reply.status === 413) {
          box.shift();
          keep();
          giveBack(item, said.problem);
        } else {
          throw new Error(said.problem || "");
        }
      } catch (error) {
        item.tried = true;
        keep();
        say(reasoned(error) || words.unsaved, true);
        wait = Math.min(wait * 1.7, 15000);
        timer = setTimeout(send, wait * (0.7 + 0.6 * Math.random()));
      }
      busy = false;
      draw();
      if (box.length && !box[0].tried && !box[0].kept) send();
    };
    document.addEventListener("room-changed", () => {
      for (const item of box) item.kept = false;
      send();
    });
    /** @param {any} error */
    const reasoned = (error) => error.name === "Error" && error.message;
    form.addEventListener("submit", (event) => {
      const button = /** @type {HTMLButtonElement | null} */ (event.submitter);
      if (!window.fetch || !window.URLSearchParams) return;
      const kept = fieldsIn(form, "[data-keep]");
      event.preventDefault();
      if (kept.length && !kept.some((field) => field.value.trim())) {
        if (!state.textContent) say(words.empty); // the second tap of two says nothing new
        return;
      }
      const fields = /** @type {[string, string][]} */ (
        [...new FormData(form)].filter(([name]) => name !== "key" && name !== "token")
      );
      if (button && button.name) fields.push([button.name, button.value]);
      box.push({ key: random(), fields, shown: shownWords() });
      keep();
      say(words.saving);
      draw();
      kept.forEach((field) => {
        field.value = "";
        const drop = drops.get(field);
        if (drop) drop();
      });
      fieldsIn(form, "input[type=checkbox],input[type=radio]").forEach((field) => {
        if (field instanceof HTMLInputElement) field.checked = false;
      });
      const old = document.querySelector(".saved");
      if (old) old.remove();
      if (kept[0]) kept[0].focus();
      send();
    });
    const shownWords = () =>
      fieldsIn(form, "[data-keep],input[type=radio]:checked")
        .filter((field) => field.value.trim())
        .map((field) => field.dataset.shown || wordsOf(field))
        .join(" ");
    /** What was said with a field: its label's words, or what was typed. @param {Field} field */
    const wordsOf = (field) => {
      const label = field.type === "radio" && field.labels && field.labels[0];
      return label ? (label.textContent || "").trim() : field.value;
    };
    addEventListener("online", () => {
      box.forEach((item) => {
        item.tried = false;
      });
      send();
    });
    addEventListener("beforeunload", (event) => {
      if (box.length && !store) event.preventDefault();
    });
    draw();
    send();
  }

  // --- what others said, fetched now and then -------------------------------------
  const parts = () =>
    /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-part]"));
  /** What a button or a link is called. @param {Element} one */
  const called = (one) => one.getAttribute("aria-label") || one.textContent;
  /** The keyboard goes on where it stood, or at the part if that is gone. @param {HTMLElement} part @param {string | null} name */
  const stand = (part, name) => {
    const there = [
      .../** @type {NodeListOf<HTMLElement>} */ (part.querySelectorAll("a, button")),
    ];
    part.tabIndex = -1;
    (there.find((one) => called(one) === name) || part).focus({ preventScroll: true });
  };
  let asking = false;
  async function refresh() {
    if (asking || !parts().length) return;
    asking = true;
    try {
      const reply = await fetch(location.href, { headers: { "X-Refresh": "1" } });
      if (reply.ok && !reply.redirected) {
        const page = new DOMParser().parseFromString(await reply.text(), "text/html");
        parts().forEach((part) => {
          const fresh = page.querySelector(`[data-part="${part.dataset.part}"]`);
          if (!fresh || fresh.innerHTML === part.innerHTML) return;
          const at = document.activeElement;
          const inside = at !== part && part.contains(at) ? at : null;
          if (inside?.matches("input, select, textarea")) return; // somebody writes
          const name = inside && called(inside);
          part.replaceChildren(...fresh.childNodes);
          if (inside) stand(part, name);
        });
      }
    } catch {
      /* the next round tries again */
    }
    asking = false;
  }
  const round = () =>
    setTimeout(
      async () => {
        if (!document.hidden) await refresh();
        round();
      },
      20000 + 10000 * Math.random(),
    );
  if (parts().length) round();
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) refresh();
  });
  document.addEventListener("room-changed", refresh);

  // --- room check: one message there and back ----------------------------------------
  const checks = document.getElementById("checks");
  if (checks && checks.dataset.live && window.WebSocket) {
    const line = partOf(document, "#live");
    const began = performance.now();
    /** @param {boolean} ok @param {string} text */
    const tell = (ok, text) => {
      line.className = ok ? "ok" : "no";
      partOf(line, "strong").textContent = ok
        ? "3. The live channel works."
        : "3. The live channel does not work.";
      partOf(line, "small").textContent = text;
    };
    const socket = new WebSocket(
      (location.protocol === "https:" ? "wss://" : "ws://") +
        location.host +
        checks.dataset.live,
    );
    let done = false;
    socket.onopen = () => socket.send("hello");
    socket.onmessage = () => {
      done = true;
      tell(true, `There and back in ${Math.round(performance.now() - began)} ms.`);
      socket.close();
    };
    socket.onclose = () => {
      if (!done) tell(false, "Pages will ask for news every few seconds instead.");
    };
  }
})();
