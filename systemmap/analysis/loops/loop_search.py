"""The loop search: every closed chain of up to so many factors, each found once."""

from __future__ import annotations

from collections import Counter, deque
from itertools import chain, islice
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

Arrows: TypeAlias = "Mapping[str, Collection[str]]"  # what each factor acts on
Signs: TypeAlias = "Mapping[str, Mapping[str, int]]"  # of each arrow: 1, -1 or 0
Cycle: TypeAlias = tuple[tuple[str, ...], int]  # nodes, the product of the signs
Numbers: TypeAlias = set[int]
NumberedSigns: TypeAlias = list[dict[int, int]]


def bounded_cycles(signs: Signs, max_length: int) -> Iterator[Cycle]:
    """Yield each simple cycle of at most `max_length` nodes once, self-links included.

    Parameters
    ----------
    signs : mapping
        The sign of every arrow, by source and target: 1, -1 or 0.
    max_length : int
        The most nodes a cycle may have.

    Yields
    ------
    tuple[tuple[str, ...], int]
        The nodes in the order of the arrows, from any of them; the product of the
        signs, which costs least where the search walks anyway.

    Notes
    -----
    Every loop has one busiest factor. The search starts there and turns back
    as soon as a factor is too many steps away from the start [1]_. Then the
    start is taken off the map, and with it, one after another, whatever no
    longer has both a cause and an effect: of a map of usual size little is left
    after a few of the busiest.

    References
    ----------
    .. [1] Johnson, D. B. (1975). doi:10.1137/0204007, bounded as in analysis
       guide appendix A.
    """
    if max_length < 1:
        return
    causes = Counter(chain.from_iterable(signs.values()))
    names = sorted(signs, key=lambda v: (-causes[v] * len(signs[v]), v))
    yield from (((name,), signs[name][name]) for name in names if name in signs[name])
    number = {name: at for at, name in enumerate(names)}.__getitem__
    of = [
        dict(zip(map(number, row), row.values(), strict=True))
        for row in map(signs.__getitem__, names)
    ]
    onward = [{*sorted(row)} for row in of]
    behind: list[Numbers] = [set() for _ in names]
    for source, targets in enumerate(onward):
        targets.discard(source)
        for target in targets:
            behind[target].add(source)
    ends = [at for at in range(len(names)) if not (onward[at] and behind[at])]
    _take_off(ends, onward, behind)
    for root in range(len(names)):
        if onward[root] and max_length > 1:
            for cycle, sign in _cycles_from(root, of, onward, behind, max_length):
                yield tuple(map(names.__getitem__, cycle)), sign
            _take_off([root], onward, behind)


def shortest_cycles(signs: Signs, max_length: int, cap: int) -> tuple[list[Cycle], int]:
    """Return the shortest cycles, at most `cap`, in any order, and the length counted completely.

    The second value is `max_length` unless the cap was reached.
    """
    found = list(islice(bounded_cycles(signs, max_length), cap + 1))
    if len(found) <= cap:
        return found, max_length
    found = []
    for length in range(1, max_length + 1):
        exact = (c for c in bounded_cycles(signs, length) if len(c[0]) == length)
        found.extend(islice(exact, cap + 1 - len(found)))
        if len(found) > cap:
            return found[:cap], length - 1
    raise AssertionError("the same search found fewer cycles the second time")


def shortest_cycle_through(arrows: Arrows, start: str) -> tuple[str, ...] | None:
    """Return the shortest cycle through a node, ties alphabetical, or None.

    Breadth first with neighbours in alphabetical order: the first way found to
    a node is the alphabetically first of the shortest.
    """
    came_from: dict[str, str] = {}
    queue = deque([start])
    while queue:
        here = queue.popleft()
        for there in sorted(arrows[here]):
            if there == start:
                return _walked(came_from, start, here)
            if there not in came_from:
                came_from[there] = here
                queue.append(there)
    return None


def _walked(came_from: dict[str, str], start: str, end: str) -> tuple[str, ...]:
    way = [end]
    while way[-1] != start:
        way.append(came_from[way[-1]])
    return tuple(way[::-1])


def _take_off(gone: list[int], onward: list[Numbers], behind: list[Numbers]) -> None:
    """Take nodes out of the graph, and all that are in no cycle without them."""
    while gone:
        node = gone.pop()
        for target in onward[node]:
            behind[target].discard(node)
            if not behind[target]:
                gone.append(target)
        for source in behind[node]:
            onward[source].discard(node)
            if not onward[source]:
                gone.append(source)
        onward[node], behind[node] = set(), set()


def _cycles_from(
    root: int,
    signs: NumberedSigns,
    onward: list[Numbers],
    behind: list[Numbers],
    max_length: int,
) -> Iterator[tuple[tuple[int, ...], int]]:
    """Yield the cycles through the root, each with the product of its signs."""
    near = _steps_back(root, onward, behind, max_length)
    paths: list[tuple[tuple[int, ...], int]] = [((root,), 1)]
    last = near[1]
    while paths:
        path, so_far = paths.pop()
        room = max_length - len(path)
        here = path[-1]
        ahead = onward[here]
        if room < len(near):
            ahead = ahead & near[room]
        for node in ahead:
            if node in path:
                continue
            longer, sign = (*path, node), so_far * signs[here][node]
            if node in last:
                yield longer, sign * signs[node][root]
            if room > 2:
                paths.append((longer, sign))
            elif room == 2:
                for end in onward[node] & last:
                    if end not in path:
                        yield (*longer, end), sign * signs[node][end] * signs[end][root]


def _steps_back(
    root: int, onward: list[Numbers], behind: list[Numbers], max_length: int
) -> list[Numbers]:
    """Return, for 0, 1, 2 … steps, the nodes from which the root is no further.

    Looking back is worth it while fewer nodes are met than ways lead on from
    the root; the last steps back are left out where walking on costs less.
    """
    ring, near = behind[root], [set(), behind[root]]
    front, ways = {root}, 1.0
    for _ in range(max_length - 2):
        wider = ways * sum([len(onward[node]) for node in front]) / len(front)
        if wider <= len(ring):
            front = set().union(*[onward[node] for node in front])
            ways = wider
            continue
        ring = set().union(*[behind[node] for node in ring]) - near[-1] - {root}
        near.append(near[-1] | ring)
    return near
