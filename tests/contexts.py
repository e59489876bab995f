"""Windows of a browser that are lent to test after test, each time with nothing in them.

A new one has to fetch, and put into machine code, all of Streamlit's scripts: a third
of what a page costs. One that comes back has no cookies, nothing stored, no pages and
no permissions; it keeps the files that any page may keep, and one page that nobody
sees: with it lives the process that draws, and has read the scripts.
"""

from __future__ import annotations

import json

from playwright.sync_api import Error

MOST = 6  # that are kept
ALIKE = 2  # of those opened in one way: a room of phones has a dozen
SAME_SITE = "http://127.0.0.1:9/"  # nobody is asked: what it shows is given below
FOR_GOOD = (
    "add_init_script",
    "expose_binding",
    "grant_permissions",
    "on",
    "route",
    "set_extra_http_headers",
)


class Contexts:
    """What `browser.new_context` gives; `close` gives it back."""

    def __init__(self, browser, patience):
        self._make = browser.new_context
        self._patience = patience
        self._free = []
        self._lent = {}

    def lend(self, **how):
        """Return one that nobody uses, opened in this way."""
        key = json.dumps(how, sort_keys=True, default=repr)
        kept = [context for wanted, context in self._free if wanted == key]
        if kept:
            context = kept[-1]
            self._free.remove((key, context))
        else:
            context = self._make(**how)
            context.set_default_timeout(self._patience)
            self._watch(context)
        context.set_offline(how.get("offline", False))
        self._lent[context] = key
        return context

    def lent(self):
        """Those that somebody has, in the order in which they were lent."""
        return list(self._lent)

    def page(self, **how):
        """Return a page of its own."""
        return self.lend(**how).new_page()

    def _watch(self, context):
        """Whatever stays in it for good ends it when it comes back."""
        end = context.close
        for name in FOR_GOOD:
            setattr(context, name, _telling(context, getattr(context, name)))

        def close():
            key = self._lent.pop(context, None)
            if key is None:
                return
            alike = sum(kept == key for kept, _ in self._free)
            spoilt = hasattr(context, "changed") or alike == ALIKE
            if spoilt or not _emptied(context):
                end()
                return
            self._free.append((key, context))
            while len(self._free) > MOST:
                self._free.pop(0)[1].end()

        context.end, context.close = end, close


def _telling(context, change):
    def changed(*words, **named):
        context.changed = True
        return change(*words, **named)

    return changed


def _emptied(context):
    """Empty it; False = it could not be."""
    try:
        if not hasattr(context, "unseen"):
            context.unseen = _unseen(context)
        for page in context.pages:
            if page is not context.unseen:
                page.close()
        line = context.new_cdp_session(context.unseen)
        everything = {"origin": "*", "storageTypes": "all"}
        line.send("Storage.clearDataForOrigin", everything)
        line.detach()
        context.clear_cookies()
    except Error:
        return False
    return context.pages == [context.unseen]


def _unseen(context):
    """Open an empty page of the site that every test's server stands on."""
    page = context.new_page()
    page.route("**", lambda asked: asked.fulfill(body=""))
    page.goto(SAME_SITE)
    page.unroute("**")
    return page
