"""What a person says of published figures: which area is ours, what follows which cause."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from systemmap.errors import InvalidValue
from systemmap.model.elements import Factor
from systemmap.model.evidence import Indicator
from systemmap.model.text import clean_label

if TYPE_CHECKING:
    from collections.abc import Collection

    from systemmap.model.programme import Programme


def choose_area(programme: Programme, code: str, name: str) -> None:
    """Remember which area of the figures is the council's.

    Raises
    ------
    InvalidValue
        Neither a code nor a name is given.
    """
    code, name = clean_label(code), clean_label(name)
    if not code and not name:
        raise InvalidValue("Choose the area that is yours, for example 'Sampleshire'.")
    programme.replace(replace(programme.info, area_code=code, area_name=name))


def tie_indicator(
    programme: Programme,
    indicator_id: str,
    causes: Collection[str],
    *,
    map_id: str = "main",
) -> None:
    """Say which causes an indicator follows: those given, and no others of the map.

    Parameters
    ----------
    causes : collection of factor ids
        Empty = it follows none.

    Raises
    ------
    UnknownItem
        There is no such indicator, or no such cause on the map.
    """
    programme.find(Indicator, indicator_id)
    of_map = [f for f in programme.all(Factor).values() if f.map_id == map_id]
    known = {f.id for f in of_map}
    for cause in causes:
        if cause not in known:
            programme.find(Factor, cause)
    for factor in of_map:
        wanted = factor.id in causes
        if wanted is (indicator_id in factor.indicators):
            continue
        kept = tuple(i for i in factor.indicators if i != indicator_id)
        programme.replace(
            replace(factor, indicators=(*kept, indicator_id) if wanted else kept)
        )
