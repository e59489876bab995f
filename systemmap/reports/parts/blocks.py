"""A document as data: headings, sentences, lists, tables. Word and HTML only lay it out."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

BLANK = "…"  # stands where the words are left to the author


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A heading; levels 1 to 3 are below the title. `anchor` is what an index leads to."""

    text: str
    level: int = 1
    new_page: bool = False
    anchor: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """A paragraph. `kind` is "", "lead" (the finding) or "small" (sources and notes)."""

    text: str
    kind: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Items:
    """A list of sentences, with bullets or as (1), (2) …"""

    items: tuple[str, ...]
    numbered: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table with a caption and a header row.

    Attributes
    ----------
    shares : tuple[int, ...]
        How the width is shared out, one number a column.
    numbers : frozenset[int]
        Columns set to the right.
    colours : mapping
        (row, column) to text colour and ground, for ratings and shades; the
        cell's words say the same.
    links : tuple[str, ...]
        The heading's anchor that each row's first cell leads to; where pages
        are set, a last column says on which page it is. Empty = no index.
    """

    caption: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    shares: tuple[int, ...]
    numbers: frozenset[int] = frozenset()
    colours: Mapping[tuple[int, int], tuple[str, str]] = field(default_factory=dict)
    links: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ForAuthor:
    """Sections that a person writes: named, and left empty."""

    names: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """A picture drawn by us, as SVG, with what it shows in words."""

    svg: str
    words: str


Block = Heading | Words | Items | Table | ForAuthor | Drawing


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A whole document.

    Attributes
    ----------
    running : str
        What stands above the title: whose meeting or place, and the day.
    facts : tuple[tuple[str, str], ...]
        Label and value under the title ("Report of", "Contact").
    footer : str
        On every page, before its number.
    landscape : bool
        For wide tables.
    sides : int
        On at most so many sides, where pages are set: set a little smaller for
        it; 0 = as many as it takes.
    one_page : bool
        Set as small as it takes to stand on one page, where pages are set.
    """

    title: str
    blocks: tuple[Block, ...]
    running: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    footer: str = ""
    landscape: bool = False
    sides: int = 0
    one_page: bool = False
