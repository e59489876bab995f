"""Boxes by their middles, and the way of a link as a chain of curves."""

from __future__ import annotations

import math
from bisect import bisect_left
from dataclasses import dataclass
from itertools import accumulate, pairwise

Point = tuple[float, float]

_STEPS = 8  # straight bits in which a curve is measured


@dataclass(frozen=True, slots=True)
class Frame:
    """A box by its middle and its size."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Route:
    """The way of a link: where it starts, then what each curve bends towards and ends at.

    Examples
    --------
    >>> Route(((0, 0), (50, 0), (100, 0))).at(0.25)
    (25.0, 0.0)
    """

    points: tuple[Point, ...]

    @property
    def start(self) -> Point:
        """Where it leaves its first box."""
        return self.points[0]

    @property
    def end(self) -> Point:
        """Where it meets its last box."""
        return self.points[-1]

    @property
    def length(self) -> float:
        """How long it is."""
        return sum(math.dist(a, b) for a, b in pairwise(self._traced()))

    def at(self, share: float) -> Point:
        """Return the point after a share (0 to 1) of its length."""
        line = self._traced()
        before, after, rest = self._stretch(line, share)
        x = before[0] + (after[0] - before[0]) * rest
        return x, before[1] + (after[1] - before[1]) * rest

    def heading(self, share: float) -> float:
        """Return the direction of travel after a share of its length, in radians."""
        before, after, _ = self._stretch(self._traced(), share)
        return math.atan2(after[1] - before[1], after[0] - before[0])

    def beside(self, away: float) -> Route:
        """Return a way that runs `away` drawing units to the right of this one."""
        moved = []
        for number, (x, y) in enumerate(self.points):
            before = self.points[max(number - 1, 0)]
            after = self.points[min(number + 1, len(self.points) - 1)]
            way = math.atan2(after[1] - before[1], after[0] - before[0])
            moved.append((x - away * math.sin(way), y + away * math.cos(way)))
        return Route(tuple(moved))

    def _traced(self) -> list[Point]:
        line = [self.points[0]]
        for at in range(0, len(self.points) - 2, 2):
            start, via, end = self.points[at : at + 3]
            line += [
                _on(start, via, end, step / _STEPS) for step in range(1, _STEPS + 1)
            ]
        return line

    @staticmethod
    def _stretch(line: list[Point], share: float) -> tuple[Point, Point, float]:
        bits = [math.dist(a, b) for a, b in pairwise(line)]
        passed = list(accumulate(bits))
        wanted = share * passed[-1]
        at = min(bisect_left(passed, wanted), len(bits) - 1)
        while at and not bits[at]:
            at -= 1
        rest = (wanted - (passed[at] - bits[at])) / bits[at] if bits[at] else 0.0
        return line[at], line[at + 1], rest


def _on(start: Point, via: Point, end: Point, share: float) -> Point:
    rest = 1 - share
    return (
        rest * rest * start[0] + 2 * rest * share * via[0] + share * share * end[0],
        rest * rest * start[1] + 2 * rest * share * via[1] + share * share * end[1],
    )
