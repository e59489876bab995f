"""Marked-up notes of other tools as plain text."""

from __future__ import annotations

import html
import re

import nh3

_KNOWN = nh3.ALLOWED_TAGS | {
    "body",
    "font",
    "head",
    "html",
    "script",
    "section",
    "style",
    "title",
}
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_BREAK = re.compile(r"<br\s*/?>|</(?:p|div|li|h[1-6]|tr)>", re.IGNORECASE)


def plain(text: str) -> str:
    r"""Return text without tags; breaks, paragraphs and list items become lines.

    Examples
    --------
    >>> plain("<p>Fish &amp; chips</p><script>x()</script><li>now</li>")
    'Fish & chips\nnow'
    >>> plain("<b>Ask</b> <team name> by May")
    'Ask <team name> by May'
    >>> plain("5 < 6 and a -> b")
    '5 < 6 and a -> b'
    """
    if not _TAG.search(text):
        return text
    lines = _BREAK.sub("\n", _TAG.sub(_escaped_unless_known, text))
    return html.unescape(nh3.clean(lines, tags=set())).strip()


def _escaped_unless_known(tag: re.Match[str]) -> str:
    name = tag[0].strip("</>").split(maxsplit=1)[0].rstrip("/").casefold()
    return tag[0] if name in _KNOWN else html.escape(tag[0])
