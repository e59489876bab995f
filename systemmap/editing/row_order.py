"""Rows moved among others: up, down, to an end, or before a row; several keep their order."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence

WAYS = ("top", "up", "down", "bottom")
"""How rows are moved."""


def with_moved(
    order: Sequence[str],
    chosen: Collection[str],
    way: str,
    *,
    group: Callable[[str], str],
    among: Collection[str],
) -> list[str]:
    """Return the order with some rows moved, each within its own group.

    Parameters
    ----------
    way : str
        One of `WAYS`; or a row, and they stand before it.
    group : callable
        What a row belongs to: it never leaves it.
    among : collection of str
        The rows that are seen: a step goes past one of these, and past all between.

    Examples
    --------
    >>> moved = lambda chosen, way: "".join(
    ...     with_moved("abcde", chosen, way, group=lambda row: "", among="abcde")
    ... )
    >>> moved("d", "up"), moved("cd", "up"), moved("ac", "up"), moved("bd", "top")
    ('abdce', 'acdbe', 'acbde', 'bdace')
    >>> moved("b", "down"), moved("bd", "bottom"), moved("ae", "c")
    ('acbde', 'acebd', 'baecd')
    """
    if way in ("down", "bottom"):
        back = order[::-1]
        turned = "up" if way == "down" else "top"
        return with_moved(back, chosen, turned, group=group, among=among)[::-1]
    rows = list(order)
    movers = [row for row in order if row in chosen]
    if way == "up":
        for row in movers:
            _past_the_one_before(rows, row, chosen, group, among)
        return rows
    if way == "top":
        for row in reversed(movers):
            first = next(r for r in rows if group(r) == group(row) and r in among)
            _before(rows, row, first)
        return rows
    for row in movers:
        if row != way and group(row) == group(way):
            _before(rows, row, way)
    return rows


def _past_the_one_before(
    rows: list[str],
    row: str,
    chosen: Collection[str],
    group: Callable[[str], str],
    among: Collection[str],
) -> None:
    for other in reversed(rows[: rows.index(row)]):
        if group(other) == group(row) and other in among:
            if other not in chosen:  # else it stands at the top with those before it
                _before(rows, row, other)
            return


def _before(rows: list[str], row: str, other: str) -> None:
    if row != other:
        rows.remove(row)
        rows.insert(rows.index(other), row)


def in_order(now: Sequence[str], wanted: Iterable[str]) -> list[str]:
    """Return the rows there are as wanted; one that was not spoken of stays after its neighbour.

    Examples
    --------
    >>> in_order(["a", "b", "new", "c"], ["c", "gone", "a", "b"])
    ['c', 'a', 'b', 'new']
    """
    there = set(now)
    rows = [row for row in dict.fromkeys(wanted) if row in there]
    spoken = set(rows)
    for place, row in enumerate(now):
        if row not in spoken:
            rows.insert(rows.index(now[place - 1]) + 1 if place else 0, row)
            spoken.add(row)
    return rows
