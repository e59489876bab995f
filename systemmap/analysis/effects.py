"""Effects on the outcome: which way a push travels over uncertain links, in how many runs."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from math import log
from typing import TYPE_CHECKING

import networkx as nx
import numpy as np

from systemmap.analysis.graph import to_digraph
from systemmap.analysis.settings import SETTINGS
from systemmap.analysis.strength_draws import RANGES, answers, drawn
from systemmap.errors import InvalidValue
from systemmap.language.phrases import counted, quoted

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from systemmap.analysis.settings import AnalysisSettings
    from systemmap.analysis.strength_draws import Floats
    from systemmap.model.system_map import SystemMap
    from systemmap.model.values import Strength


class Direction(StrEnum):
    """Which way a factor moves. Unclear is an answer of its own, never an average."""

    MORE = "more"
    LESS = "less"
    UNCLEAR = "unclear"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """What many draws of uncertain strengths say about one factor.

    Attributes
    ----------
    factor_id : str
        Of `outcome_effects`: the factor pushed. Of `what_if`: the one that moves.
    direction : Direction
        NONE = no route on this map. UNCLEAR = too few draws agree.
    agreeing, draws : int
        How many of how many draws share the majority sign.
    bar : int
        1 to 5: fifths of the size of the median among factors with a route; 0
        without a direction.
    steps : int | None
        Links between this factor and the outcome (or the nearest push); None
        without a route.
    slow_links : int
        Links marked slow on the strongest route.
    median, low, high : float
        Behind "why?" only: the median and the 5 to 95 % range, without a unit.
    """

    factor_id: str
    direction: Direction
    agreeing: int
    draws: int
    bar: int
    steps: int | None
    slow_links: int
    median: float
    low: float
    high: float


def outcome_effects(
    system_map: SystemMap,
    *,
    drop_links: bool = False,
    settings: AnalysisSettings = SETTINGS,
) -> dict[str, Effect]:
    """Return what a unit push on each factor does to the outcome.

    Parameters
    ----------
    system_map : SystemMap
        The map, with an outcome chosen. It is not changed.
    drop_links : bool
        Also leave out every tenth link at random in each draw: tests the
        drawing itself.
    settings : AnalysisSettings
        Draws, seed, cap and the agreement asked for.

    Returns
    -------
    dict[str, Effect]
        By factor id in alphabetical order, without the outcome.

    Raises
    ------
    InvalidValue
        No outcome is chosen.

    Notes
    -----
    A change travels as capped linear: each factor's total pull from its causes
    stays at or below 0.8, so one answer exists. Links of unknown direction get
    a random sign in each draw. Sizes have no unit and are no effect sizes.

    References
    ----------
    Analysis guide, section 9 and appendix B; uncertain strengths as in Uleman
    and others (2026), doi:10.1186/s12916-026-04971-0.
    """
    return effects_on(
        to_digraph(system_map), system_map.outcome, settings, drop_links=drop_links
    )


def effects_on(
    graph: nx.DiGraph[str],
    outcome: str | None,
    settings: AnalysisSettings,
    *,
    drop_links: bool = False,
) -> dict[str, Effect]:
    """Return what `outcome_effects` does, for a caller that has the map's graph."""
    outcome = chosen(outcome)
    links = drawn(graph, settings, drop_links=drop_links)
    steps = nx.single_source_shortest_path_length(graph.reverse(copy=False), outcome)
    values = answers(
        links,
        [float(name == outcome) for name in links.names],
        transposed=True,
    )
    slow = slow_links(graph.reverse(copy=False), {outcome})
    return summed_up(links.names, values, {outcome}, steps, slow, settings)


