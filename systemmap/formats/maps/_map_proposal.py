"""Which columns of a table name the ends of links, told from what stands in them."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from systemmap.formats.maps._map_headings import LINK_NAMES, meanings
from systemmap.formats.maps._sign_words import number_from, read_delay, read_sign
from systemmap.model.due import read_due
from systemmap.model.text import folded
from systemmap.model.values import Polarity

if TYPE_CHECKING:
    from collections.abc import Sequence

_LOOKED_AT = 400  # rows
_LONGEST = 80  # letters of a name
_SHARED = 0.25  # of the shorter column's different names

_LEVELS = frozenset(
    (
        "high",
        "medium",
        "low",
        "very high",
        "very low",
        "h",
        "m",
        "l",
        "yes",
        "no",
        "none",
    )
)


def link_columns(rows: Sequence[Sequence[str]]) -> dict[str, int]:
    """Return the columns of a table of links by what they hold; empty = it is none.

    Two columns name the ends where both hold short names, and some of the names
    stand in both. A column most of whose cells are known signs is the sign, one
    of yes and no, or of marks of delay, the delay.

    Examples
    --------
    >>> link_columns([["1", "Stress", "weakens", "Sleep"], ["2", "Sleep", "raises", "Mood"]])
    {'from': 1, 'to': 3}
    >>> link_columns([["North", "1,200"], ["South", "3,400"]])
    {}
    """
    looked = rows[:_LOOKED_AT]
    width = max((len(row) for row in looked), default=0)
    columns = [
        [row[n].strip() for row in looked if n < len(row) and row[n].strip()]
        for n in range(width)
    ]
    names = {
        n: {folded(cell) for cell in cells}
        for n, cells in enumerate(columns)
        if _are_names(cells, len(looked))
    }
    best, ends = 0.0, None
    for one, other in combinations(names, 2):
        shared = len(names[one] & names[other])
        share = shared / min(len(names[one]), len(names[other]))
        if shared and share >= _SHARED and share > best and names[one] != names[other]:
            best, ends = share, (one, other)
    if ends is None:
        return {}
    found = {"from": ends[0], "to": ends[1]}
    for n, cells in enumerate(columns):
        if n in ends or not cells:
            continue
        if "sign" not in found and 2 * sum(map(_is_sign, cells)) > len(cells):
            found["sign"] = n
        elif "delay" not in found and all(
            read_delay(cell) is not None and number_from(cell) is None for cell in cells
        ):
            found["delay"] = n
    return found


def ends_are_dates(rows: Sequence[Sequence[str]]) -> bool:
    """Say whether "Start" and "End" of a table, its headings first, are times, no ends.

    Examples
    --------
    >>> ends_are_dates([["Action", "Start", "End"], ["Open", "1/4/2026", "May 2027"]])
    True
    """
    found = meanings(rows[0], LINK_NAMES)
    places = [found[end] for end in ("from", "to") if end in found]
    cells = [r[at].strip() for r in rows[1:_LOOKED_AT] for at in places if at < len(r)]
    filled = [cell for cell in cells if cell]
    return bool(filled) and 2 * sum(map(_is_date, filled)) > len(filled)


def _is_date(cell: str) -> bool:
    due = (
        read_due(cell)
        if len(cell) <= _LONGEST and any(map(str.isdigit, cell))
        else None
    )
    return bool(due and due.start)


def _are_names(cells: Sequence[str], rows: int) -> bool:
    """Say whether a column is filled with short names: no figures, signs or sentences."""
    if 2 * len(cells) <= rows or len({folded(cell) for cell in cells}) < 2:
        return False
    odd = sum(
        folded(cell) in _LEVELS
        or number_from(cell.replace(",", "").rstrip("%")) is not None
        or _is_sign(cell)
        or len(cell) > _LONGEST
        for cell in cells
    )
    return 4 * odd < len(cells)


def _is_sign(cell: str) -> bool:
    return read_sign(cell).polarity is not Polarity.UNKNOWN
