"""Dates in figures: which number is the day, asked once a column where that is open."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from systemmap.model.due import read_dues
from systemmap.model.values import Due

if TYPE_CHECKING:
    from collections.abc import Sequence

DAY, MONTH = "day first", "month first"


@dataclass(frozen=True, slots=True)
class ReadDates:
    """A column's dates as read, and those that stay open until the order is known."""

    dues: tuple[Due | None, ...]
    open: tuple[str, ...] = ()
    month_first: str = ""


def read_dates(raws: Sequence[str], order: str = "") -> ReadDates:
    """Read a column of dates.

    Dates in figures are read day first, as is usual here. Where one of them can
    only be month first, those that could be either are left unread: guessing
    cell by cell would be wrong for some.

    Parameters
    ----------
    raws : sequence of str
        The cells.
    order : str
        ``"day first"`` or ``"month first"`` where a person said so; "" = not said.
    """
    parts = [_figures(raw) for raw in raws]
    odd = [raw for raw, part in zip(raws, parts, strict=True) if part and part[1] > 12]
    texts, still = [], []
    for raw, part in zip(raws, parts, strict=True):
        either = part is not None and max(part[:2]) <= 12 and part[0] != part[1]
        if part and (part[1] > 12 or (either and order == MONTH)):
            texts.append(f"{part[1]}/{part[0]}/{part[2]}")
        elif either and odd and not order:
            still.append(raw.strip())
            texts.append("")
        else:
            texts.append(raw)
    dues = read_dues(texts)
    shown = [
        replace(due, raw=raw.strip())
        if due
        else (Due(raw=raw.strip()) if raw.strip() else None)
        for due, raw in zip(dues, raws, strict=True)
    ]
    return ReadDates(tuple(shown), tuple(still), odd[0].strip() if odd else "")


def _figures(raw: str) -> tuple[int, int, int] | None:
    """Return the first two figures of a date and its year, where it is nothing else."""
    parts = raw.strip().replace(".", "/").replace("-", "/").split("/")
    if len(parts) != 3 or not all(p.isascii() and p.isdigit() for p in parts):
        return None
    if len(parts[0]) > 2 or len(parts[1]) > 2 or len(parts[2]) not in (2, 4):
        return None
    first, second, year = map(int, parts)
    return (
        (first, second, year) if first and second and min(first, second) <= 12 else None
    )
