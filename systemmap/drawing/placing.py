"""Where each factor stands: as stored with the map, else as laid out."""

from __future__ import annotations

from functools import lru_cache
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from systemmap.model.system_map import SystemMap

_ONE_AT_A_TIME = Lock()  # the page and its canvas ask for the same layout at once


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
    with _ONE_AT_A_TIME:
        return dict(_laid_out(_Shape(system_map)))


class _Shape:
    """What a layout depends on: two maps with the same shape get the same places."""

    def __init__(self, system_map: SystemMap) -> None:
        self.system_map = system_map
        factors = sorted(
            (f.id, f.label, f.theme, f.pinned, f.x, f.y)
            for f in system_map.factors.values()
        )
        self._facts = (tuple(factors), frozenset(system_map.links))

    def __hash__(self) -> int:
        return hash(self._facts)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Shape) and self._facts == other._facts


@lru_cache(maxsize=16)
def _laid_out(shape: _Shape) -> dict[str, tuple[float, float]]:
    from systemmap.drawing.layout import place_new  # numpy and scipy, only when needed

    return place_new(shape.system_map)
