"""What of a map hangs together: the main part, islands, and causes linked to nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

if TYPE_CHECKING:
    from systemmap.drawing.layout.map_numbers import Bools, Floats, Ints, Picture


@dataclass(frozen=True, slots=True)
class Parts:
    """Which factors, by number, belong to which part; no factor is in two.

    `main` is the largest part that links hold together, `islands` the smaller
    ones, largest first, and `unlinked` has no links at all.
    """

    main: Ints
    islands: tuple[Ints, ...]
    unlinked: Ints


def parts_of(picture: Picture) -> Parts:
    """Take a map apart where no link holds it together."""
    count = len(picture.ids)
    a, b = picture.lines.T
    links = coo_matrix((np.ones(len(a)), (a, b)), shape=(count, count))
    _, part = connected_components(links, directed=False)
    sizes = np.bincount(part, minlength=1)
    alone = sizes[part] == 1
    groups = [np.flatnonzero(part == name) for name in np.flatnonzero(sizes > 1)]
    groups.sort(key=lambda group: (-len(group), int(group[0])))
    none = np.zeros(0, np.intp)
    return Parts(
        main=groups[0] if groups else none,
        islands=tuple(groups[1:]),
        unlinked=np.flatnonzero(alone),
    )


def chosen(numbers: Ints, count: int) -> Bools:
    """Return a mask of the numbered factors."""
    mask = np.zeros(count, bool)
    mask[numbers] = True
    return mask


def bounds(spots: Floats, half: Floats) -> tuple[Floats, Floats]:
    """Return the upper left and lower right corners round some boxes."""
    return (spots - half).min(axis=0), (spots + half).max(axis=0)
