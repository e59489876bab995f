"""What a screen reader says of a page: a virtual one, in the browser, as a test hears it.

`@guidepup/virtual-screen-reader` walks the accessibility tree of the real page. It is
installed with what checks the web scripts (`tests/scripts/check.py`).
"""

from __future__ import annotations

from functools import cache

import pytest

from tests.scripts import check

_PACKAGE = "node_modules/@guidepup/virtual-screen-reader/lib/esm/index.browser.js"
_EXPORTED = "export{"
_NO_NEWS = ("end of ", "paragraph", "strong", "emphasis")
"""What is said of every paragraph and at every end: nobody listens for it."""


_MOST = 3_000
_TRIES = 5


@cache
def _script() -> str:
    """Return the package's one module as a script that leaves `reader` on the page."""
    if not check.install():
        pytest.fail(check.NOT_FETCHED)
    source = (check.PLACE / _PACKAGE).read_text(encoding="utf-8")
    body, _, names = source.rpartition(_EXPORTED)
    exported = names[: names.index("}")].split(",")
    (reader,) = [n.split(" as ")[0] for n in exported if n.endswith(" as virtual")]
    return f"(() => {{ {body}\nwindow.reader = {reader}; }})()"


def said_of(page, part="document.body"):
    """Walk through a part of the page; return what is said, phrase by phrase.

    `part` is JavaScript that gives the element.
    """
    page.evaluate(f"window.reader ?? {_script()}")
    for _ in range(_TRIES):
        said = _walked(page, part)
        if said[-2].startswith("end of "):
            break
    else:
        pytest.fail(f"The page never stood still to be read: {said[-5:]}")
    return [p.strip() for p in said if not p.startswith(_NO_NEWS)]


def _walked(page, part):
    """Go once through a part, back to where it begins; a page that changes begins anew."""
    return page.evaluate(
        f"""async () => {{
            await reader.start({{ container: {part} }});
            let log = await reader.spokenPhraseLog();
            for (let step = 0; step < {_MOST}; step += 1) {{
                await reader.next();
                log = await reader.spokenPhraseLog();
                if (log.length > 2 && log.at(-1) === log[0]) break;
            }}
            await reader.stop();
            return log;
        }}"""
    )


def heard_during(page, part, act):
    """Return what is read out by itself while something is done: live regions speak."""
    page.evaluate(f"window.reader ?? {_script()}")
    page.evaluate(f"reader.start({{ container: {part} }})")
    act()
    log = page.evaluate("reader.spokenPhraseLog()")
    page.evaluate("reader.stop()")
    spoken = [phrase.strip() for phrase in log]
    return [p for p in spoken if p.startswith(("polite: ", "assertive: "))]
