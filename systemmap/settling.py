"""Storing a place for every factor, so that a map looks the same each time it is opened."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from systemmap.model.programme import Programme


def settle(draft: Programme, map_id: str = "main") -> int:
    """Give every factor of a map that has no place one of its own.

    Parameters
    ----------
    draft : Programme
        Changed in place. Factors that have a place keep it.
    map_id : str
        Which map; one that does not exist yet is left alone.

    Returns
    -------
    int
        How many factors were placed: near their neighbours, or by a layout of
        the whole map when none had a place. A map without links waits for
        them: what belongs together is not known yet.
    """
    if map_id not in draft.maps:
        return 0
    system_map = draft.system_map(map_id)
    new = [f for f in system_map.factors.values() if f.x is None or f.y is None]
    if not new or not system_map.links:
        return 0
    from systemmap.layout import (
        place_new,
    )  # numpy, only when there is something to place

    places = place_new(system_map)
    for factor in new:
        x, y = places[factor.id]
        draft.replace(replace(factor, x=round(x, 1), y=round(y, 1)))
    return len(new)
