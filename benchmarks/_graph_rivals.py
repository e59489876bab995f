"""Graph libraries to compare with, for the benchmarks alone; a missing one is said in words.

None is a dependency (igraph is GPL). To have them in one run:
``uv run --with igraph --with rustworkx python -m benchmarks analysis loops``.
"""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    import networkx as nx


def loop_searches(
    graph: nx.DiGraph[str], length: int
) -> dict[str, Callable[[], list[Any]]]:
    """Return the bare searches for loops of up to so many factors, by library.

    igraph 1.0 misses loops on some graphs (its issue 2911), so a caller counts.
    """
    found: dict[str, Callable[[], list[Any]]] = {}
    if (other := _igraph(graph)) is not None:
        found["igraph"] = lambda: other.simple_cycles(min=1, max=length, output="vpath")
    if _there("rustworkx"):
        print("  rustworkx: its loop search has no bound on length; not asked")
    return found


def betweennesses(graph: nx.DiGraph[str]) -> dict[str, Callable[[], Any]]:
    """Return what counts betweenness, by library."""
    found: dict[str, Callable[[], Any]] = {}
    if (other := _igraph(graph)) is not None:
        found["igraph"] = lambda: other.betweenness(directed=True)
    if _there("rustworkx"):
        rustworkx = import_module("rustworkx")
        rusty = rustworkx.networkx_converter(graph)
        found["rustworkx"] = lambda: rustworkx.digraph_betweenness_centrality(rusty)
    return found


def _igraph(graph: nx.DiGraph[str]) -> Any:  # noqa: ANN401 - it may not be there
    if not _there("igraph"):
        return None
    number = {name: at for at, name in enumerate(graph)}
    links = [(number[source], number[target]) for source, target in graph.edges()]
    return import_module("igraph").Graph(n=len(number), edges=links, directed=True)


def _there(name: str) -> bool:
    if find_spec(name) is None:
        print(f"  {name}: not on this machine; uv run --with {name} brings it")
        return False
    return True
