"""What a person said of a file's columns, rows and lines: kept by name, used again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any


def heading_words(heading: str) -> str:
    """Return a heading's letters alone, without case: two that agree mean the same.

    A heading without letters is itself.

    Examples
    --------
    >>> heading_words("By when?"), heading_words(" \u2713 ")
    ('bywhen', '\u2713')
    """
    plain = heading.casefold().replace("&", "and")
    return "".join(c for c in plain if "a" <= c <= "z") or heading.strip()


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
        What each heading means, by its letters alone.
    headings : tuple[str, ...]
        The heading row that was pointed at, by letters; empty = found by words.
    rows : Mapping[str, str]
        What single rows are, by where they stand.
    dates : str
        ``"day first"`` or ``"month first"``; "" = as found.
    alike, lines : Mapping[str, str]
        What lines of a text are: all that look alike, and single ones by words.
    """

    format: str
    shape: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    headings: tuple[str, ...] = ()
    rows: Mapping[str, str] = field(default_factory=dict)
    dates: str = ""
    alike: Mapping[str, str] = field(default_factory=dict)
    lines: Mapping[str, str] = field(default_factory=dict)

    def parameters(self) -> dict[str, Any]:
        """Return the mapping as plain data, without what it does not say."""
        return {name: value for name, value in asdict(self).items() if value}

    @classmethod
    def from_parameters(cls, data: Mapping[str, Any]) -> ImportMapping:
        """Return the mapping that `parameters` wrote; what is unknown is passed over."""
        texts = {n: str(data[n]) for n in ("format", "shape", "dates") if n in data}
        maps = {
            name: {str(k): str(v) for k, v in dict(data[name]).items()}
            for name in ("columns", "rows", "alike", "lines")
            if isinstance(data.get(name), Mapping)
        }
        headings = tuple(map(str, data.get("headings", ())))
        return cls(**{"format": "", **texts}, **maps, headings=headings)  # type: ignore[arg-type]

    def said(self, what: str, key: str, meaning: str) -> ImportMapping:
        """Return the mapping with one thing more said: a column, row, kind or line."""
        kept: dict[str, Any] = {what: {**getattr(self, what), key: meaning}}
        return replace(self, **kept)
