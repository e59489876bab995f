"""One table of a file, on its way into a map."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a file: its headings, and its rows as text with where they stand.

    `proposed` are columns whose meaning was told from their cells.
    """

    name: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]
    proposed: Mapping[str, int] = field(default_factory=dict)
