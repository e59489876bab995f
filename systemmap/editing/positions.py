"""A place for every factor, stored, so that a map looks the same each time it is opened."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from systemmap.model.elements import Factor, Link

if TYPE_CHECKING:
    from collections.abc import Mapping

    from systemmap.model.programme import Programme


def give_places(
    draft: Programme, map_id: str = "main", *, without_links: bool = False
) -> int:
    """Give every factor of a map that has no place one of its own.

    Parameters
    ----------
    draft : Programme
        Changed in place. Factors that have a place keep it.
    map_id : str
        Which map; one that does not exist yet is left alone.
    without_links : bool
        Place them even where the map has no links, because people see it now.

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
    new = [f.id for f in system_map.factors.values() if f.x is None or f.y is None]
    if not new or not (system_map.links or without_links):
        return 0
    from systemmap.drawing.layout import (
        place_new,  # numpy, only when there is work for it
    )

    places = place_new(system_map)
    put_places(draft, map_id, {factor_id: places[factor_id] for factor_id in new})
    return len(new)


def make_room(draft: Programme, map_id: str, factor_id: str) -> None:
    """Move a factor whose box became larger aside, if it would now cover another."""
    from systemmap.drawing.layout import (
        place_grown,  # numpy, only when there is work for it
    )

    put_places(draft, map_id, place_grown(draft.system_map(map_id), [factor_id]))


def link_from_tray(draft: Programme, link: Link) -> None:
    """Add a link; an end that waited in the tray comes to stand beside the other.

    Whoever draws the first link of a cause says where it belongs. What stands
    on the map, or was pinned, stays.
    """
    from systemmap.drawing.layout import (
        place_new,  # numpy, only when there is work for it
        waiting_in_tray,
    )

    waiting = waiting_in_tray(draft.system_map(link.map_id), (link.source, link.target))
    draft.add(link)
    if waiting:
        where = place_new(draft.system_map(link.map_id), moved=waiting)
        put_places(draft, link.map_id, {key: where[key] for key in waiting})


def put_places(
    draft: Programme, map_id: str, where: Mapping[str, tuple[float, float]]
) -> None:
    """Store places of factors, to a tenth; those that have them already are left."""
    for factor_id, (x, y) in where.items():
        factor = draft.find(Factor, f"{map_id}/{factor_id}")
        if (factor.x, factor.y) != (x, y):
            draft.replace(replace(factor, x=round(x, 1), y=round(y, 1)))
