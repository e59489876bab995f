"""Whether two titles are one action's: a word added or mended, not another action."""

from __future__ import annotations

from rapidfuzz import fuzz

from systemmap.model.text import folded

_ALIKE = 88  # of 100
MOST_COMPARED = 500  # titles: each new one is held against all of them


def alike(one: str, other: str) -> bool:
    """Whether two titles are nearly the same.

    Examples
    --------
    >>> alike("Walks for health", "Walk for health"), alike("Walks", "Swims")
    (True, False)
    """
    return fuzz.ratio(folded(one), folded(other)) >= _ALIKE
