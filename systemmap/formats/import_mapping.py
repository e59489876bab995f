"""What a person said of a file's columns, rows and lines: kept by name, used again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from functools import lru_cache
from string import ascii_lowercase
from typing import Any


class _Letters(dict[int, int | None]):
    """Says of a sign whether it stays: letters do."""

    def __missing__(self, sign: int) -> None:
        self[sign] = None


_LETTERS = _Letters((ord(c), ord(c)) for c in ascii_lowercase)


@lru_cache(maxsize=4_096)  # asked of every cell that may be a heading
def heading_words(heading: str) -> str:
    """Return a heading's letters alone, without case: two that agree mean the same.

    A heading without letters is itself.

    Examples
    --------
    >>> heading_words("By when?"), heading_words(" \u2713 ")
    ('bywhen', '\u2713')
    """
    plain = heading.casefold().replace("&", "and")
    return plain.translate(_LETTERS) or heading.strip()


def column_keys(headings: Sequence[str]) -> tuple[str, ...]:
    """Return a key for each column of a table: its heading, told apart where repeated.

    Examples
    --------
    >>> column_keys(["Factor 1", "Factor 2", "", "note", "Note"])
    ('factor 1', 'factor 2', 'column 3', 'note', 'note, column 5')
    """
    keys: list[str] = []
    for place, heading in enumerate(headings, 1):
        key = " ".join(heading.casefold().split()) or f"column {place}"
        keys.append(f"{key}, column {place}" if key in keys else key)
    return tuple(keys)


def heading_keys(headings: Sequence[str]) -> list[str]:
    """Return what each heading of one row is known by: no two the same.

    That is its letters; with its figures where another heading has the same
    letters, and with its place where it has no words at all or is repeated.

    Examples
    --------
    >>> heading_keys(("Action", "Q1 update", "Q2 update", "", "Action"))
    ['action', 'q1update', 'q2update', '(4)', 'action(5)']
    """
    letters = [heading_words(heading) for heading in headings]
    found: dict[str, None] = {}
    for place, (heading, word) in enumerate(zip(headings, letters, strict=True), 1):
        key = word
        if letters.count(word) > 1:
            key = "".join(c for c in heading.casefold() if c.isalnum()) or word
        found[key if key and key not in found else f"{key}({place})"] = None
    return list(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportMapping:
    """How files of one shape are read.

    Attributes
    ----------
    format : str
        The key of the format they are read as.
    shape : str
        What they have in common: their headings, or the kinds of their lines.
    columns : Mapping[str, str]
        What each heading means, by its `heading_keys`.
    headings : tuple[str, ...]
        The heading row that was pointed at, by letters; empty = found by words.
    rows : Mapping[str, str]
        What single rows are, by where they stand.
    dates : str
        ``"day first"``, ``"month first"`` or ``"as typed"``; "" = as found.
    orders : Mapping[str, str]
        The same of single columns, by their `heading_keys`.
    alike, lines : Mapping[str, str]
        What lines of a text, or rows of a table, are that look alike; and single
        lines by their words.
    signs, themes : Mapping[str, str]
        In a map: what each sign of the file means, and which theme its types are.
    tables : Mapping[str, str]
        What each sheet or list holds, by its name.
    fixed : Mapping[str, str]
        What is the same for every row and stands in no column.
    parts : tuple[str, ...]
        The views, pages or areas of the file that are wanted; empty = as found.
    ends : str
        Whether links name their ends by ``"id"`` or ``"name"``; "" = as found.
    """

    format: str
    shape: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    headings: tuple[str, ...] = ()
    rows: Mapping[str, str] = field(default_factory=dict)
    dates: str = ""
    orders: Mapping[str, str] = field(default_factory=dict)
    alike: Mapping[str, str] = field(default_factory=dict)
    lines: Mapping[str, str] = field(default_factory=dict)
    signs: Mapping[str, str] = field(default_factory=dict)
    themes: Mapping[str, str] = field(default_factory=dict)
    tables: Mapping[str, str] = field(default_factory=dict)
    fixed: Mapping[str, str] = field(default_factory=dict)
    parts: tuple[str, ...] = ()
    ends: str = ""

    def parameters(self) -> dict[str, Any]:
        """Return the mapping as plain data, without what it does not say."""
        return {name: value for name, value in asdict(self).items() if value}

    @classmethod
    def from_parameters(cls, data: Mapping[str, Any]) -> ImportMapping:
        """Return the mapping that `parameters` wrote; what is unknown is passed over."""
        said: dict[str, Any] = {"format": ""}
        said |= {n: str(data[n]) for n in _TEXTS if n in data}
        said |= {
            name: {str(k): str(v) for k, v in dict(data[name]).items()}
            for name in _PAIRS
            if isinstance(data.get(name), Mapping)
        }
        said |= {name: tuple(map(str, data.get(name, ()))) for name in _LISTS}
        return cls(**said)

    def said(self, what: str, key: str, meaning: str) -> ImportMapping:
        """Return the mapping with one thing more said, for instance of a column."""
        kept: dict[str, Any] = {what: {**getattr(self, what), key: meaning}}
        return replace(self, **kept)


_TEXTS = ("format", "shape", "dates", "ends")
_PAIRS = (
    "columns",
    "rows",
    "orders",
    "alike",
    "lines",
    "signs",
    "themes",
    "tables",
    "fixed",
)
_LISTS = ("headings", "parts")
