"""How readable a drawing is: crossings, lines over labels, themes kept apart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from systemmap.drawing.layout.map_numbers import picture_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from systemmap.drawing.layout.map_numbers import Floats, Picture
    from systemmap.model.system_map import SystemMap

    Positions = Mapping[str, tuple[float, float]]

OVER_LABEL = 1.2  # against a crossing: lines are drawn round labels, but longer


@dataclass(frozen=True, slots=True)
class Quality:
    """What is counted on a drawing; fewer of the first two, more of the third."""

    crossings: int
    lines_over_labels: int
    theme_separation: float
    overlapping_boxes: int


def quality_of(system_map: SystemMap, positions: Positions) -> Quality:
    """Count everything at once."""
    picture = picture_of(system_map)
    spots = picture.as_spots(positions)
    return Quality(
        crossings=_crossings(spots, picture),
        lines_over_labels=_lines_over_labels(spots, picture),
        theme_separation=_separation(spots, picture),
        overlapping_boxes=_overlaps(spots, picture),
    )


def crossings(system_map: SystemMap, positions: Positions) -> int:
    """Count the pairs of straight lines that cross without sharing an end.

    Lines run between box centres; two factors linked both ways have one line.
    """
    return quality_of(system_map, positions).crossings


def lines_over_labels(system_map: SystemMap, positions: Positions) -> int:
    """Count how often a line meets the box of a factor that it does not link."""
    return quality_of(system_map, positions).lines_over_labels


def theme_separation(system_map: SystemMap, positions: Positions) -> float:
    """Return the mean silhouette of the themes, -1 to 1, positions scaled per axis.

    Factors without a theme are left out; with fewer than two themes it is 0.

    References
    ----------
    Rousseeuw, P. J. (1987). doi:10.1016/0377-0427(87)90125-7
    """
    return quality_of(system_map, positions).theme_separation


def clutter(spots: Floats, picture: Picture) -> float:
    """Return what makes a drawing hard to read, in crossings; used to choose the best."""
    return _crossings(spots, picture) + OVER_LABEL * _lines_over_labels(spots, picture)


def _cross(u: Floats, v: Floats) -> Floats:
    return u[..., 0] * v[..., 1] - u[..., 1] * v[..., 0]


def _crossings(spots: Floats, picture: Picture) -> int:
    start, end = picture.lines.T
    if not len(start):
        return 0
    along = spots[end] - spots[start]
    # side[i, k]: on which side of line i factor k lies
    side = _cross(along[:, None, :], spots[None, :, :] - spots[start][:, None, :])
    parted = side[:, start] * side[:, end] < 0
    shared = (start[:, None] == start) | (end[:, None] == end)
    shared |= (start[:, None] == end) | (end[:, None] == start)
    return int((parted & parted.T & ~shared).sum()) // 2


def _lines_over_labels(spots: Floats, picture: Picture) -> int:
    start, end = picture.lines.T
    if not len(start):
        return 0
    along = spots[end] - spots[start]
    to_box = spots[None, :, :] - spots[start][:, None, :]
    reach = (picture.half[None, :, ::-1] * np.abs(along)[:, None, :]).sum(axis=-1)
    near = np.abs(to_box - along[:, None, :] / 2) <= (
        picture.half + np.abs(along)[:, None, :] / 2
    )
    meets = (np.abs(_cross(along[:, None, :], to_box)) <= reach) & near.all(axis=-1)
    rows = np.arange(len(start))
    meets[rows, start] = False
    meets[rows, end] = False
    return int(meets.sum())


def _separation(spots: Floats, picture: Picture) -> float:
    themed = picture.theme >= 0
    theme = picture.theme[themed]
    names = np.unique(theme)
    if len(names) < 2:
        return 0.0
    spots = spots[themed]
    scale = spots.std(axis=0)
    spots = spots / np.where(scale > 0, scale, 1.0)
    distance = np.linalg.norm(spots[:, None, :] - spots[None, :, :], axis=-1)
    member = (theme[:, None] == names).astype(float)
    total, size = distance @ member, member.sum(axis=0)
    own = np.searchsorted(names, theme)
    rows = np.arange(len(theme))
    inside = total[rows, own] / np.maximum(size[own] - 1, 1)
    outside = np.where(member > 0, np.inf, total / size).min(axis=1)
    largest = np.maximum(np.maximum(inside, outside), 1e-12)
    value = np.where(size[own] > 1, (outside - inside) / largest, 0.0)
    return float(value.mean())


def _overlaps(spots: Floats, picture: Picture) -> int:
    apart = np.abs(spots[:, None, :] - spots[None, :, :])
    clash = (apart < picture.half[:, None, :] + picture.half - 0.2).all(axis=-1)
    return int(clash.sum() - len(spots)) // 2