def effect_sentence(effect: Effect, system_map: SystemMap) -> str:
    """Say what a push on this factor does to the outcome, no more surely than the map."""
    name = quoted(system_map.factor(effect.factor_id).label)
    outcome = quoted(system_map.factor(chosen(system_map.outcome)).label)
    if effect.direction is Direction.NONE:
        return f"No effect of {name} on {outcome} on this map: there is no route."
    away = f"It lies {counted(effect.steps or 0, 'link')} from the outcome."
    if not effect.agreeing:
        return f"{name} is too far from {outcome} for a push to be followed. {away}"
    if effect.direction is Direction.UNCLEAR:
        return f"{name} helps in some runs and harms in others: talk it through. {away}"
    most = (
        " and moves it more than most causes do"
        if effect.bar == SETTINGS.bar_steps
        else ""
    )
    return (
        f"On this map, more {name} means {effect.direction} {outcome} "
        f"in {in_runs(effect)} of runs{most}. {away}{_slowly(effect)}"
    )


def in_runs(effect: Effect) -> str:
    """Return the share of draws that agree, for instance ``89 %``; never rounded up to all."""
    share = 100 * effect.agreeing / effect.draws
    return f"{int(share) if share > 99 else round(share)} %"


def _slowly(effect: Effect) -> str:
    if not effect.slow_links:
        return ""
    return f" The strongest route has {counted(effect.slow_links, 'slow link')}."


def chosen(outcome: str | None) -> str:
    """Return a map's outcome, or say in words that none is chosen."""
    if outcome is None:
        raise InvalidValue(
            "No outcome is chosen. Choose the cause the group cares about most, then run this again."
        )
    return outcome


def slow_links(graph: nx.DiGraph[str], starts: set[str]) -> dict[str, int]:
    """Count the slow links on the strongest route from the starts to each factor.

    A link is worth the middle of its range; the cap is left out here, since
    the route is only named and not measured.
    """

    def cost(_: str, __: str, edge: Mapping[str, Strength]) -> float:
        return -log(sum(RANGES[edge["strength"]]) / 2)

    routes = nx.multi_source_dijkstra_path(graph, starts, weight=cost)
    slow = dict.fromkeys(starts, 0)
    for route in sorted(routes.values(), key=len):  # each goes on from a shorter one
        if len(route) > 1:
            before, last = route[-2:]
            slow[last] = slow[before] + (graph.adj[before][last]["delay"] is True)
    return slow


def summed_up(
    names: Sequence[str],
    values: Floats,
    starts: set[str],
    steps: Mapping[str, int],
    slow: Mapping[str, int],
    settings: AnalysisSettings,
) -> dict[str, Effect]:
    """Sum up the draws of every factor that was not itself a start."""
    shown = [i for i, name in enumerate(names) if name not in starts]
    median = np.median(values, axis=0)
    low, high = np.quantile(values, (0.05, 0.95), axis=0)
    agreeing = np.maximum((values > 0).sum(axis=0), (values < 0).sum(axis=0))
    sizes = np.sort([abs(median[i]) for i in shown if names[i] in steps])
    found = {}
    for i in shown:
        name = names[i]
        direction = _direction(values[:, i], settings, has_route=name in steps)
        clear = direction in (Direction.MORE, Direction.LESS)
        found[name] = Effect(
            factor_id=name,
            direction=direction,
            agreeing=int(agreeing[i]),
            draws=settings.draws,
            bar=_bar(abs(median[i]), sizes, settings) if clear else 0,
            steps=steps.get(name),
            slow_links=slow.get(name, 0),
            median=float(median[i]),
            low=float(low[i]),
            high=float(high[i]),
        )
    return found


def _direction(
    values: Floats, settings: AnalysisSettings, *, has_route: bool
) -> Direction:
    if not has_route:
        return Direction.NONE
    if (values > 0).mean() >= settings.agreement:
        return Direction.MORE
    if (values < 0).mean() >= settings.agreement:
        return Direction.LESS
    return Direction.UNCLEAR


def _bar(size: float, sizes: Floats, settings: AnalysisSettings) -> int:
    """Return the fifth in which a size lies, 1 to 5; equal sizes share a fifth."""
    smaller = int(np.searchsorted(sizes, size))
    return 1 + smaller * settings.bar_steps // len(sizes)
