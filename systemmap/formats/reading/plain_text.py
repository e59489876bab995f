"""Marked-up notes of other tools as plain text."""

from __future__ import annotations

import html
import re

import nh3

_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_BREAK = re.compile(r"<br\s*/?>|</(?:p|div|li|h[1-6]|tr)>", re.IGNORECASE)


def plain(text: str) -> str:
    r"""Return text without tags; breaks, paragraphs and list items become lines.

    Examples
    --------
    >>> plain("<p>Fish &amp; chips</p><script>x()</script><li>now</li>")
    'Fish & chips\nnow'
    >>> plain("5 < 6 and a -> b")
    '5 < 6 and a -> b'
    """
    if not _TAG.search(text):
        return text
    lines = _BREAK.sub("\n", text)
    return html.unescape(nh3.clean(lines, tags=set())).strip()
