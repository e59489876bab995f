// @ts-check
"use strict";
// Asks every other moment where the room is, and goes along; words not sent stay on the phone.
(() => {
  const Every = 1300; // milliseconds; with the answer's way a phone is there within two seconds
  const words = document.body.dataset;
  const here = words.here;
  if (!here || !window.fetch) return;
  /** @typedef {{open: string[], go: string, draw: string, draw_title: string, title: string, step: number, mark: string}} Now */
  const Wide = matchMedia("(min-width: 700px)"); // a tablet: there is room to draw

  /** @returns {Storage | null} */
  const shelf = () => {
    try {
      return localStorage;
    } catch {
      return null;
    }
  };

  /** What was written on other pages of this room and not sent. @returns {string[]} */
  const unsent = () => {
    const store = shelf();
    const found = [];
    for (let at = 0; store && at < store.length; at += 1) {
      const name = store.key(at) || "";
      const [kind, room, path] = name.split(":");
      if (room !== words.room || path === location.pathname) continue;
      const kept = store.getItem(name) || "";
      if (kind === "draft") found.push(kept);
      if (kind === "outbox") found.push(...shownIn(kept));
    }
    return found.filter(Boolean);
  };
  /** @param {string} kept @returns {string[]} */
  const shownIn = (kept) => {
    try {
      return JSON.parse(kept).map((/** @type {{shown: string}} */ item) => item.shown);
    } catch {
      return [];
    }
  };

  /** @param {string} title "" = the phone did not come from another part just now */
  const tell = (title) => {
    const line = /** @type {HTMLElement | null} */ (
      document.querySelector("[data-moved-on]")
    );
    const kept = unsent();
    if (!line || !(title || kept.length)) return;
    line.textContent = title ? `${words.moved} ${title}` : "";
    if (kept.length) {
      const more = document.createElement("span");
      const quotes = kept.map((text) => `“${text}”`).join(" ");
      more.textContent = `${words.kept} ${quotes} ${words.until}`;
      line.append(more);
    }
    line.hidden = false;
  };
  tell(sessionStorage.getItem("moved") || "");
  sessionStorage.removeItem("moved");

  /** @param {Now} now */
  const move = (now) => {
    const writing = [
      .../** @type {NodeListOf<HTMLInputElement>} */ (
        document.querySelectorAll("[data-keep]")
      ),
    ].some((field) => field.value.trim());
    if (writing && !shelf()) {
      tell(now.title); // nothing could keep the words, so the phone stays with them
      return;
    }
    sessionStorage.setItem("moved", now.title);
    location.assign(now.go);
  };

  let step = Number(words.step); // at which this page was made: one may begin before it asks
  let mark = "";
  let gone = false;
  /** @param {Now} now */
  const follow = (now) => {
    if (now.draw && Wide.matches && !now.open.includes(here)) {
      now.go = now.draw;
      now.title = now.draw_title;
    }
    const begun = !Number.isNaN(step) && step !== now.step;
    step = now.step;
    const away = now.go !== location.pathname;
    if (document.querySelector("[data-waits-here]")) {
      gone = true;
      location.assign(now.open.includes(here) ? location.pathname : now.go);
    } else if (away && (!now.open.includes(here) || (here === "others" && begun))) {
      gone = true;
      move(now);
    } else if (mark !== now.mark) {
      // also the first time: the room may have changed since this page was made
      document.dispatchEvent(new Event("room-changed"));
    }
    mark = now.mark;
  };
  let asking = false;
  const look = async () => {
    if (asking || gone || document.hidden) return;
    asking = true;
    try {
      const reply = await fetch(
        `${location.pathname.split("/room/")[0]}/room/now?part=${here}`,
        {
          headers: { Accept: "application/json" },
        },
      );
      if (reply.ok) follow(await reply.json());
      else if (reply.status === 403 && !document.querySelector("[data-waits-here]")) {
        gone = true; // the room was closed: its own page says so
        location.reload();
      }
    } catch {
      /* the next round tries again */
    }
    asking = false;
  };
  setInterval(look, Every);
  document.addEventListener("visibilitychange", look);
})();
