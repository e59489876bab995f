"""What-if: how every other factor moves when some are pushed together."""

from __future__ import annotations

from typing import TYPE_CHECKING

import networkx as nx

from systemmap.analysis.effects import chosen, slow_links, summed_up
from systemmap.analysis.map_analysis import analysed
from systemmap.analysis.strength_draws import answers
from systemmap.analysis.strength_draws import drawn as strengths_drawn
from systemmap.errors import InvalidValue

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from systemmap.analysis.effects import Effect
    from systemmap.analysis.map_analysis import MapAnalysis
    from systemmap.analysis.settings import AnalysisSettings
    from systemmap.model.system_map import SystemMap


def what_if(
    drawn: SystemMap | MapAnalysis,
    push: Mapping[str, float],
    *,
    drop_links: bool = False,
    settings: AnalysisSettings | None = None,
) -> dict[str, Effect]:
    """Return how every other factor moves when some are pushed together.

    Parameters
    ----------
    drawn : SystemMap or MapAnalysis
        The map, with an outcome chosen. It is not changed.
    push : mapping
        1.0 for more and -1.0 for less of a factor, by id. One run answers for
        all pushes together; results of separate runs must not be added.

    Returns
    -------
    dict[str, Effect]
        By factor id in alphabetical order, without those pushed.

    Raises
    ------
    InvalidValue
        Nothing is pushed, or no outcome is chosen.
    UnknownItem
        A pushed factor is not on the map.
    """
    analysis = analysed(drawn)
    graph, system_map = analysis.graph, analysis.system_map
    settings = settings or analysis.settings
    chosen(system_map.outcome)
    starts = {system_map.factor(name).id for name, size in push.items() if size}
    if not starts:
        raise InvalidValue(
            "Nothing is pushed. Choose at least one cause to raise or lower."
        )
    links = strengths_drawn(graph, settings, drop_links=drop_links)
    steps = _steps_from(graph, starts)
    values = answers(
        links,
        [push.get(name, 0.0) for name in links.names],
        transposed=False,
    )
    slow = slow_links(graph, starts)
    return summed_up(links.names, values, starts, steps, slow, settings)


def _steps_from(graph: nx.DiGraph[str], starts: Iterable[str]) -> dict[str, int]:
    steps: dict[str, int] = {}
    for start in sorted(starts):
        for name, step in nx.single_source_shortest_path_length(graph, start).items():
            steps[name] = min(step, steps.get(name, step))
    return steps
