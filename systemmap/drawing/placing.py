"""Where each factor stands: as stored with the map, else as laid out."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from systemmap.model.system_map import SystemMap


def places_of(system_map: SystemMap) -> dict[str, tuple[float, float]]:
    """Return the middle of each factor's box by factor id.

    Stored places are kept. Factors without one are placed near their
    neighbours, and a map without any is laid out; nothing is stored.
    """
    stored = {
        factor.id: (factor.x, factor.y)
        for factor in system_map.factors.values()
        if factor.x is not None and factor.y is not None
    }
    if len(stored) == len(system_map.factors):
        return stored
    from systemmap.layout import place_new  # numpy and scipy, only when needed

    return place_new(system_map)
