"""Marks of Markdown in pasted words: **bold**, __bold__, *slanted* and `code`."""

from __future__ import annotations

import re

_BOLD = (
    re.compile(r"\*\*(?=\S)([^*\n]+)(?<=\S)\*\*"),
    re.compile(r"(?<!\w)__(?=[^\s_])([^_\n]+)(?<=\S)__(?!\w)"),
)
_SLANTED = (
    re.compile(r"(?<![*\w])\*(?=[^\s*])([^*\n]+)(?<=\S)\*(?![*\w])"),
    re.compile(r"(?<!\w)_(?=[^\s_])([^_\n]+)(?<=\S)_(?!\w)"),
    re.compile(r"`([^`\n]+)`"),
)


def has_bold(text: str) -> bool:
    """Say whether words of a text are marked as bold by stars.

    Examples
    --------
    >>> has_bold("**Action**: see below"), has_bold("2 ** 3 and __name__")
    (True, False)
    """
    return "**" in text and _BOLD[0].search(text) is not None


def without_marks(text: str) -> str:
    """Return a text without the marks around its words.

    Examples
    --------
    >>> without_marks("**Open** *a* __club__, `now`; 5 * 3 * 2, my_file_name")
    'Open a club, now; 5 * 3 * 2, my_file_name'
    """
    for pattern in (*_SLANTED, *_BOLD, *_SLANTED[:2]):
        text = pattern.sub(r"\1", text)
    return text
