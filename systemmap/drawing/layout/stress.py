"""Stress majorisation: distances on paper like steps on the map, near the theme's place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.linalg import cho_factor, cho_solve
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import shortest_path
from scipy.spatial.distance import cdist

from systemmap.drawing.watchers import told

if TYPE_CHECKING:
    from systemmap.drawing.layout.map_numbers import Floats, Picture

STEP = 170.0  # drawing units that one undirected step is worth
FURTHEST_IN_THEME = 2.2  # steps: a theme stays together even when loosely linked
BETWEEN_THEMES = 1.1
UNCONNECTED = 4.0  # steps
PULL = 0.25  # of a factor's total weight, towards its theme's place
ROUNDS = 200
MANY = 300  # factors; beyond, a round costs more than it gains
SETTLED = 0.05  # drawing units; no factor moves more than this any longer


def majorised(picture: Picture, anchors: Floats, seed: int | list[int]) -> Floats:
    """Return first positions, fitted to the page, an array (n, 2).

    References
    ----------
    Gansner, E. R., Koren, Y. and North, S. (2004). Graph drawing by stress
    majorization. doi:10.1007/978-3-540-31843-9_25
    """
    ideal = _ideal_distances(picture)
    told()
    weight = np.divide(1.0, ideal**2, out=np.zeros_like(ideal), where=ideal > 0)
    total = weight.sum(axis=1) + 1e-9
    themed = picture.theme >= 0
    centre = picture.page / 2
    goal = np.where(
        themed[:, None], anchors[picture.theme] if len(anchors) else centre, centre
    )
    pull = np.where(themed, PULL, 0.01) * total
    solver = cho_factor(np.diag(total + pull) - weight)
    weighted = weight * ideal
    rng = np.random.default_rng(seed)
    spots = goal + rng.normal(0, STEP, goal.shape)
    for _ in range(_rounds(len(spots))):
        told()
        right = _towards_ideal(spots, weighted) + pull[:, None] * goal
        moved = cho_solve(solver, right, overwrite_b=True, check_finite=False)
        still = bool(np.abs(moved - spots).max() < SETTLED)
        spots = moved
        if still:
            break
    return fitted(spots, picture)


def fitted(spots: Floats, picture: Picture) -> Floats:
    """Stretch the positions so that the boxes fill the page."""
    low, high = spots.min(axis=0), spots.max(axis=0)
    inner = picture.half.max(axis=0)
    room = np.maximum(picture.page - 2 * inner, 1.0)
    span = np.where(high - low > 1e-6, high - low, 1.0)
    inside: Floats = inner + (spots - low) / span * room
    flat = high - low <= 1e-6  # a single factor, or all in one row
    # rounded, so that no machine's last digits are carried into the polish
    chosen: Floats = np.where(flat, picture.page / 2, inside)
    return chosen.round(2)


def _rounds(count: int) -> int:
    return int(ROUNDS * min(1.0, (MANY / count) ** 1.5))


def _ideal_distances(picture: Picture) -> Floats:
    """Return how far apart each two factors would like to be, 0 to themselves."""
    count = len(picture.ids)
    a, b = picture.lines.T
    links = coo_matrix((np.ones(len(a)), (a, b)), shape=(count, count))
    steps: Floats = shortest_path(links.tocsr(), directed=False, unweighted=True)
    steps[np.isinf(steps)] = UNCONNECTED
    theme = picture.theme
    same = (theme[:, None] == theme) & (theme >= 0)
    return STEP * np.where(
        same, np.minimum(steps, FURTHEST_IN_THEME), steps * BETWEEN_THEMES
    )


def _towards_ideal(spots: Floats, weighted_ideal: Floats) -> Floats:
    """Return the right-hand side of one majorisation round."""
    ratio: Floats = cdist(spots, spots)
    ratio[ratio <= 1e-9] = np.inf  # two in one place pull neither way
    np.divide(weighted_ideal, ratio, out=ratio)
    result: Floats = ratio.sum(axis=1)[:, None] * spots - ratio @ spots
    return result
