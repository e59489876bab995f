"""Betweenness: how often a factor lies on the shortest ways between others."""

from __future__ import annotations

from typing import TYPE_CHECKING

import networkx as nx
import numpy as np

from systemmap.analysis.measures._measure import CRIELAARD, CRIELAARD_REFERENCE, Measure
from systemmap.errors import InvalidValue
from systemmap.language.phrases import counted

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from systemmap.analysis.map_analysis import MapAnalysis

MOST_STEPS = 16_000_000  # every factor's way along every link: below 2 seconds


def betweenness(analysis: MapAnalysis) -> dict[str, float | None]:
    """Return the share of shortest ways between other factors that pass each factor.

    Notes
    -----
    Brandes, U. (2001). doi:10.1080/0022250X.2001.9990249.

    Raises
    ------
    InvalidValue
        The map is so large that nobody would wait for the answer.
    """
    graph = analysis.graph
    if len(graph) * (len(graph) + graph.size()) > MOST_STEPS:
        msg = f"Betweenness was not counted: with {counted(len(graph), 'cause')} and {counted(graph.size(), 'link')} it takes longer than two seconds. Use links in, links out or reach, or ask it of a smaller map."
        raise InvalidValue(msg)
    if not len(graph):
        return {}
    shares = _passed(graph) / max(1, (len(graph) - 1) * (len(graph) - 2))
    return dict(zip(graph, shares.tolist(), strict=True))


def _passed(graph: nx.DiGraph[str]) -> NDArray[np.float64]:
    """Count the shortest ways that pass each factor, many as good shared out.

    Brandes' two passes, outwards and back, taken one step at a time for all
    starts together: each step is one product of sparse matrices.
    """
    from scipy import sparse

    count = len(graph)
    links = sparse.csr_matrix(nx.to_scipy_sparse_array(graph, weight=None, dtype=float))
    steps, ways = np.full((count, count), -1), np.zeros((count, count))
    rings: list[tuple[NDArray[np.intp], NDArray[np.intp]]] = []
    front = sparse.identity(count, format="coo")
    while front.nnz:
        at = (front.row, front.col)
        steps[at], ways[at] = len(rings), front.data
        rings.append(at)
        onward = (front.tocsr() @ links).tocoo()
        new = steps[onward.row, onward.col] < 0
        ends = (onward.row[new], onward.col[new])
        front = sparse.coo_matrix((onward.data[new], ends), (count, count))
    passed = np.zeros((count, count))
    for step in range(len(rings) - 1, 1, -1):
        at = rings[step]
        share = sparse.csr_matrix(((1 + passed[at]) / ways[at], at), (count, count))
        back = (share @ links.T).tocoo()
        before = steps[back.row, back.col] == step - 1
        ends = (back.row[before], back.col[before])
        passed[ends] += ways[ends] * back.data[before]
    counts: NDArray[np.float64] = passed.sum(axis=0)
    return counts


MEASURE = Measure(
    key="betweenness",
    title="Betweenness",
    question="Which causes lie on many of the shortest ways between others?",
    caution=CRIELAARD,
    reference=f"Freeman (1977), doi:10.2307/3033543; {CRIELAARD_REFERENCE}",
    compute=betweenness,
    says=("betweenness {n}", "betweenness {n}"),
    whole=False,
    advanced=True,
)
