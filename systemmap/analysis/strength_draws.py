"""Seeded draws of uncertain link strengths, and the capped linear answer to each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from scipy import sparse
from scipy.sparse import linalg

from systemmap.model.values import Strength

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import networkx as nx
    from numpy.typing import NDArray

    from systemmap.analysis.settings import AnalysisSettings

Floats: TypeAlias = "NDArray[np.float64]"

RANGES = {  # thirds of 0 to 1: a rating is an order, not a measurement
    Strength.UNRATED: (0.0, 1.0),
    Strength.WEAK: (0.0, 1 / 3),
    Strength.MEDIUM: (1 / 3, 2 / 3),
    Strength.STRONG: (2 / 3, 1.0),
}


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
    strength = _stream(settings, 0).uniform(low, high, shape)
    either = _stream(settings, 1).choice((-1.0, 1.0), shape)
    weights = np.where(sign == 0, either, sign) * strength
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
    pull = np.zeros((count, len(weights)))
    np.add.at(pull, targets, np.abs(weights).T)
    scaled: Floats = weights / np.maximum(1.0, pull / cap)[targets].T
    return scaled


def answers(
    links: Drawn, push: Sequence[float], *, transposed: bool, keep: NDArray[np.bool_]
) -> Floats:
    """Solve every draw, one sparse system at a time.

    Parameters
    ----------
    push : sequence of float
        What is pushed, per factor; transposed, where the answer is looked for.
    transposed : bool
        False: how far each factor moves. True: how far a unit push on each
        factor moves what `push` singles out.
    keep : array of bool
        The factors that matter; all others are left out and answer 0.

    Returns
    -------
    array (draws, factors)
    """
    inner = np.flatnonzero(keep)
    number = np.cumsum(keep) - 1
    used = keep[links.sources] & keep[links.targets]
    ends = (number[links.targets[used]], number[links.sources[used]])
    rows, columns = ends[::-1] if transposed else ends
    right = np.asarray(push, float)[inner]
    result = np.zeros((len(links.weights), len(links.names)))
    systems = _systems(links.weights[:, used], rows, columns, len(inner))
    for draw, system in enumerate(systems):
        result[draw, inner] = linalg.spsolve(system, right)
    return result


def _systems(
    weights: Floats,
    rows: NDArray[np.intp],
    columns: NDArray[np.intp],
    count: int,
) -> Iterator[sparse.csc_matrix]:
    """Yield identity minus weights per draw; the pattern is worked out once."""
    diagonal = np.arange(count)
    rows, columns = (
        np.concatenate([rows, diagonal]),
        np.concatenate([columns, diagonal]),
    )
    order = np.lexsort((rows, columns))
    starts = np.searchsorted(columns[order], np.arange(count + 1))
    for weight in weights:
        data = np.concatenate([-weight, np.ones(count)])[order]
        yield sparse.csc_matrix((data, rows[order], starts), shape=(count, count))


def _stream(settings: AnalysisSettings, purpose: int) -> np.random.Generator:
    return np.random.default_rng([settings.draw_seed, purpose])
