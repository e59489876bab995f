"""Where a map's boxes stand in another tool, whose boxes have sizes of their own.

One rule for all: the map keeps its shape and is spread just as far as it takes
for boxes that stand apart here to stand apart there. How far is noted in the
file, so that a file of ours that comes back has the places it left with.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

from systemmap.drawing.layout.boxes import box_of
from systemmap.errors import ReadError
from systemmap.formats.maps._sign_words import number_from
from systemmap.formats.reading.json_data import parse_json

if TYPE_CHECKING:
    from collections.abc import Mapping

    from systemmap.model.system_map import SystemMap

Place = tuple[float, float]
Size = tuple[float, float]  # width, height

_STEP_X, _STEP_Y = 180, 100  # apart enough for a label of two words
_MOST = 4.0  # times: a map spread further would be read box by box only


@dataclass(frozen=True, slots=True)
class Spacing:
    """How a map was spread and moved on its way into a file.

    Attributes
    ----------
    scale : float
        How many times as far apart everything stands there.
    right, down : float
        How far it was moved after that, in the file's units.
    unplaced : frozenset[str]
        Ids of factors that have no place here and were given one for the file.
    """

    scale: float = 1.0
    right: float = 0.0
    down: float = 0.0
    unplaced: frozenset[str] = frozenset()

    def there(self, place: Place) -> Place:
        """Return the place in the file of a place here.

        Examples
        --------
        >>> Spacing(2.0, right=10.0).there((3.0, 4.0))
        (16.0, 8.0)
        """
        x, y = place
        there = x * self.scale + self.right, y * self.scale + self.down
        return round(there[0], 2), round(there[1], 2)

    def here(self, x: object, y: object, key: str = "") -> dict[str, Any]:
        """Return the place here of one in the file, as fields of a factor.

        Examples
        --------
        >>> Spacing(2.0, right=10.0).here("16", "8")
        {'x': 3.0, 'y': 4.0}
        """
        found = number_from(x), number_from(y)
        if key in self.unplaced or found[0] is None or found[1] is None:
            return {"x": None, "y": None}
        here = (found[0] - self.right) / self.scale, (found[1] - self.down) / self.scale
        return {"x": round(here[0], 2), "y": round(here[1], 2)}

    def noted(self, ids: Mapping[str, object] | None = None) -> dict[str, object]:
        """Return it as plain data for the file, which may have `ids` of its own."""
        found: dict[str, object] = {
            "scale": self.scale,
            "right": self.right,
            "down": self.down,
        }
        keys = [str(ids[key]) if ids else key for key in sorted(self.unplaced)]
        return found | ({"unplaced": keys} if keys else {})

    @classmethod
    def of(cls, noted: Any) -> Self:  # noqa: ANN401 - whatever stands in the file
        """Return what a file of ours notes; as it stands when it notes nothing."""
        noted = noted if isinstance(noted, dict) else {}
        scale = number_from(noted.get("scale")) or 0.0
        right, down = (number_from(noted.get(n)) or 0.0 for n in ("right", "down"))
        unplaced = noted.get("unplaced")
        keys = unplaced if isinstance(unplaced, list) else []
        return cls(scale if scale > 0 else 1.0, right, down, frozenset(map(str, keys)))


def noted_in(text: str) -> Spacing:
    """Return what a text of a file of ours notes; as it stands where it notes nothing."""
    try:
        return Spacing.of(parse_json(text) if text else None)
    except ReadError:
        return Spacing()


def spread(
    system_map: SystemMap,
    sizes: Mapping[str, Size] | None = None,
    *,
    gap: float = 0.0,
    from_corner: float | None = None,
) -> tuple[dict[str, Place], Spacing]:
    """Return each factor's place in a file, and how the map was spread for it.

    Parameters
    ----------
    system_map : SystemMap
        The map. It is not changed.
    sizes : mapping, optional
        Width and height of each factor's box as the other tool will draw it, by
        id; none = the tool takes the size that the file says.
    gap : float
        How far apart two boxes must stand there at least.
    from_corner : float, optional
        How far the whole map stands from the tool's upper left corner at least;
        none = it may stand anywhere.

    Returns
    -------
    tuple[dict[str, tuple[float, float]], Spacing]
        Centres in the file's units, y downwards. Boxes that stand on each other
        here still do; the map is spread no more than four times.
    """
    here = _places_of(system_map)
    scale = _scale(here, _sizes_here(system_map), sizes, gap) if sizes else 1.0
    right = down = 0.0
    if from_corner is not None and here:
        sizes = sizes or _sizes_here(system_map)
        left = min(scale * here[k][0] - sizes[k][0] / 2 for k in here)
        top = min(scale * here[k][1] - sizes[k][1] / 2 for k in here)
        right, down = math.ceil(from_corner - left), math.ceil(from_corner - top)
    unplaced = frozenset(
        f.id for f in system_map.factors.values() if f.x is None or f.y is None
    )
    spacing = Spacing(scale, float(right), float(down), unplaced)
    return {key: spacing.there(place) for key, place in here.items()}, spacing


def unplaced(system_map: SystemMap) -> tuple[str, ...]:
    """Return a sentence for the losses when factors had no place."""
    count = sum(f.x is None or f.y is None for f in system_map.factors.values())
    return (f"{count} factors without a place are put in a grid",) if count else ()


def _places_of(system_map: SystemMap) -> dict[str, Place]:
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


def _sizes_here(system_map: SystemMap) -> dict[str, Size]:
    boxes = {f.id: box_of(f.label) for f in system_map.factors.values()}
    return {key: (box.width, box.height) for key, box in boxes.items()}


def _scale(
    here: Mapping[str, Place],
    ours: Mapping[str, Size],
    theirs: Mapping[str, Size],
    gap: float,
) -> float:
    """Return how far to spread so that boxes apart here are apart there."""
    keys = sorted(here, key=lambda key: here[key])
    wanted = 1.0
    widest = max((theirs[key][0] for key in keys), default=0.0) + gap
    for n, one in enumerate(keys):
        for other in keys[n + 1 :]:
            across = here[other][0] - here[one][0]
            if across * wanted > widest:
                break
            along = abs(here[other][1] - here[one][1])
            apart = [
                across > (ours[one][0] + ours[other][0]) / 2,
                along > (ours[one][1] + ours[other][1]) / 2,
            ]
            if not any(apart):
                continue
            need = [
                ((theirs[one][at] + theirs[other][at]) / 2 + gap) / distance
                for at, distance in enumerate((across, along))
                if distance > 0
            ]
            wanted = max(wanted, min(need))
    return min(math.ceil(wanted * 100 - 1e-6) / 100, _MOST)
