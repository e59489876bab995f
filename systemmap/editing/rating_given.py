"""How a phase or an action is rated: the word, why, and the day it was said."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from systemmap.errors import InvalidValue
from systemmap.model.plan import Phase
from systemmap.model.text import clean, folded

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from systemmap.model.response import Action

    Cells = Mapping[str, str]

RATING_WORDS = {"red": "Red", "amber": "Amber", "green": "Green", "blue": "Blue"}
"""The ratings a menu offers, as a cell says them."""


_ASKS = ("red", "amber")


def unexplained(
    before: Mapping[str, Cells], changed: Mapping[str, Cells], added: Iterable[Cells]
) -> list[tuple[str, str]]:
    """Return the rows that are newly rated red or amber, without a reason: name, rating.

    Cells are as a grid says them. An action may stay so; a person is asked all the same.
    """
    now = [{**before.get(key, {}), **cells} for key, cells in changed.items()]
    said = [
        row for row, cells in zip(now, changed.values(), strict=True) if _told(cells)
    ]
    return [
        (row.get("title", "").strip(), row["rating"])
        for row in [*said, *added]
        if folded(row.get("rating", "")) in _ASKS and not row.get("reason", "").strip()
    ]


def _told(cells: Cells) -> bool:
    return bool({"rating", "reason"} & set(cells))


def rated(
    record: Phase | Action | None, rating: str, reason: str, today: date
) -> dict[str, Any]:
    """Return the fields of a rating given by a person; a new one is dated today.

    `record` is None for an action that is only made.

    Raises
    ------
    InvalidValue
        A phase is to be red or amber without a reason. An action may be: a
        council's column of colours gives none.
    """
    why = clean(reason).strip()
    if isinstance(record, Phase) and rating in _ASKS and not why:
        msg = f"Phase {record.number} is rated {rating} without a reason. Say why, in one line."
        raise InvalidValue(msg)
    same = record and (rating, why) == (record.rating, record.rating_reason)
    on = (
        (today if rating else None) if not same else record.rated_on if record else None
    )
    return {"rating": rating, "rating_reason": why, "rated_on": on}
