// @ts-check
"use strict";
// The facilitator's page: live from the channel, and nothing moves under the pointer.
(() => {
  const Slowly = 5000; // milliseconds after which phones and clock are asked for
  const Calm = 350; // milliseconds for which what has just come takes no click
  const PointedAt =
    ".card:hover, button:hover, a:hover, label:hover, select:hover, input:hover, summary:hover";
  const said = /** @type {HTMLElement} */ (document.getElementById("said"));
  const news = /** @type {HTMLElement} */ (document.querySelector("[data-news]"));
  const centre = /** @type {HTMLElement} */ (
    document.querySelector('[data-part="centre"]')
  );
  const newsButton = /** @type {HTMLButtonElement} */ (news.querySelector("button"));
  /** Parts as they are at the server, held back while somebody works with them. @type {Map<string, Element>} */
  const late = new Map();
  /** Parts as they were drawn last; since then a form here may have got its key. @type {Map<string, string>} */
  const drawn = new Map();

  /** @param {ParentNode} page @returns {HTMLElement[]} */
  const partsOf = (page) => [
    .../** @type {NodeListOf<HTMLElement>} */ (page.querySelectorAll("[data-part]")),
  ];
  /** @typedef {NodeListOf<HTMLInputElement>} Boxes */
  /** @param {ParentNode} part @param {string} which */
  const boxesOf = (part, which) => [
    .../** @type {Boxes} */ (part.querySelectorAll(which)),
  ];
  /** @param {Element} part */
  const nameOf = (part) => part.getAttribute("data-part") || "";
  /** @param {Element} part */
  const countOf = (part) =>
    Number(part.querySelector("[data-count]")?.getAttribute("data-count") || 0);

  /** Whether somebody writes or walks there by keys; a button that was clicked keeps the focus for nothing. @param {Element} active */
  const works = (active) =>
    active.matches("input, select, textarea") || active.matches(":focus-visible");

  /** Whether somebody points at a part, writes in it, or has ticked or opened something there. @param {HTMLElement} part */
  const inUse = (part) => {
    const active = document.activeElement;
    if (active && active !== part && part.contains(active) && works(active))
      return true;
    if (part.querySelector(PointedAt)) return true;
    if (!("held" in part.dataset)) return false;
    const boxes = boxesOf(part, "input[type=checkbox]");
    return (
      boxes.some((box) => box.checked !== box.defaultChecked) || unsent(part).length > 0
    );
  };
  /** What stays chosen until it is changed. @param {ParentNode} part */
  const keptIn = (part) => boxesOf(part, "select[data-keep]");
  const Words = "textarea, input:not([type=checkbox], [type=radio], [type=hidden])";
  /** Words or a file that were not sent yet. @param {ParentNode} part */
  const unsent = (part) =>
    boxesOf(part, Words).filter((field) => field.value !== field.defaultValue);

  /** @param {HTMLElement} part @param {Element} fresh */
  const put = (part, fresh) => {
    const scrolls = [...part.querySelectorAll("*")].map((one) => one.scrollTop);
    const open = [...part.querySelectorAll("details")].map((one) => one.open);
    const focused = keyOf(document.activeElement, part);
    const words = document.activeElement?.textContent;
    const top = part.scrollTop;
    const kept = new Map(
      keptIn(part).map((field) => [field.dataset.keep, field.value]),
    );
    part.replaceChildren(...fresh.cloneNode(true).childNodes);
    drawn.set(nameOf(part), fresh.innerHTML);
    for (const name of ["data-count", "data-look"]) {
      const value = fresh.getAttribute(name);
      if (value !== null) part.setAttribute(name, value);
    }
    part.scrollTop = top;
    for (const field of keptIn(part)) {
      field.value = kept.get(field.dataset.keep) ?? field.value;
    }
    if (scrolls.some(Boolean)) {
      [...part.querySelectorAll("*")].forEach((one, at) => {
        if (scrolls[at]) one.scrollTop = scrolls[at];
      });
    }
    [...part.querySelectorAll("details")].forEach((one, at) => {
      if (open.length === part.querySelectorAll("details").length) one.open = open[at];
    });
    const alike = focused ? [...part.querySelectorAll(focused)] : [];
    const same = alike.find((one) => one.textContent === words);
    if (same instanceof HTMLElement) same.focus();
    late.delete(nameOf(part));
    part.classList.add("fresh");
    setTimeout(() => part.classList.remove("fresh"), Calm);
  };
  /** How a part's focused element is found again. @param {Element | null} one @param {HTMLElement} part */
  const keyOf = (one, part) => {
    if (!one || !part.contains(one)) return "";
    const name = one.getAttribute("name");
    const value = one.getAttribute("value");
    const tag = one.tagName.toLowerCase();
    if (!name) return tag === "button" ? "button" : "";
    return `${tag}[name="${CSS.escape(name)}"]${value ? `[value="${CSS.escape(value)}"]` : ""}`;
  };

  const tellLate = () => {
    const fresh = late.get("centre");
    news.hidden = !fresh;
    if (!fresh) return;
    const more = countOf(fresh) - countOf(centre);
    const text = more > 0 ? `${more} more came in. Show` : "Something changed. Show";
    if (newsButton.textContent !== text) newsButton.textContent = text;
  };

  /** @param {Document} page @param {boolean} all also what is in use */
  const show = (page, all) => {
    const open = page.body.dataset.open || "";
    if (!open && document.body.dataset.open && parent !== window) {
      parent.postMessage("room-closed", location.origin);
    }
    document.body.dataset.open = open;
    const there = new Map(partsOf(page).map((part) => [nameOf(part), part]));
    for (const part of partsOf(document)) {
      const fresh = there.get(nameOf(part));
      if (!fresh) continue;
      const same = fresh.innerHTML === drawn.get(nameOf(part));
      if (same) late.delete(nameOf(part));
      else if ((!all || unsent(part).length) && inUse(part))
        late.set(nameOf(part), fresh);
      else put(part, fresh);
    }
    tellLate();
  };

  let [asking, again, all] = [false, false, false];
  async function refresh() {
    again = asking; // whoever asks just now asks once more
    if (asking) return;
    asking = true;
    do {
      again = false;
      const everything = all;
      all = false;
      try {
        const reply = await fetch(location.href, { headers: { "X-Refresh": "1" } });
        if (reply.ok) {
          const page = new DOMParser().parseFromString(await reply.text(), "text/html");
          show(page, everything);
        } else if (reply.status === 403) {
          tell("This page was open for long. Open it again from the workshop.", true);
        }
      } catch {
        tell(
          "No connection just now. What was saved is safe; this page goes on by itself.",
          true,
        );
      }
    } while (again);
    asking = false;
  }

  /** @param {string} text @param {boolean} [bad] */
  const tell = (text, bad = false) => {
    if (said.textContent !== text) said.textContent = text;
    said.classList.toggle("bad", bad);
  };

  // --- what was held back is shown when nobody works there any more -------------------
  const settle = () => {
    for (const part of partsOf(document)) {
      const fresh = late.get(nameOf(part));
      if (fresh && !inUse(part)) put(part, fresh);
    }
    tellLate();
  };
  document.addEventListener("pointerout", () => setTimeout(settle, 50));
  document.addEventListener("focusout", () => setTimeout(settle, 50));
  newsButton.addEventListener("click", () => {
    const fresh = late.get("centre");
    if (fresh) put(centre, fresh);
    tellLate();
  });

  // --- acts ---------------------------------------------------------------------------
  /** Acts on their way, one after the other. @type {Set<string>} */
  const underWay = new Set();
  let turn = Promise.resolve();
  /** @typedef {{form?: HTMLFormElement, file?: File, done?: (answer: any) => void}} More */
  /** @param {string} address @param {URLSearchParams} body @param {More} [more] */
  const send = (address, body, more = {}) => {
    const act = `${address} ${body}`;
    if (underWay.has(act)) return; // a double tap is one act
    underWay.add(act);
    document.body.classList.add("busy");
    turn = turn.then(() => sendNow(act, address, body, more));
  };
  /** What was sent stands in its fields no more; what was written since does. @param {HTMLFormElement} form @param {URLSearchParams} body */
  const empty = (form, body) => {
    for (const field of unsent(form)) {
      const file = field.type === "file";
      const sent = file || body.getAll(field.name).includes(field.value);
      if (!sent) continue;
      field.value = field.defaultValue;
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
    for (const key of boxesOf(form, "input[type=hidden][name=key]")) key.value = "";
  };
  /** What was put right is not asked for again. */
  const leaveCorrection = () => {
    const page = new URL(location.href);
    page.searchParams.delete("correct");
    page.hash = "";
    history.replaceState(null, "", page);
  };
  /** @param {string} act @param {string} address @param {URLSearchParams} body @param {More} more */
  const sendNow = async (act, address, body, { form, file, done }) => {
    tell(file ? "Reading…" : "Saving…");
    /** @type {Record<string, string>} */
    const headers = { Accept: "application/json" };
    if (file) headers["Content-Type"] = "application/octet-stream";
    const whole = file ? new Blob([String(body), "\n", file]) : body;
    try {
      const reply = await fetch(address, { method: "POST", body: whole, headers });
      const answer = await reply.json();
      tell(answer.said || answer.problem || "", !reply.ok);
      all = reply.ok;
      if (reply.ok && form) empty(form, body);
      if (reply.ok && done) done(answer);
      if (reply.ok && body.get("act") === "correct") leaveCorrection();
    } catch {
      tell("Not saved: no answer. Try again.", true);
    }
    underWay.delete(act);
    document.body.classList.toggle("busy", underWay.size > 0);
    await refresh();
  };
  document.addEventListener("submit", (event) => {
    const form = /** @type {HTMLFormElement} */ (event.target);
    if (form.method !== "post") return;
    event.preventDefault();
    const button = /** @type {HTMLButtonElement | null} */ (
      /** @type {SubmitEvent} */ (event).submitter
    );
    const body = new URLSearchParams();
    for (const [name, value] of new FormData(form)) body.append(name, String(value));
    if (button?.name) body.append(button.name, button.value);
    if (button?.dataset.act) body.set("act", button.dataset.act);
    send(form.action, body, { form });
  });
  document.addEventListener("input", (event) => {
    const field = /** @type {HTMLInputElement} */ (event.target);
    const form = field.form;
    const key = form && "typing" in form.dataset && form.elements.namedItem("key");
    // what is sent a second time, because the answer was lost, is known by it
    if (key instanceof HTMLInputElement && !key.value)
      key.value = `${Date.now()}-${Math.random()}`;
  });
  document.addEventListener("change", (event) => {
    const field = /** @type {HTMLInputElement} */ (event.target);
    const form = field.form;
    if (form && "atOnce" in form.dataset) form.requestSubmit();
    else if (form && "choose" in form.dataset) form.submit();
  });

  // The work that is shown already comes no second time: ticks and words would be gone.
  let leaving = false; // for other work, whose page has not come yet: the last press counts
  document.addEventListener("click", (event) => {
    const link = /** @type {Element} */ (event.target).closest("a");
    if (!link?.matches(".looks a") || event.ctrlKey || event.metaKey || event.shiftKey)
      return;
    if (leaving || !link.matches("[aria-current]")) {
      leaving = true;
      return;
    }
    event.preventDefault();
    history.replaceState(null, "", link.href); // from now on it does not follow the agenda
    refresh();
  });

  Object.assign(window, { runTheRoom: { send } });

  /** @type {{hear: (refresh: () => void, slowly: number) => void}} */
  const channel = /** @type {any} */ (window).roomNews;
  for (const part of partsOf(document)) drawn.set(nameOf(part), part.innerHTML);
  channel.hear(refresh, Slowly);
})();
