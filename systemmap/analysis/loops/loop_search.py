"""The loop search: every closed chain of up to so many factors, each found once."""

from __future__ import annotations

from collections import Counter, deque
from itertools import islice
from typing import TYPE_CHECKING, TypeAlias

import networkx as nx

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

Neighbours: TypeAlias = list[list[int]]


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
    targets = {name: list(onward) for name, onward in graph.adjacency()}
    causes = Counter(name for onward in targets.values() for name in onward)
    for part in nx.strongly_connected_components(graph):
        names = sorted(part, key=lambda v: (-causes[v] * len(targets[v]), v))
        yield from ([name] for name in names if name in targets[name])
        if len(names) > 1:
            successors, predecessors = _numbered(targets, names)
            for root in range(len(names)):
                distance = _steps_back(root, predecessors, max_length - 1)
                if len(distance) > 1:
                    for cycle in _cycles_from(root, successors, distance, max_length):
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
    targets: Mapping[str, Iterable[str]], names: list[str]
) -> tuple[Neighbours, Neighbours]:
    """Return successors and predecessors by number, within the part, no self-links."""
    number = {name: i for i, name in enumerate(names)}
    successors: Neighbours = [[] for _ in names]
    predecessors: Neighbours = [[] for _ in names]
    for i, name in enumerate(names):
        for other in targets[name]:
            j = number.get(other, i)
            if j != i:
                successors[i].append(j)
                predecessors[j].append(i)
    return successors, predecessors


def _steps_back(root: int, predecessors: Neighbours, depth: int) -> dict[int, int]:
    """Return the steps back to the root for the nodes up to `depth` steps before it.

    Only nodes of a higher number count.
    """
    distance = {root: 0}
    ring = [root]
    for step in range(1, depth + 1):
        further = []
        for node in ring:
            for before in predecessors[node]:
                if before > root and before not in distance:
                    distance[before] = step
                    further.append(before)
        ring = further
    return distance


def _cycles_from(
    root: int, successors: Neighbours, distance: dict[int, int], max_length: int
) -> Iterator[list[int]]:
    """Yield the cycles whose lowest number is the root.

    A node that is not in `distance` is too far away to come back. What lies
    onward of a node is worked out only when the search gets there.
    """
    nearest_first: dict[int, list[tuple[int, int]]] = {}

    def onward(node: int) -> list[tuple[int, int]]:
        if node not in nearest_first:
            nearest_first[node] = sorted(
                [(distance[w], w) for w in successors[node] if w in distance]
            )
        return nearest_first[node]

    path, on_path = [root], {root}
    stack = [iter(onward(root))]
    while stack:
        room = max_length - len(path)
        for steps, node in stack[-1]:
            if steps > room:  # nearest first: nothing further on fits either
                stack[-1] = iter(())
                break
            if node in on_path:
                continue
            if steps == 1:
                yield [*path, node]
            if room > 1:
                path.append(node)
                on_path.add(node)
                stack.append(iter(onward(node)))
                break
        else:
            stack.pop()
            on_path.discard(path.pop())
