"""Controlled words, one CSV file each; row order is menu order.

Every row carries a source and says whether it is confirmed. A programme can
extend any vocabulary with terms of its own (`systemmap.model.plan.LocalTerm`).
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import TYPE_CHECKING

from systemmap.errors import UnknownItem

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One word of a vocabulary, with where it comes from."""

    key: str
    label: str
    description: str
    source: str
    confirmed: bool = True


def vocabularies() -> tuple[str, ...]:
    """Return the names of all vocabularies, in alphabetical order."""
    names = (entry.name for entry in files(__name__).iterdir())
    return tuple(sorted(name[:-4] for name in names if name.endswith(".csv")))


@cache
def terms(vocabulary: str) -> Mapping[str, Term]:
    """Return the terms of one vocabulary by key, in file order.

    Raises
    ------
    UnknownItem
        There is no vocabulary of that name.

    Examples
    --------
    >>> [term.label for term in terms("action_scales").values()]
    ['Events', 'Structures', 'Goals', 'Beliefs']
    """
    if vocabulary not in vocabularies():
        raise UnknownItem.named("vocabulary", vocabulary, vocabularies())
    text = files(__name__).joinpath(f"{vocabulary}.csv").read_text(encoding="utf-8")
    found = {
        row["key"]: Term(
            key=row["key"],
            label=row["label"],
            description=row["description"],
            source=row["source"],
            confirmed=row["confirmed"] == "yes",
        )
        for row in csv.DictReader(text.splitlines())
    }
    return MappingProxyType(found)


def label(vocabulary: str, key: str) -> str:
    """Return a term's label; an unknown or empty key comes back as typed."""
    term = terms(vocabulary).get(key)
    return term.label if term else key
