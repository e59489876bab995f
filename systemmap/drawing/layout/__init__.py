"""Where each factor is drawn: apart, untangled, in the frame's own shape.

The numeric libraries are brought in by the functions: whoever only asks for the size
of a box, as every writer of a file does, need not wait for them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

    from systemmap.drawing.layout.map_numbers import Floats, Picture
    from systemmap.model.system_map import SystemMap

    Place = tuple[float, float]

STARTS = 150  # factors that are arranged altogether, of which the clearest map is kept
MOST_STARTS = 6


def place(
    system_map: SystemMap,
    *,
    ratio: float | None = None,
    seed: int = 1,
) -> dict[str, tuple[float, float]]:
    """Place every factor afresh.

    Parameters
    ----------
    system_map : SystemMap
        The map to draw. It is not changed.
    ratio : float | None
        Width of the frame to fill, by its height; None = a screen's.
    seed : int
        The same seed gives the same places.

    Returns
    -------
    dict[str, tuple[float, float]]
        Centre of each box by factor id, in drawing units, y downwards. Boxes
        stand at least 12 units apart. Islands and, in rows, causes that
        nothing links stand below. Pinned factors keep their place.
    """
    import numpy as np

    from systemmap.drawing.layout.arrangement import MANY, arranged, standing_at_pins
    from systemmap.drawing.layout.map_numbers import SCREEN, picture_of

    picture = picture_of(system_map, ratio=ratio or SCREEN)
    if not picture.ids:
        return {}
    count = len(picture.ids)
    starts = max(1, min(MOST_STARTS, STARTS // count, count // 6))
    spots = arranged(picture, starts=1 if count > MANY else starts, seed=seed)
    pins = _pins(picture, system_map)
    spots = standing_at_pins(spots, pins, picture)
    kept = {
        picture.ids[i]: (float(pins[i, 0]), float(pins[i, 1]))
        for i in np.flatnonzero(picture.fixed)
    }
    return picture.as_positions(spots) | kept


def place_new(
    system_map: SystemMap, *, moved: Collection[str] = (), seed: int = 1
) -> dict[str, tuple[float, float]]:
    """Find places for new factors and leave everybody else where they are.

    Parameters
    ----------
    system_map : SystemMap
        The map to draw; factors without x and y are new. It is not changed.
    moved : collection of factor ids
        Factors to place again as though they were new, unless pinned.
    seed : int
        Used where nothing has a place yet.

    Returns
    -------
    dict[str, tuple[float, float]]
        The centre of every box. A new factor stands beside what it is linked
        to where no box is in the way; new factors that are linked only among
        themselves stand together beside the map, and a new factor that nothing
        links stands in the tray.
    """
    import numpy as np

    from systemmap.drawing.layout.map_numbers import picture_of
    from systemmap.drawing.layout.newcomers import with_newcomers

    factors = system_map.factors
    kept = {
        key: (factor.x, factor.y)
        for key, factor in factors.items()
        if factor.x is not None
        and factor.y is not None
        and (factor.pinned or key not in moved)
    }
    if not kept:
        return place(system_map, seed=seed)
    picture = picture_of(system_map)
    spots = np.array([kept.get(key, (np.nan, np.nan)) for key in picture.ids], float)
    spots = with_newcomers(spots, picture, seed)
    return picture.as_positions(spots) | {key: kept[key] for key in sorted(kept)}


def place_grown(system_map: SystemMap, grown: Collection[str]) -> dict[str, Place]:
    """Find room for boxes that became larger, such as by another name.

    Parameters
    ----------
    system_map : SystemMap
        The map, its factors with their places. It is not changed.
    grown : collection of factor ids
        Only these may move, each to the nearest free place; pinned ones do not.

    Returns
    -------
    dict[str, tuple[float, float]]
        Where those stand that have to move; empty = nobody has to.
    """
    import numpy as np

    from systemmap.drawing.layout.map_numbers import picture_of
    from systemmap.drawing.layout.spread import nearest_free

    picture = picture_of(system_map)
    factors = [system_map.factors[key] for key in picture.ids]
    there = np.array([None not in (f.x, f.y) for f in factors], bool)
    spots = np.array([(f.x, f.y) for f in factors], float).reshape(-1, 2)
    moved: dict[str, Place] = {}
    for number, key in enumerate(picture.ids):
        if key not in grown or picture.fixed[number] or not there[number]:
            continue
        others = there & (np.arange(len(spots)) != number)
        at, half = spots[number], picture.half[number]
        spot = nearest_free(at, half, spots[others], picture.half[others])
        if (spot != at).any():
            spots[number] = spot
            moved[key] = (round(float(spot[0]), 1), round(float(spot[1]), 1))
    return moved


def waiting_in_tray(
    system_map: SystemMap, factor_ids: Collection[str]
) -> frozenset[str]:
    """Return which of some factors stand in the tray because nothing links them.

    Pinned ones are not among them: somebody chose their place.
    """
    import numpy as np

    from systemmap.drawing.layout.frames import in_tray
    from systemmap.drawing.layout.map_numbers import picture_of

    loose = {
        key
        for key in factor_ids
        if not any(key in pair for pair in system_map.links)
        and (found := system_map.factors[key]).x is not None
        and not found.pinned
    }
    if not loose:
        return frozenset()
    placed = system_map.copy()
    for factor in system_map.factors.values():
        if factor.x is None or factor.y is None:
            placed.remove_factor(factor.id)
    picture = picture_of(placed)
    spots = picture.as_spots(
        {key: (f.x or 0.0, f.y or 0.0) for key, f in placed.factors.items()}
    )
    tray = in_tray(spots, picture)
    return frozenset(loose & {picture.ids[n] for n in np.flatnonzero(tray)})


def _pins(picture: Picture, system_map: SystemMap) -> Floats:
    """Return where people pinned factors, to the last digit; nan for the others."""
    import numpy as np

    factors = [system_map.factors[key] for key in picture.ids]
    return np.array(
        [
            (f.x, f.y) if there else (np.nan, np.nan)
            for f, there in zip(factors, picture.fixed, strict=True)
        ],
        float,
    ).reshape(-1, 2)
