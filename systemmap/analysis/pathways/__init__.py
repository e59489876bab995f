"""Upstream, downstream and between: what leads to a factor, and what follows from it."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice, pairwise
from math import prod
from typing import TYPE_CHECKING

from systemmap.analysis.map_analysis import analysed
from systemmap.analysis.settings import SETTINGS
from systemmap.errors import InvalidValue
from systemmap.language.phrases import counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import networkx as nx

    from systemmap.analysis.map_analysis import MapAnalysis
    from systemmap.model.system_map import SystemMap


class Sense(StrEnum):
    """What a route, or several routes together, do to their end."""

    RAISES = "raises"
    LOWERS = "lowers"
    UNDETERMINED = "undetermined"
    MIXED = "mixed"
    NONE = "no route"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pathway:
    """A chain of links in which no factor comes twice; `delays` of them are slow."""

    factors: tuple[str, ...]
    sense: Sense
    delays: int = 0

    @property
    def links(self) -> tuple[tuple[str, str], ...]:
        """(source, target) of each link, in order."""
        return tuple(pairwise(self.factors))


@dataclass(frozen=True, slots=True, kw_only=True)
class Routes:
    """The routes between two factors, shortest first, and whether there are more."""

    pathways: tuple[Pathway, ...]
    more: bool

    @property
    def sense(self) -> Sense:
        """What the routes do together; routes that differ are mixed, never averaged."""
        return together([pathway.sense for pathway in self.pathways])


SENSE_WORDS = {
    Sense.RAISES: "raises it",
    Sense.LOWERS: "lowers it",
    Sense.UNDETERMINED: "undetermined, the direction of a link is not agreed",
    Sense.MIXED: "mixed, some routes raise it, others lower it",
    Sense.NONE: "no route",
}


def downstream(
    drawn: SystemMap | MapAnalysis, *factor_ids: str, within: int = SETTINGS.steps
) -> dict[str, int]:
    r"""Find what may follow from a change in one factor, or in any of several.

    Parameters
    ----------
    system_map : SystemMap
        The map to follow. It is not changed.
    within : int
        How far to follow, in links: 1 to 3. Further on, nearly everything is
        connected to nearly everything.

    Returns
    -------
    dict[str, int]
        Distance in links by factor id, nearest first, then alphabetical,
        without the starts.

    Raises
    ------
    UnknownItem
        The map has no factor with this id.
    InvalidValue
        `within` is not 1, 2 or 3.

    Notes
    -----
    Links of unknown direction are followed too. To be reached is not to be
    affected: the map holds participants' claims [1]_.

    References
    ----------
    .. [1] Barbrook-Johnson, P. and Penn, A. S. (2021). doi:10.1177/1356389020976153

    Examples
    --------
    >>> from systemmap.testing import map_from
    >>> diet = map_from("stress -> snacking +\n snacking -> weight ?")
    >>> downstream(diet, "stress")
    {'snacking': 1, 'weight': 2}
    """
    return _traced(analysed(drawn), factor_ids, within, back=False)


def upstream(
    drawn: SystemMap | MapAnalysis, *factor_ids: str, within: int = SETTINGS.steps
) -> dict[str, int]:
    """Find what may lead to a change in one factor, or in any of several.

    As `downstream`, against the direction of the links.
    """
    return _traced(analysed(drawn), factor_ids, within, back=True)


def between(
    drawn: SystemMap | MapAnalysis,
    source: str,
    target: str,
    *,
    max_steps: int = SETTINGS.path_steps,
    limit: int = SETTINGS.path_limit,
) -> Routes:
    """Find the routes from one factor to another.

    Parameters
    ----------
    max_steps : int
        The most links a route may have.
    limit : int
        How many routes to keep; `more` says when there are others.

    Returns
    -------
    Routes
        Fewer links first, then alphabetical. From a factor to itself there is
        no route: look for its loops.

    Raises
    ------
    UnknownItem
        One of the two factors is not on the map.
    """
    analysis = analysed(drawn)
    for end in (source, target):
        analysis.system_map.factor(end)
    return routes_on(analysis.graph, source, target, max_steps=max_steps, limit=limit)


def routes_on(
    graph: nx.DiGraph[str], source: str, target: str, *, max_steps: int, limit: int
) -> Routes:
    """Return what `between` does, for a caller that asks many times about one graph."""
    left = _steps_to(graph, target, max_steps)
    found = [
        route
        for length in range(1, max_steps + 1)
        for route in islice(_routes(graph, source, left, length), limit + 1)
    ][: limit + 1]
    pathways = tuple(_pathway(graph, route) for route in found[:limit])
    return Routes(pathways=pathways, more=len(found) > limit)


def together(senses: list[Sense]) -> Sense:
    """Return what several routes do together; one unknown leaves them undetermined."""
    kinds = set(senses) - {Sense.NONE}
    if not kinds:
        return Sense.NONE
    if Sense.MIXED in kinds or {Sense.RAISES, Sense.LOWERS} <= kinds:
        return Sense.MIXED
    return kinds.pop() if len(kinds) == 1 else Sense.UNDETERMINED


def _traced(
    analysis: MapAnalysis, factor_ids: tuple[str, ...], within: int, *, back: bool
) -> dict[str, int]:
    if not 1 <= within <= SETTINGS.furthest_steps:
        msg = f"A trace of {within} links is not offered. Choose 1 to {SETTINGS.furthest_steps}."
        raise InvalidValue(msg)
    neighbours = analysis.graph.pred if back else analysis.graph.adj
    steps = {analysis.system_map.factor(key).id: 0 for key in factor_ids}
    queue = deque(steps)
    while queue:
        here = queue.popleft()
        for there in neighbours[here] if steps[here] < within else ():
            if there not in steps:
                steps[there] = steps[here] + 1
                queue.append(there)
    reached = sorted((step, key) for key, step in steps.items() if step)
    return {key: step for step, key in reached}


def _steps_to(graph: nx.DiGraph[str], target: str, max_steps: int) -> dict[str, int]:
    steps = {target: 0}
    queue = deque([target])
    while queue:
        here = queue.popleft()
        for there in graph.pred[here] if steps[here] < max_steps else ():
            if there not in steps:
                steps[there] = steps[here] + 1
                queue.append(there)
    return steps


def _routes(
    graph: nx.DiGraph[str], source: str, left: Mapping[str, int], length: int
) -> Iterator[list[str]]:
    """Yield the routes of exactly `length` links, in alphabetical order.

    `left` holds the fewest links from each factor to the target.
    """

    def walk(route: list[str]) -> Iterator[list[str]]:
        room = length - len(route)
        for there in sorted(graph.adj[route[-1]]):
            if left.get(there, length) > room or there in route:
                continue
            if left[there] == 0:
                if room == 0:
                    yield [*route, there]
            elif room:
                yield from walk([*route, there])

    if left.get(source, 0) > 0:
        yield from walk([source])


def _pathway(graph: nx.DiGraph[str], route: list[str]) -> Pathway:
    edges = [graph.adj[source][target] for source, target in pairwise(route)]
    sign = prod(edge["sign"] for edge in edges)
    return Pathway(
        factors=tuple(route),
        sense={1: Sense.RAISES, -1: Sense.LOWERS, 0: Sense.UNDETERMINED}[sign],
        delays=sum(edge["delay"] is True for edge in edges),
    )


def routes_sentence(routes: Routes, source: str, target: str) -> str:
    """Say how many routes lead from one label to another, and what they do."""
    if not routes.pathways:
        return f"No route of up to {SETTINGS.path_steps} links leads from {source} to {target} on this map."
    count = counted(len(routes.pathways), "route")
    number = f"More than {count}" if routes.more else count
    verb = "leads" if len(routes.pathways) == 1 and not routes.more else "lead"
    return f"{number} {verb} from {source} to {target}: {SENSE_WORDS[routes.sense]}."
