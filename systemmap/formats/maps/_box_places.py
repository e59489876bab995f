"""A place for every factor, for formats that cannot leave it open."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from systemmap.model.system_map import SystemMap

_STEP_X, _STEP_Y = 180, 100  # apart enough for a label of two words


def places_of(system_map: SystemMap) -> dict[str, tuple[float, float]]:
    """Return each factor's place; those without one stand in a grid below the rest."""
    placed = {
        f.id: (f.x, f.y)
        for f in system_map.factors.values()
        if f.x is not None and f.y is not None
    }
    rest = sorted(set(system_map.factors) - set(placed))
    across = max(1, math.ceil(math.sqrt(len(rest))))
    top = max((y for _, y in placed.values()), default=-_STEP_Y) + _STEP_Y
    grid = {
        key: (float(n % across * _STEP_X), top + n // across * _STEP_Y)
        for n, key in enumerate(rest)
    }
    return placed | grid


def unplaced(system_map: SystemMap) -> tuple[str, ...]:
    """Return a sentence for the losses when factors had no place."""
    count = sum(f.x is None or f.y is None for f in system_map.factors.values())
    return (f"{count} factors without a place are put in a grid",) if count else ()
