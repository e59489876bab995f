"""Three plain words that let a phone into the room, and the address in the QR code."""

from __future__ import annotations

import re
import secrets
from functools import cache
from importlib.resources import files

JOIN_WORDS = 3
"""Three words of 2,048 are 33 bits: at 4 wrong tries a second, which is all the
server hears, the chance of one hit in three hours is about 5 in a million."""


@cache
def word_list() -> tuple[str, ...]:
    """Return the 2,048 words that codes are made of, in alphabetical order."""
    text = files(__package__).joinpath("words.txt").read_text(encoding="utf-8")
    return tuple(text.split())


def new_join_words() -> str:
    """Make a new code of three different words, for instance ``amber-kettle-river``."""
    chosen: list[str] = []
    while len(chosen) < JOIN_WORDS:
        word = secrets.choice(word_list())
        if word not in chosen:
            chosen.append(word)
    return "-".join(chosen)


def join_words_from(typed: str) -> str:
    """Read a code as people type it: any case, any separators.

    Examples
    --------
    >>> join_words_from(" Amber kettle, RIVER. ")
    'amber-kettle-river'
    """
    return "-".join(re.findall(r"[a-z]+", typed.lower())[: JOIN_WORDS + 1])


def join_address(base: str, words: str) -> str:
    """Return the address in the QR code.

    Examples
    --------
    >>> join_address("http://192.168.1.20:8501/", "amber-kettle-river")
    'http://192.168.1.20:8501/j/amber-kettle-river'
    """
    return f"{base.rstrip('/')}/j/{words}"


def spoken(words: str) -> str:
    """Return a code as it is read aloud: ``amber kettle river``."""
    return words.replace("-", " ")
