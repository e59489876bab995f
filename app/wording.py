"""Words on screens: people's text made harmless, dates and counts as people say them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from systemmap.language.phrases import counted, day, joined

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

_SIGNS = re.compile(r"([\\`*_{}\[\]()#+\-.!|$:<>~])")
_WIDE = {ord(sign): ord(sign) + 0xFEE0 for sign in "\\`*_[]$<>~@&"} | {10: 32}


def safe_text(text: str) -> str:
    r"""Return people's text so that a widget which reads Markdown shows it as typed.

    Every sign that Markdown, maths, colour marks or emoji codes could take is
    escaped, so a label can neither load a picture nor change the page.

    Examples
    --------
    >>> print(safe_text("[see](http://x) :red[now]"))
    \[see\]\(http\://x\) \:red\[now\]
    """
    return _SIGNS.sub(r"\\\1", text).replace("\n", "  \n")


def label_text(text: str) -> str:
    """Return people's text as the label of a widget: shown, and read aloud, as typed.

    A label is Markdown on the screen but plain text to a screen reader, which would
    read every backslash. So a sign that Markdown could take is exchanged for its wide
    twin. What stands first in a label has to be a word of ours.

    Examples
    --------
    >>> print(label_text("Column 2, [Lead](http://x) *who?* (2026-27)"))
    Column 2, ［Lead］(http：//x) ＊who?＊ (2026-27)
    """
    plain = "www\uff0e".join(text.translate(_WIDE).split("www."))
    return ": ".join("\uff1a".join(part.split(":")) for part in plain.split(": "))


def clock(moment: datetime) -> str:
    """Return the time of day on this computer, for instance ``10:42``."""
    return f"{moment.astimezone():%H:%M}"


def when(moment: datetime) -> str:
    """Return a moment in words, for instance ``21 November 2026, 10:42``."""
    return f"{day(moment.astimezone())}, {clock(moment)}"


def count(number: int, one: str, many: str = "") -> str:
    """Return a number with its noun, by the rule of findings and documents."""
    return counted(number, one, many)


def listed(words: Sequence[str], *, limit: int = 0) -> str:
    """Return words as a list in a sentence, by the rule of findings and documents."""
    return joined(words, limit=limit)


def sentence(text: str) -> str:
    """Return text with a capital at the start, the rest as it was."""
    return text[:1].upper() + text[1:]
