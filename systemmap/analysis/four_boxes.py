"""The four-box chart: drivers, hubs, results and quiet factors, by direct links."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum
from statistics import median
from typing import TYPE_CHECKING

from systemmap.analysis.map_analysis import analysed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from systemmap.analysis.map_analysis import MapAnalysis
    from systemmap.model.system_map import SystemMap

NOTE = "By number of links, which depends on how the group split its causes."


class Role(StrEnum):
    """Which of the four boxes a factor is in."""

    DRIVER = "driver"  # few links in, many out
    HUB = "hub"  # many in, many out
    RESULT = "result"  # many in, few out
    QUIET = "quiet"  # few in, few out


_ROLES = {
    (False, True): Role.DRIVER,
    (True, True): Role.HUB,
    (True, False): Role.RESULT,
    (False, False): Role.QUIET,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FourBoxes:
    """Every factor's box, and the cells to draw.

    Attributes
    ----------
    roles : dict[str, Role]
        By factor id, in alphabetical order.
    cells : dict[tuple[int, int], tuple[str, ...]]
        Factors by (links in, links out): those in one cell are stacked.
    median_in, median_out : float
        "Many" is strictly above the map's median.
    """

    roles: Mapping[str, Role]
    cells: Mapping[tuple[int, int], tuple[str, ...]]
    median_in: float
    median_out: float

    def count(self, role: Role) -> int:
        """Return how many factors are in one box."""
        return sum(each is role for each in self.roles.values())


def four_boxes(drawn: SystemMap | MapAnalysis) -> FourBoxes:
    """Put every factor into one of four boxes by its direct links in and out.

    References
    ----------
    Analysis guide, section 7; the idea of the chart is Godet's, without powers.
    """
    graph = analysed(drawn).graph
    links = {key: (graph.in_degree(key), graph.out_degree(key)) for key in graph}
    median_in = float(median([n for n, _ in links.values()] or [0]))
    median_out = float(median([n for _, n in links.values()] or [0]))
    cells = defaultdict(list)
    for key, cell in links.items():
        cells[cell].append(key)
    return FourBoxes(
        roles={
            key: _ROLES[n_in > median_in, n_out > median_out]
            for key, (n_in, n_out) in links.items()
        },
        cells={cell: tuple(cells[cell]) for cell in sorted(cells)},
        median_in=median_in,
        median_out=median_out,
    )
