"""The themed wheel: strongly linked themes become neighbours round an ellipse."""

from __future__ import annotations

from itertools import permutations
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from systemmap.drawing.layout.map_numbers import Floats, Picture

ALL_ORDERS_UP_TO = (
    8  # themes; 5,040 orders of eight take a few milliseconds each hundred
)
RADIUS = 0.33  # of the page's width and height


def anchors(picture: Picture) -> Floats:
    """Return where each theme is drawn to, an array (themes, 2) in page coordinates."""
    order = _theme_order(_links_between(picture))
    angle = np.empty(picture.themes)
    angle[order] = 2 * np.pi * np.arange(picture.themes) / max(1, picture.themes)
    direction = np.column_stack([np.cos(angle), np.sin(angle)])
    return picture.page * (0.5 + RADIUS * direction)


def _links_between(picture: Picture) -> Floats:
    """Count the lines between each two themes."""
    table = np.zeros((picture.themes, picture.themes))
    for a, b in picture.theme[picture.lines]:
        if a != b and min(a, b) >= 0:
            table[a, b] += 1
            table[b, a] += 1
    return table


def _theme_order(table: Floats) -> list[int]:
    """Return the themes in the order in which their lines are shortest round the ring."""
    count = len(table)
    if count <= 3:  # every order of three round a ring is the same
        return list(range(count))
    if count > ALL_ORDERS_UP_TO:
        return _greedy_order(table)
    place = np.arange(count)
    chord = np.sin(np.pi * np.abs(place[:, None] - place) / count)
    orders = np.array([(0, *rest) for rest in permutations(range(1, count))])
    costs = np.einsum("oij,ij->o", table[orders[:, :, None], orders[:, None, :]], chord)
    return [int(theme) for theme in orders[int(costs.argmin())]]


def _greedy_order(table: Floats) -> list[int]:
    """Chain the themes: always the one with most lines to the last one placed."""
    order = [int(table.sum(axis=1).argmax())]
    left = [theme for theme in range(len(table)) if theme != order[0]]
    while left:
        order.append(max(left, key=lambda theme: (table[order[-1], theme], -theme)))
        left.remove(order[-1])
    return order
