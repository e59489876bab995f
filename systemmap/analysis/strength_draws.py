"""Seeded draws of uncertain link strengths, and the capped linear answer to each."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from systemmap.model.values import Strength

if TYPE_CHECKING:
    from collections.abc import Sequence

    import networkx as nx
    from numpy.typing import NDArray
    from scipy import sparse

    from systemmap.analysis.settings import AnalysisSettings

Floats: TypeAlias = "NDArray[np.float64]"

RANGES = {  # thirds of 0 to 1: a rating is an order, not a measurement
    Strength.UNRATED: (0.0, 1.0),
    Strength.WEAK: (0.0, 1 / 3),
    Strength.MEDIUM: (1 / 3, 2 / 3),
    Strength.STRONG: (2 / 3, 1.0),
}

ROUNDING, TINY = 1e-13, 1e-300
"""Of what a sweep may still move a value: a share of what its step is made of, and at all."""

SWEEPS = 1_000
"""At most; with a total pull below 1 far fewer leave nothing but rounding."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """The links of a map with one strength per link and draw.

    Attributes
    ----------
    names : tuple[str, ...]
        Factor ids, in alphabetical order.
    sources, targets : array (links,)
        Numbers of the ends of each link.
    weights : array (draws, links)
        Signed strengths, after the cap.
    """

    names: tuple[str, ...]
    sources: NDArray[np.intp]
    targets: NDArray[np.intp]
    weights: Floats


def drawn(
    graph: nx.DiGraph[str], settings: AnalysisSettings, *, drop_links: bool = False
) -> Drawn:
    """Draw every link's strength, and its sign where people do not agree on it.

    Three separate streams of chance serve strengths, unknown signs and dropped
    links, so that settling one sign changes no other draw.
    """
    names = tuple(sorted(graph))
    number = {name: i for i, name in enumerate(names)}
    edges = sorted(graph.edges(data=True), key=lambda edge: edge[:2])
    shape = (settings.draws, len(edges))
    ranges = np.array([RANGES[edge["strength"]] for *_, edge in edges], float)
    low, high = ranges.reshape(-1, 2).T
    sign = np.array([edge["sign"] for *_, edge in edges], float)
    weights = _stream(settings, 0).uniform(low, high, shape)
    if (sign == 0).any():
        either = _stream(settings, 1).choice((-1.0, 1.0), shape)
        weights *= np.where(sign == 0, either, sign)
    else:
        weights *= sign
    if drop_links:
        weights *= _stream(settings, 2).random(shape) >= settings.dropped_share
    targets = np.array([number[target] for _, target, _ in edges], np.intp)
    return Drawn(
        names=names,
        sources=np.array([number[source] for source, *_ in edges], np.intp),
        targets=targets,
        weights=capped(weights, targets, len(names), settings.pull_cap),
    )


def capped(
    weights: Floats, targets: NDArray[np.intp], count: int, cap: float
) -> Floats:
    """Scale the pull on each factor down to `cap` where its causes add up to more.

    With a total pull below 1 on every factor the answer exists, is unique and
    does not depend on where one starts.
    """
    from scipy import sparse

    ends = np.arange(len(targets))
    onto = sparse.csr_matrix((np.ones(len(ends)), (targets, ends)), (count, len(ends)))
    pull = onto @ np.abs(weights).T
    scaled: Floats = weights / np.maximum(1.0, pull / cap)[targets].T
    return scaled


def answers(links: Drawn, push: Sequence[float], *, transposed: bool) -> Floats:
    """Solve every draw, all of them together.

    Parameters
    ----------
    push : sequence of float
        What is pushed, per factor; transposed, where the answer is looked for.
    transposed : bool
        False: how far each factor moves. True: how far a unit push on each
        factor moves what `push` singles out.

    Returns
    -------
    array (draws, factors)
        Exactly 0 where no route leads.

    Notes
    -----
    x = W x + push is solved by sweeps over all draws at once. The factors are
    parted by their steps from the push, and a sweep takes the nearest first, so
    that a chain is done in one. The total pull on a factor is below 1, so each
    sweep brings every draw nearer to its only answer [1]_; the sweeps end when
    no step's values move by more than the rounding of what they are made of.
    That is not their own size: where routes nearly cancel each other, a small
    value keeps the rounding of the large ones it came from.

    References
    ----------
    .. [1] Varga, R. S. (2000). doi:10.1007/978-3-642-05156-2, block
       Gauss-Seidel, theorem 3.15.
    """
    given = np.asarray(push, float)
    ends = (links.targets, links.sources)
    rows, columns = ends[::-1] if transposed else ends
    steps = _steps(rows, columns, given)
    inner = np.argsort(steps, kind="stable")[(steps < 0).sum() :]
    place = np.full(len(given), -1)
    place[inner] = np.arange(len(inner))
    parts = _parts(links.weights, (rows, columns), place, steps[inner])
    values = np.zeros((len(links.weights), len(inner)))
    right = given[inner]
    sizes = _sizes(parts, right, len(values))
    for _ in range(SWEEPS if len(inner) else 0):
        moving = False
        for (part, pull), size in zip(parts, sizes, strict=True):
            new = (pull @ values.ravel()).reshape(len(values), -1) + right[part]
            moved = np.abs(new - values[:, part]).max(axis=1)
            moving |= bool((moved > ROUNDING * size + TINY).any())
            values[:, part] = new
        if not moving:
            break
    result = np.zeros((len(values), len(given)))
    result[:, inner] = values
    return result


def _sizes(
    parts: list[tuple[slice, sparse.csr_matrix]], right: Floats, draws: int
) -> list[Floats]:
    """Return, per step and draw, the most that routes bring there if none cancels another.

    Two sweeps are enough: one along the steps, one for what comes back.
    """
    sizes = np.zeros((draws, len(right)))
    together = [(part, abs(pull)) for part, pull in parts]
    for part, pull in together * 2:
        brought = (pull @ sizes.ravel()).reshape(draws, -1)
        sizes[:, part] = brought + np.abs(right[part])
    return [sizes[:, part].max(axis=1) for part, _ in parts]


def _steps(
    rows: NDArray[np.intp], columns: NDArray[np.intp], push: Floats
) -> NDArray[np.intp]:
    """Count each factor's steps from the nearest push; -1 without a route."""
    steps = np.where(push != 0, 0, -1)
    for step in range(1, len(push)):
        next_to = rows[(steps[columns] == step - 1) & (steps[rows] < 0)]
        if not len(next_to):
            break
        steps[next_to] = step
    return steps


