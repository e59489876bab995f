"""How a phase or an action is rated: the word, why, and the day it was said."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from systemmap.errors import InvalidValue
from systemmap.model.plan import Phase
from systemmap.model.text import clean

if TYPE_CHECKING:
    from datetime import date

    from systemmap.model.response import Action

RATING_WORDS = {"red": "Red", "amber": "Amber", "green": "Green", "blue": "Blue"}
"""The ratings a menu offers, as a cell says them."""


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
    if isinstance(record, Phase) and rating in ("red", "amber") and not why:
        msg = f"Phase {record.number} is rated {rating} without a reason. Say why, in one line."
        raise InvalidValue(msg)
    same = record and (rating, why) == (record.rating, record.rating_reason)
    on = (
        (today if rating else None) if not same else record.rated_on if record else None
    )
    return {"rating": rating, "rating_reason": why, "rated_on": on}
