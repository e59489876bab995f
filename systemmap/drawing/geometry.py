"""Where a link leaves one box, bends, and meets the other.

The curve is the one that vis-network draws for ``curvedCW``, so that paper and
screen show the same line.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

BEND = 0.12
GAP = 1.5  # drawing units between an arrow's tip and the box it points to
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Frame:
    """A box by its middle and its size."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Curve:
    """A quadratic curve: where it starts, what it bends towards, where it ends."""

    start: Point
    via: Point
    end: Point

    def at(self, share: float) -> Point:
        """Return the point after a share (0 to 1) of the curve."""
        return _on(self.start, self.via, self.end, share)

    def heading(self, share: float) -> float:
        """Return the direction of travel at a share of the curve, in radians."""
        rest = 1 - share
        dx = rest * (self.via[0] - self.start[0]) + share * (self.end[0] - self.via[0])
        dy = rest * (self.via[1] - self.start[1]) + share * (self.end[1] - self.via[1])
        return math.atan2(dy, dx)

    @property
    def length(self) -> float:
        """The straight distance between the ends."""
        return math.dist(self.start, self.end)


def curve_between(source: Frame, target: Frame, *, bend: float = BEND) -> Curve:
    """Return the visible part of the curve from one box to another."""
    start, end = (source.x, source.y), (target.x, target.y)
    via = bend_point(start, end, bend=bend)
    leave = _border(start, via, end, source, leaving=True)
    arrive = _border(start, via, end, target, leaving=False)
    if leave >= arrive:  # the boxes touch: a straight stub from middle to middle
        return Curve(start, via, end)
    return _between(start, via, end, leave, arrive)


def bend_point(start: Point, end: Point, *, bend: float = BEND) -> Point:
    """Return the point a link bends towards; two links between a pair bend apart.

    Examples
    --------
    >>> bend_point((0, 0), (100, 0), bend=0)
    (50.0, 0.0)
    """
    across, up = end[0] - start[0], start[1] - end[1]
    half = 0.5 * bend + 0.5
    angle = math.atan2(up, across) + half * math.pi
    reach = half * math.hypot(across, up)
    return (
        round(start[0] + reach * math.sin(angle), 9),
        round(start[1] + reach * math.cos(angle), 9),
    )


def _border(
    start: Point, via: Point, end: Point, box: Frame, *, leaving: bool
) -> float:
    low, high = 0.0, 1.0
    for _ in range(24):
        middle = (low + high) / 2
        x, y = _on(start, via, end, middle)
        inside = (
            abs(x - box.x) < box.width / 2 + GAP
            and abs(y - box.y) < box.height / 2 + GAP
        )
        if inside is leaving:
            low = middle
        else:
            high = middle
    return high if leaving else low


def _between(start: Point, via: Point, end: Point, low: float, high: float) -> Curve:
    first, last = _on(start, via, end, low), _on(start, via, end, high)
    middle = (
        _blend(start, via, end, low, high, 0),
        _blend(start, via, end, low, high, 1),
    )
    return Curve(first, middle, last)


def _blend(
    start: Point, via: Point, end: Point, low: float, high: float, axis: int
) -> float:
    # De Casteljau's blossom: the control point of the part between low and high
    return (
        (1 - low) * (1 - high) * start[axis]
        + (low + high - 2 * low * high) * via[axis]
        + low * high * end[axis]
    )


def _on(start: Point, via: Point, end: Point, share: float) -> Point:
    rest = 1 - share
    return (
        rest * rest * start[0] + 2 * rest * share * via[0] + share * share * end[0],
        rest * rest * start[1] + 2 * rest * share * via[1] + share * share * end[1],
    )
