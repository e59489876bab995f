"""What people looked at and kept apart, remembered as digests: a purge leaves no words."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from itertools import combinations, permutations
from typing import TYPE_CHECKING

from systemmap.language.same_words import compared_text
from systemmap.model.text import folded
from systemmap.model.workshop import Workshop

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from systemmap.model.programme import Programme

KEPT_APART = "kept_apart"
"""Keys of groups that were kept apart before pairs were remembered."""
APART = "apart"
"""Groups that were kept apart: for each of its wordings the digests it is known by."""


class KeptApart:
    """What people kept apart in a workshop."""

    def __init__(self, workshop: Workshop) -> None:
        self._workshop = workshop.id
        self._groups = [
            [frozenset(map(str, _listed(names))) for names in _listed(group)]
            for group in _listed(workshop.extra.get(APART))
        ]
        self._keys = set(map(str, _listed(workshop.extra.get(KEPT_APART))))

    def are(self, one: Iterable[str], other: Iterable[str]) -> bool:
        """Say whether two wordings, each by its names, were kept apart."""
        if not self._groups:
            return False
        first, second = self._digests(one), self._digests(other)
        return any(
            not first.isdisjoint(a) and not second.isdisjoint(b)
            for group in self._groups
            for a, b in permutations(group, 2)
        )

    def holds(self, key: str, wordings: Sequence[Sequence[str]]) -> bool:
        """Say whether a group was kept apart: as it is, or every two of it."""
        if key in self._keys:
            return True
        if len(wordings) == 1:
            names = self._digests(wordings[0])
            return any(len(g) == 1 and not names.isdisjoint(g[0]) for g in self._groups)
        return all(self.are(*two) for two in combinations(wordings, 2))

    def _digests(self, names: Iterable[str]) -> frozenset[str]:
        return frozenset(_digest(self._workshop, name) for name in names)


def remember_apart(
    draft: Programme, workshop_id: str, wordings: Iterable[Iterable[str]]
) -> None:
    """Keep in a draft that these wordings, each by its names, are not one thing."""
    workshop = draft.find(Workshop, workshop_id)
    group = [
        sorted({_digest(workshop_id, name) for name in names}) for names in wordings
    ]
    known = [*_listed(workshop.extra.get(APART)), group]
    draft.replace(replace(workshop, extra={**workshop.extra, APART: known}))


def names_of(text: str, factor_id: str | None) -> tuple[str, ...]:
    """Return what a wording is known by: its words, their sense and its cause."""
    cause = (f"#{factor_id}",) if factor_id else ()
    return (folded(text), sense_of(text), *cause)


def sense_of(text: str) -> str:
    """Return what a wording and others in the same words are known by together."""
    return f"~{compared_text(text)}"


def _digest(workshop_id: str, name: str) -> str:
    return hashlib.sha256(f"{workshop_id}\x1f{name}".encode()).hexdigest()[:12]


def _listed(value: object) -> Sequence[object]:
    return value if isinstance(value, (list, tuple)) else ()