def _parts(
    weights: Floats,
    ends: tuple[NDArray[np.intp], NDArray[np.intp]],
    place: NDArray[np.intp],
    steps: NDArray[np.intp],
) -> list[tuple[slice, sparse.csr_matrix]]:
    """Return, per step, its factors and the pull on them in every draw, as one matrix.

    The matrix has a block for each draw, which stays in the processor's cache.
    """
    from scipy import sparse

    rows, columns = (place[end] for end in ends)
    used = np.flatnonzero((rows >= 0) & (columns >= 0))
    used = used[np.lexsort((columns[used], rows[used]))]
    column, count, draws = columns[used], len(steps), np.arange(len(weights))[:, None]
    row_starts = np.searchsorted(rows[used], np.arange(count + 1))
    parts = []
    for first, last in pairwise([*np.flatnonzero(np.diff(steps, prepend=-1)), count]):
        begin, end = row_starts[first], row_starts[last]
        starts = draws * (end - begin) + row_starts[first:last] - begin
        pull = sparse.csr_matrix(
            (
                weights[:, used[begin:end]].ravel(),
                (draws * count + column[begin:end]).ravel(),
                np.append(starts, len(weights) * (end - begin)),
            ),
            shape=(len(weights) * (last - first), len(weights) * count),
        )
        parts.append((slice(first, last), pull))
    return parts


def _stream(settings: AnalysisSettings, purpose: int) -> np.random.Generator:
    return np.random.default_rng([settings.draw_seed, purpose])
