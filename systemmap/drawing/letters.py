"""The layer of loops on paper: a letter in the middle of each of the shortest."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from systemmap.drawing.told_loops import told_loops

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from systemmap.analysis.map_analysis import MapAnalysis
    from systemmap.drawing.geometry import Frame, Point
    from systemmap.model.system_map import SystemMap

MOST = 12
"""More letters than this hide the map they stand on."""
SIZE = 11.0
"""The radius of a letter's disc, in drawing units."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """One loop's letter: R1, B2 or ?1, where it stands, and the loop in a sentence."""

    words: str
    x: float
    y: float
    sentence: str = ""


def loop_letters(
    drawn: SystemMap | MapAnalysis, frames: dict[str, Frame]
) -> tuple[Letter, ...]:
    """Return the letters of the shortest loops; none covers a box or another letter.

    Numbered by kind, in the order in which the loops are listed. Where there
    is no free place nearby, the letter stands in the middle of its loop.
    """
    count: Counter[str] = Counter()
    letters: list[Letter] = []
    for loop in told_loops(drawn).loops[:MOST]:
        count[loop["kind"]] += 1
        own = [frames[key] for key in loop["factors"]]
        middle = (
            sum(frame.x for frame in own) / len(own),
            sum(frame.y for frame in own) / len(own),
        )
        x, y = _free(middle, list(frames.values()), letters)
        words = f"{loop['kind']}{count[loop['kind']]}"
        letters.append(
            Letter(words=words, x=round(x, 1), y=round(y, 1), sentence=loop["sentence"])
        )
    return tuple(letters)


def settled_letters(
    letters: Iterable[Letter], frames: dict[str, Frame]
) -> tuple[Letter, ...]:
    """Return letters moved to the nearest free places among boxes that stand elsewhere."""
    found: list[Letter] = []
    for letter in letters:
        x, y = _free((letter.x, letter.y), list(frames.values()), found)
        found.append(replace(letter, x=round(x, 1), y=round(y, 1)))
    return tuple(found)


def _free(wanted: Point, frames: Sequence[Frame], letters: Iterable[Letter]) -> Point:
    letters = list(letters)
    for ring in range(40):
        for turn in range(12):
            away, angle = ring * SIZE / 2, turn * math.pi / 6
            at = wanted[0] + away * math.cos(angle), wanted[1] + away * math.sin(angle)
            if _is_clear(at, frames) and _is_apart(at, letters):
                return at
    return wanted


def _is_clear(at: Point, frames: Iterable[Frame]) -> bool:
    return all(
        abs(at[0] - frame.x) > frame.width / 2 + SIZE
        or abs(at[1] - frame.y) > frame.height / 2 + SIZE
        for frame in frames
    )


def _is_apart(at: Point, letters: Iterable[Letter]) -> bool:
    return all(
        math.hypot(at[0] - other.x, at[1] - other.y) > 2.2 * SIZE for other in letters
    )
