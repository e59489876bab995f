"""A map as numbers: box sizes, lines between boxes, themes. What placing works on."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from systemmap.drawing.layout.boxes import box_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from systemmap.model.system_map import SystemMap

Floats: TypeAlias = "NDArray[np.float64]"
Ints: TypeAlias = "NDArray[np.intp]"
Bools: TypeAlias = "NDArray[np.bool_]"

SCREEN = 2.3  # width to height of what bar and key leave a small laptop for the map
GAP = 12.2  # drawing units between boxes: 12, and what rounding may take
FULLEST = 0.5  # share of the page that boxes cover: names are read all at once
EMPTIEST = 0.22  # of a small map: further apart, lines are long and names no larger
ROOMY = 720_000.0  # square drawing units: what a small laptop shows at a good size


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """The arrays behind a drawing; factors are numbered in alphabetical order of id.

    Attributes
    ----------
    ids : tuple[str, ...]
        Factor ids by number.
    half : array (n, 2)
        Half the width and height of each box.
    lines : array (m, 2)
        Pairs of numbers, each pair of linked factors once.
    theme : array (n,)
        Number of the theme, -1 = not sorted into one.
    themes : int
        How many themes there are.
    fixed : array (n,)
        Which factors people have pinned.
    page : array (2,)
        Width and height of the page; it grows with the boxes.
    """

    ids: tuple[str, ...]
    half: Floats
    lines: Ints
    theme: Ints
    themes: int
    fixed: Bools
    page: Floats

    def as_positions(self, spots: Floats) -> dict[str, tuple[float, float]]:
        """Return (x, y) by factor id, rounded so that no machine shows in the last digit."""
        return {
            name: (round(float(x), 1), round(float(y), 1))
            for name, (x, y) in zip(self.ids, spots, strict=True)
        }

    def as_spots(self, positions: Mapping[str, tuple[float, float]]) -> Floats:
        """Return the positions as an array in the order of `ids`."""
        return np.array([positions[name] for name in self.ids], float).reshape(-1, 2)

    def part(self, keep: Bools) -> Picture:
        """Return the picture of some of the factors, on a page of their own."""
        number = np.cumsum(keep) - 1
        lines = self.lines[keep[self.lines].all(axis=1)]
        half = self.half[keep]
        return replace(
            self,
            ids=tuple(np.array(self.ids)[keep].tolist()),
            half=half,
            lines=number[lines].reshape(-1, 2),
            theme=self.theme[keep],
            fixed=self.fixed[keep],
            page=page_for(half, self.page[0] / self.page[1]),
        )


def picture_of(system_map: SystemMap, *, ratio: float = SCREEN) -> Picture:
    """Measure the map's boxes and number its factors, links and themes.

    `ratio` is the width of the frame to fill, by its height.
    """
    ids = tuple(sorted(system_map.factors))
    number = {name: i for i, name in enumerate(ids)}
    factors = [system_map.factors[name] for name in ids]
    boxes = [box_of(factor.label) for factor in factors]
    half = np.array([(box.width / 2, box.height / 2) for box in boxes], float)
    half = half.reshape(-1, 2)
    names = sorted({factor.theme for factor in factors if factor.theme})
    pairs = {tuple(sorted((number[a], number[b]))) for a, b in system_map.links}
    return Picture(
        ids=ids,
        half=half,
        lines=np.array(sorted(pairs), np.intp).reshape(-1, 2),
        theme=np.array(
            [names.index(f.theme) if f.theme else -1 for f in factors], np.intp
        ),
        themes=len(names),
        fixed=np.array([f.pinned and None not in (f.x, f.y) for f in factors], bool),
        page=page_for(half, ratio),
    )


def page_for(half: Floats, ratio: float) -> Floats:
    """Return the width and height of a page that these boxes fill well."""
    taken = taken_by(half)
    area = max(taken / FULLEST, min(ROOMY, taken / EMPTIEST), 1.0)
    page = np.array([(area * ratio) ** 0.5, (area / ratio) ** 0.5])
    return page if not len(half) else np.maximum(page, 2 * half.max(axis=0) + GAP)


def taken_by(half: Floats) -> float:
    """Return how much room boxes take with the gap round them."""
    return float(np.prod(2 * half + GAP, axis=1).sum())
