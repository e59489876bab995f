"""The way each link takes on a drawing: round boxes, apart from its opposite."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse.csgraph import dijkstra

from systemmap.drawing.layout.corners import CLOSE, Ways, clear, ways_between

if TYPE_CHECKING:
    from collections.abc import Sequence

    from systemmap.drawing.layout.map_numbers import Bools, Floats, Ints

MANY = 400  # boxes; beyond, lines are too many to follow and run straight
FAR = (150, 900.0, 380.0)  # boxes; how far corners are joined up to so many, and beyond
ROUNDING = 16.0  # drawing units before and after a bend in which a line turns
APART = 2.6  # drawing units between lines round the same corner
BEND = 0.1  # of its length, by which one of two opposite links bends aside
TIP = 1.5  # drawing units between a line's end and the box

Pieces = tuple[tuple[float, float], ...]


def routes_for(
    spots: Floats,
    half: Floats,
    links: Sequence[tuple[int, int]],
    kinds: Sequence[str] | None = None,
) -> list[Pieces]:
    """Return the way of each link between boxes.

    Parameters
    ----------
    spots, half : array (n, 2)
        Middles of the boxes, and half their width and height.
    links : sequence of (source, target)
        By the number of the box.
    kinds : sequence of str, optional
        How each link is drawn: those of one kind that leave or reach the same
        box round the same corners share a trunk.

    Returns
    -------
    list of points
        Where the line starts, then for each quadratic curve what it bends
        towards and where it ends. It begins and ends at the edges of its boxes
        and meets no other box where there is a way round.
    """
    kinds = kinds or [""] * len(links)
    ends = np.array(links, np.intp).reshape(-1, 2)
    source, target = ends.T
    direct = clear(spots[source], spots[target], spots, half, source, target)
    plain = len(spots) > MANY
    bends: list[list[int]] = [[] for _ in links]
    ways = None
    if not plain and not direct.all():
        ways = ways_between(spots, half, reach=FAR[1 if len(spots) <= FAR[0] else 2])
        bends = _shortest(ways, ends, direct)
    placed = _apart(ways, ends, kinds, bends) if ways else {}
    there = set(map(tuple, ends.tolist()))
    found = []
    for number, (a, b) in enumerate(ends.tolist()):
        inner = [placed[number, at] for at in range(len(bends[number]))]
        both = not inner and (b, a) in there
        found.append(_drawn(a, b, inner, spots, half, both=both and not plain))
    return found


def _shortest(ways: Ways, ends: Ints, direct: Bools) -> list[list[int]]:
    """Return the corners that each link passes, none where it runs straight."""
    count = len(ways.spots)
    sources = np.unique(ends[~direct, 0])
    _, before = dijkstra(ways.graph, indices=sources, return_predecessors=True)
    row = {int(source): at for at, source in enumerate(sources)}
    found: list[list[int]] = []
    for (a, b), free in zip(ends.tolist(), direct.tolist(), strict=True):
        passed: list[int] = []
        at = int(before[row[a], count + b]) if not free else -9999
        while at >= 2 * count:
            passed.append(at - 2 * count)
            at = int(before[row[a], at])
        found.append(passed[::-1])
    return found


def _apart(
    ways: Ways,
    ends: Ints,
    kinds: Sequence[str],
    bends: list[list[int]],
) -> dict[tuple[int, int], Floats]:
    """Move lines round one corner apart, the tightest innermost.

    Returns where each link's bends lie, by number of the link and of the bend.
    """
    at_corner: dict[int, list[tuple[float, int, int]]] = {}
    for number, passed in enumerate(bends):
        a, b = ends[number]
        stops = [ways.spots[a], *(ways.corner[c] for c in passed), ways.spots[b]]
        for at, corner in enumerate(passed):
            tight = _outwardness(stops[at : at + 3], ways.outward[corner])
            at_corner.setdefault(corner, []).append((round(tight, 4), number, at))
    placed = {}
    for corner, passing in at_corner.items():
        passing.sort()
        lanes = _lanes([ends[n].tolist() for _, n, _ in passing], passing, kinds)
        width = min(APART, _room(ways, corner) / max(1, *lanes))
        for lane, (_, number, at) in zip(lanes, passing, strict=True):
            shift = lane * width / 2**0.5 * ways.outward[corner]
            placed[number, at] = ways.corner[corner] + shift
    return placed


def _lanes(
    ends: list[list[int]],
    passing: list[tuple[float, int, int]],
    kinds: Sequence[str],
) -> list[int]:
    """Return the lane of each line round a corner; one trunk has one lane."""
    lanes: list[int] = []
    seen: dict[tuple[str, str, int], int] = {}
    last = -1
    for (a, b), (_, number, _) in zip(ends, passing, strict=True):
        kind = kinds[number]
        trunk = seen.get((kind, "from", a), seen.get((kind, "to", b)))
        if trunk is None:
            last += 1
            trunk = last
        seen.setdefault((kind, "from", a), trunk)
        seen.setdefault((kind, "to", b), trunk)
        lanes.append(trunk)
    return lanes


def _outwardness(stops: list[Floats], outward: Floats) -> float:
    """Return how far before and after the corner a line points away from the box."""
    before, here, after = stops
    total = 0.0
    for other in (before, after):
        way = other - here
        total += float(way @ outward) / max(float(np.hypot(*way)), 1e-9)
    return total


def _room(ways: Ways, corner: int) -> float:
    """Return how far lines may spread from a corner before another box is in the way."""
    here = ways.corner[corner]
    away = np.abs(ways.spots - here) - ways.half - CLOSE
    away[ways.owner[corner]] = np.inf
    return float(min(12.0, max(0.0, away.max(axis=1).min())))


def _drawn(
    a: int, b: int, inner: list[Floats], spots: Floats, half: Floats, *, both: bool
) -> Pieces:
    if both:
        stops = _bent(a, b, spots, half)
        return _clipped(stops, (spots[a], half[a]), (spots[b], half[b]))
    stops = [spots[a], *inner, spots[b]]
    return _clipped(_rounded(stops), (spots[a], half[a]), (spots[b], half[b]))


def _rounded(stops: list[Floats]) -> list[Floats]:
    """Return a line through stops as quadratic curves that turn softly at each."""
    points = [stops[0]]
    for before, here, after in zip(stops, stops[1:], stops[2:], strict=False):
        into, out = before - here, after - here
        lengths = [max(float(np.hypot(*way)), 1e-9) for way in (into, out)]
        turn = min(ROUNDING, lengths[0] / 2, lengths[1] / 2)
        first = here + into * (turn / lengths[0])
        points += [(points[-1] + first) / 2, first]
        points += [here, here + out * (turn / lengths[1])]
    points += [(points[-1] + stops[-1]) / 2, stops[-1]]
    return points


def _bent(a: int, b: int, spots: Floats, half: Floats) -> list[Floats]:
    """Return a curve that leaves room for the link the other way, if it can."""
    start, end = spots[a], spots[b]
    along = end - start
    length = max(float(np.hypot(*along)), 1e-9)
    across = np.array([-along[1], along[0]]) / length
    for wanted in (BEND * length, 0.6 * BEND * length, 8.0):
        aside = min(max(wanted, 8.0), 40.0)
        via = (start + end) / 2 + 2 * aside * across
        curve = [start, via, end]
        middle = (start + end) / 4 + via / 2
        legs = np.array([start, middle]), np.array([middle, end])
        own, other = np.array([a, a]), np.array([b, b])
        if clear(*legs, spots, half, own, other, room=1.0).all():
            return curve
    return curve


def _clipped(
    points: list[Floats],
    source: tuple[Floats, Floats],
    target: tuple[Floats, Floats],
) -> Pieces:
    """Cut a line of curves off where it leaves its first box and meets its last."""
    curves = [points[at : at + 3] for at in range(0, len(points) - 2, 2)]
    first = _leaving(curves, *source)
    last = _leaving([c[::-1] for c in curves[::-1]], *target)
    low, high = first, (len(curves) - 1 - last[0], 1 - last[1])
    if low >= high:  # the boxes touch: from middle to middle
        low, high = (0, 0.0), (len(curves) - 1, 1.0)
    kept: list[Floats] = []
    for at in range(low[0], high[0] + 1):
        part = _part(
            curves[at],
            low[1] if at == low[0] else 0.0,
            high[1] if at == high[0] else 1.0,
        )
        kept += part if not kept else part[1:]
    return tuple((round(float(x), 1), round(float(y), 1)) for x, y in kept)


def _leaving(
    curves: list[list[Floats]], spot: Floats, half: Floats
) -> tuple[int, float]:
    """Return the curve, and the share of it, at which a line is out of a box for good."""
    shares = np.linspace(0, 1, 17)
    room = half + TIP
    for at in range(len(curves) - 1, -1, -1):
        spread = _on(curves[at], shares)
        inside = (np.abs(spread - spot) < room).all(axis=1)
        if not inside.any():
            continue
        last = int(np.flatnonzero(inside)[-1])
        if last == len(shares) - 1:
            return at, 1.0
        bounds = float(shares[last]), float(shares[last + 1])
        return at, _edge(curves[at], spot, room, *bounds)
    return 0, 0.0


def _edge(
    curve: list[Floats], spot: Floats, room: Floats, low: float, high: float
) -> float:
    """Return the share at which a curve leaves a box; plain numbers are quicker here."""
    (ax, ay), (bx, by), (cx, cy) = (point.tolist() for point in curve)
    (x, y), (wide, tall) = spot.tolist(), room.tolist()
    for _ in range(12):
        middle = (low + high) / 2
        rest = 1 - middle
        a, b, c = rest * rest, 2 * rest * middle, middle * middle
        inside = (
            abs(a * ax + b * bx + c * cx - x) < wide
            and abs(a * ay + b * by + c * cy - y) < tall
        )
        low, high = (middle, high) if inside else (low, middle)
    return high


def _on(curve: list[Floats], shares: Floats) -> Floats:
    start, via, end = curve
    share = shares[:, None]
    rest = 1 - share
    point: Floats = rest**2 * start + 2 * rest * share * via + share**2 * end
    return point


def _part(curve: list[Floats], low: float, high: float) -> list[Floats]:
    """Return the part of a curve between two shares of it (De Casteljau's blossom)."""
    start, via, end = curve
    first, last = _on(curve, np.array([low, high]))
    middle = (
        (1 - low) * (1 - high) * start
        + (low + high - 2 * low * high) * via
        + low * high * end
    )
    return [first, middle, last]
