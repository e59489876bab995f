"""The worst strings found for each pattern, and how they are run.

`worst_strings.json` is written by `find_worst.py`: under "patterns" a row for
each pattern, under "recipes" all that was ever found, for patterns to come. A
recipe is a list of texts, `[prefix, pump, prefix, pump, …, suffix]`, whose pumps
are repeated until the whole has the length wanted. A row's "limit" is written
by hand, with "because": it is the longest text the pattern ever gets.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.sizes import WHOLE

if TYPE_CHECKING:
    import re

FILE = Path(__file__).with_name("worst_strings.json")
LENGTH = 100_000 if WHOLE else 50_000
BUDGET = 4 if WHOLE else 1  # seconds for one string

Recipe = list[str]


@cache
def kept() -> dict[str, Any]:
    """Return all that is written in the file."""
    return json.loads(FILE.read_text(encoding="utf-8"))


def rows() -> dict[str, dict[str, Any]]:
    """Return what was found for each pattern, by its key."""
    return kept()["patterns"]


def text_of(recipe: Recipe, length: int) -> str:
    """Return the string that a recipe makes."""
    *pairs, suffix = recipe
    pumps = pairs[1::2]
    fixed = sum(map(len, [*pairs[::2], suffix]))
    times = max(1, (length - fixed) // max(1, sum(map(len, pumps))))
    made = (
        prefix + pump * times for prefix, pump in zip(pairs[::2], pumps, strict=True)
    )
    return "".join(made) + suffix


def run(pattern: re.Pattern[str], method: str, text: str) -> None:
    """Search a text from end to end, as one of the methods of a pattern does."""
    if method in ("sub", "subn"):
        pattern.sub("", text)
    elif method in ("finditer", "findall", "split"):
        for _ in pattern.finditer(text):
            pass
    else:
        getattr(pattern, method)(text)


def methods(used: set[str]) -> list[str]:
    """Return the methods that differ in what they cost, of those used."""
    same = {"subn": "sub", "findall": "finditer", "split": "finditer"}
    return sorted({same.get(method, method) for method in used})


def work(piece: list[Any]) -> None:
    """Run one pattern on one string: what a process of its own is asked to do."""
    from tests.linear.regexes import compiled

    pattern, flags, method, recipe, length = piece
    run(compiled(pattern, flags), method, text_of(recipe, length))
