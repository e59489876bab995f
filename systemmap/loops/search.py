"""The loop search: every closed chain of up to so many factors, each found once."""

from __future__ import annotations

from collections import deque
from itertools import islice
from typing import TYPE_CHECKING, TypeAlias

import networkx as nx

if TYPE_CHECKING:
    from collections.abc import Iterator

Neighbours: TypeAlias = list[list[int]]
Steps: TypeAlias = dict[int, list[tuple[int, int]]]


def bounded_cycles(graph: nx.DiGraph[str], max_length: int) -> Iterator[list[str]]:
    """Yield each simple cycle of at most `max_length` nodes once, self-links included.

    Notes
    -----
    Every loop lies within one strongly connected part and has one busiest
    factor. The search starts there, uses only less busy factors, and turns
    back as soon as a factor is too many steps away from the start [1]_.

    References
    ----------
    .. [1] Johnson, D. B. (1975). doi:10.1137/0204007, bounded as in analysis
       guide appendix A.
    """
    if max_length < 1:
        return
    for part in nx.strongly_connected_components(graph):
        names = sorted(
            part, key=lambda v: (-graph.in_degree(v) * graph.out_degree(v), v)
        )
        yield from ([name] for name in names if graph.has_edge(name, name))
        if len(names) > 1:
            successors, predecessors = _numbered(graph, names)
            for root in range(len(names)):
                steps = _steps_back(root, successors, predecessors, max_length)
                for cycle in _cycles_from(root, steps, max_length):
                    yield [names[number] for number in cycle]


def shortest_cycles(
    graph: nx.DiGraph[str], max_length: int, cap: int
) -> tuple[list[list[str]], int]:
    """Return the shortest cycles, at most `cap`, and the length counted completely.

    The second value is `max_length` unless the cap was reached.
    """
    found = list(islice(bounded_cycles(graph, max_length), cap + 1))
    if len(found) <= cap:
        return sorted(found, key=len), max_length
    found = []
    for length in range(1, max_length + 1):
        exact = (c for c in bounded_cycles(graph, length) if len(c) == length)
        found.extend(islice(exact, cap + 1 - len(found)))
        if len(found) > cap:
            return found[:cap], length - 1
    raise AssertionError("the same search found fewer cycles the second time")


def shortest_cycle_through(graph: nx.DiGraph[str], start: str) -> list[str] | None:
    """Return the shortest cycle through a node, ties alphabetical, or None.

    Breadth first with neighbours in alphabetical order: the first way found to
    a node is the alphabetically first of the shortest.
    """
    came_from: dict[str, str] = {}
    queue = deque([start])
    while queue:
        here = queue.popleft()
        for there in sorted(graph.successors(here)):
            if there == start:
                return _walked(came_from, start, here)
            if there not in came_from:
                came_from[there] = here
                queue.append(there)
    return None


def _walked(came_from: dict[str, str], start: str, end: str) -> list[str]:
    way = [end]
    while way[-1] != start:
        way.append(came_from[way[-1]])
    return way[::-1]


def _numbered(
    graph: nx.DiGraph[str], names: list[str]
) -> tuple[Neighbours, Neighbours]:
    """Return successors and predecessors by number, within the part, no self-links."""
    number = {name: i for i, name in enumerate(names)}
    successors: Neighbours = [[] for _ in names]
    predecessors: Neighbours = [[] for _ in names]
    for i, name in enumerate(names):
        for other in graph.successors(name):
            j = number.get(other, i)
            if j != i:
                successors[i].append(j)
                predecessors[j].append(i)
    return successors, predecessors


def _steps_back(
    root: int, successors: Neighbours, predecessors: Neighbours, max_length: int
) -> Steps:
    """Return, per node near the root, its successors with their steps back to the root.

    Only nodes of a higher number count, nearest first.
    """
    distance = {root: 0}
    ring = [root]
    for step in range(1, max_length):
        ring = [
            node
            for node in dict.fromkeys(w for v in ring for w in predecessors[v])
            if node > root and node not in distance
        ]
        if not ring:
            break
        distance.update(dict.fromkeys(ring, step))
    return {
        node: sorted(
            (distance[w], w) for w in successors[node] if w > root and w in distance
        )
        for node in distance
    }


def _cycles_from(root: int, steps: Steps, max_length: int) -> Iterator[list[int]]:
    """Yield the cycles whose lowest number is the root."""
    if not steps[root]:
        return
    path, on_path = [root], {root}
    stack = [iter(steps[root])]
    while stack:
        room = max_length - len(path)
        for distance, node in stack[-1]:
            if distance > room:  # nearest first: nothing further on fits either
                stack[-1] = iter(())
                break
            if node in on_path:
                continue
            if distance == 1:
                yield [*path, node]
            if room > 1:
                path.append(node)
                on_path.add(node)
                stack.append(iter(steps[node]))
                break
        else:
            stack.pop()
            on_path.discard(path.pop())
