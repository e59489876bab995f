"""Which causes stand together on a slide, and where: a theme with its neighbours."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from systemmap.language.phrases import shortened
from systemmap.reports.parts.fitting import lines_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from systemmap.drawing.scene import Scene, SceneBox, SceneLine

TEXT = 14.0  # points: read from the back row
MOST_OWN = 8  # causes of a theme on one slide
MOST_BESIDE = 7  # neighbours at each side
BOX_WIDE = 2.35  # inches
TOP, BOTTOM = 1.15, 6.55  # inches, between title and key
_LETTERS = 68  # of a label on its box; the whole stands in its alt text
_LEFT, _RIGHT = 0.4, 13.333 - 0.4 - BOX_WIDE
_LARGE = 3.4  # inches of a box with larger letters: one column of own causes
_COLUMNS = {1: (5.25,), 2: (3.75, 7.05)}  # of the theme's own causes
_SHIFTS = (0.0, 0.28, 0.09, 0.19)  # so that a line down a column is seen


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """One cause on a slide: its words, its place in inches, and which column it stands in."""

    id: str
    words: str
    left: float
    top: float
    high: float
    wide: float
    column: int
    own: bool

    @property
    def middle(self) -> float:
        """The height of its middle."""
        return self.top + self.high / 2


@dataclass(frozen=True, slots=True, kw_only=True)
class MapPart:
    """One slide: the causes on it, the links between them, neighbours left to the notes."""

    spots: tuple[Spot, ...]
    lines: tuple[SceneLine, ...]
    left_out: tuple[str, ...]
    number: int
    of: int

    @property
    def own(self) -> tuple[Spot, ...]:
        """The causes that the slide is about."""
        return tuple(spot for spot in self.spots if spot.own)


def parts_of(
    scene: Scene, ids: Collection[str], *, size: float = TEXT
) -> tuple[MapPart, ...]:
    """Return the slides for some causes of a map, each with its neighbours.

    Causes that lead to others stand left, what follows from them right. A
    neighbour that leads to the slide's causes stands at their left, one that
    follows from them at their right; those with most links come first, and
    those without room are named as left out.

    Parameters
    ----------
    scene : Scene
        The whole map. It is not changed.
    ids : collection of factor ids
        What the slides are about; more than `MOST_OWN` take several slides.
    size : float
        Points of the letters. Larger ones get wider boxes, and fewer of them.
    """
    boxes = {box.id: box for box in scene.boxes}
    chosen = [box for box in scene.boxes if box.id in set(ids)]
    ordered = sorted(chosen, key=lambda box: (box.y, box.x, box.id))
    count = math.ceil(len(ordered) / MOST_OWN)
    groups = _shared(ordered, count)
    while size > TEXT and count < len(ordered) and not _all_fit(groups, size):
        count += 1
        groups = _shared(ordered, count)
    return tuple(
        _part(scene, boxes, group, number, count, size)
        for number, group in enumerate(groups, start=1)
    )


def _shared(ordered: Sequence[SceneBox], count: int) -> list[Sequence[SceneBox]]:
    whole = len(ordered)
    return [
        ordered[whole * n // count : whole * (n + 1) // count] for n in range(count)
    ]


def _all_fit(groups: Iterable[Sequence[SceneBox]], size: float) -> bool:
    room = bottom(size) - TOP
    return all(sum(_high(b, size) + 0.12 for b in group) <= room for group in groups)


def bottom(size: float) -> float:
    """Return where the boxes end, in inches: larger letters need a key of two rows."""
    return BOTTOM if size <= TEXT else BOTTOM + 0.4 - 2 * size * 1.5 / 72


def _wide(size: float) -> float:
    return BOX_WIDE if size <= TEXT else _LARGE


def _part(
    scene: Scene,
    boxes: Mapping[str, SceneBox],
    own: Sequence[SceneBox],
    number: int,
    of: int,
    size: float,
) -> MapPart:
    ids = {box.id for box in own}
    into, out = _neighbours(scene.lines, ids)
    left = [key for key in into if into[key] >= out.get(key, 0)]
    right = [key for key in out if out[key] > into.get(key, 0)]
    middle = [list(own)] if size > TEXT else _own_columns(scene.lines, own)
    heights = _heights(middle)
    columns = [
        _nearest(_fitting(boxes, left, into, size), scene.lines, heights),
        *middle,
        _nearest(_fitting(boxes, right, out, size), scene.lines, heights),
    ]
    lefts: tuple[float, ...] = (_LEFT, *_COLUMNS[len(middle)], _RIGHT)
    if size > TEXT:
        last = _RIGHT + BOX_WIDE - _LARGE
        lefts = (_LEFT, (_LEFT + last) / 2, last)
    spots = tuple(
        spot
        for column, (keys, x) in enumerate(zip(columns, lefts, strict=True))
        for spot in _column(keys, x, column, ids, size)
    )
    there = {spot.id for spot in spots}
    lines = tuple(
        line
        for line in scene.lines
        if {line.source, line.target} <= there and {line.source, line.target} & ids
    )
    gone = sorted(boxes[key].label for key in {*into, *out} - there if key in boxes)
    return MapPart(spots=spots, lines=lines, left_out=tuple(gone), number=number, of=of)


def _neighbours(
    lines: Iterable[SceneLine], ids: Collection[str]
) -> tuple[dict[str, int], dict[str, int]]:
    """Return how many links each neighbour has into the causes, and out of them."""
    into: dict[str, int] = {}
    out: dict[str, int] = {}
    for line in lines:
        if line.target in ids and line.source not in ids:
            into[line.source] = into.get(line.source, 0) + 1
        if line.source in ids and line.target not in ids:
            out[line.target] = out.get(line.target, 0) + 1
    return into, out


def _own_columns(
    lines: Iterable[SceneLine], own: Sequence[SceneBox]
) -> list[list[SceneBox]]:
    """Return one column, or two: what leads to others, and what follows from them."""
    if len(own) < 4:
        return [list(own)]
    ids = {box.id for box in own}
    net = dict.fromkeys(ids, 0)
    for line in lines:
        if {line.source, line.target} <= ids:
            net[line.source] += 1
            net[line.target] -= 1
    by_flow = sorted(own, key=lambda box: (-net[box.id], own.index(box)))
    half = math.ceil(len(own) / 2)
    first = {box.id for box in by_flow[:half]}
    return [
        [box for box in own if box.id in first],
        [box for box in own if box.id not in first],
    ]


def _fitting(
    boxes: Mapping[str, SceneBox],
    keys: Iterable[str],
    weight: Mapping[str, int],
    size: float,
) -> list[SceneBox]:
    """Return the neighbours with most links that have room in one column."""
    kept: list[SceneBox] = []
    used = 0.0
    for key in sorted(keys, key=lambda key: (-weight[key], key)):
        high = _high(boxes[key], size) + 0.12
        if len(kept) < MOST_BESIDE and used + high <= bottom(size) - TOP:
            kept.append(boxes[key])
            used += high
    return kept


def _heights(columns: Sequence[Sequence[SceneBox]]) -> dict[str, float]:
    return {
        box.id: (at + 0.5) / len(column)
        for column in columns
        for at, box in enumerate(column)
    }


def _nearest(
    found: Sequence[SceneBox], lines: Iterable[SceneLine], heights: Mapping[str, float]
) -> list[SceneBox]:
    """Order neighbours by the height of what they are linked with."""
    pairs = [(line.source, line.target) for line in lines]

    def height(box: SceneBox) -> tuple[float, str]:
        beside = [
            heights[other]
            for pair in pairs
            if box.id in pair
            for other in pair
            if other in heights
        ]
        return (sum(beside) / len(beside) if beside else 0.5, box.id)

    return sorted(found, key=height)


def _column(
    boxes: Sequence[SceneBox],
    left: float,
    column: int,
    own: Collection[str],
    size: float,
) -> list[Spot]:
    """Spread a column over the height of the slide."""
    spare = bottom(size) - TOP - sum(_high(box, size) for box in boxes)
    gap = min(spare / (len(boxes) + 1), 0.9) if boxes else 0.0
    top = TOP + (spare - gap * (len(boxes) - 1)) / 2
    spots = []
    for at, box in enumerate(boxes):
        high = _high(box, size)
        shift = _SHIFTS[at % len(_SHIFTS)] if box.id in own else 0.0
        spots.append(
            Spot(
                id=box.id,
                words=label_on(box),
                left=left + shift,
                top=top,
                high=high,
                wide=_wide(size),
                column=column,
                own=box.id in own,
            )
        )
        top += high + gap
    return spots


def label_on(box: SceneBox) -> str:
    """Return a label as it stands on a slide's box."""
    return shortened(box.label, _LETTERS).replace("/", "/\u200b")  # may break there


def _high(box: SceneBox, size: float) -> float:
    words = f"{label_on(box)} (WW)"
    return lines_of(words, _wide(size) - 0.2, size) * size * 1.2 / 72 + 0.16
