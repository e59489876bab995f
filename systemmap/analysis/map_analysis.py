"""What one map says, worked out once and handed to whoever asks."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from systemmap.analysis.effects import effects_on
from systemmap.analysis.graph import to_digraph
from systemmap.analysis.importance import importance_from
from systemmap.analysis.loops import find_loops, shortest_loops
from systemmap.analysis.neighbours import nearby, neighbours_of
from systemmap.analysis.settings import SETTINGS

if TYPE_CHECKING:
    from collections.abc import Mapping

    import networkx as nx

    from systemmap.analysis.effects import Effect
    from systemmap.analysis.importance import ImportanceResult
    from systemmap.analysis.loops import Loop, LoopList
    from systemmap.analysis.neighbours import Neighbours
    from systemmap.analysis.settings import AnalysisSettings
    from systemmap.model.system_map import SystemMap


@dataclass(frozen=True, eq=False)
class MapAnalysis:
    r"""A map with its graph, loops, effects and importance, each worked out when first asked.

    Make it once and hand it on: gaps, measures, checks, drawings and documents
    take it in place of the map.

    Parameters
    ----------
    system_map : SystemMap
        What is analysed. It must not be changed afterwards: the answers are
        kept and would no longer be true of it.
    settings : AnalysisSettings
        The judgement values that hold for every answer.

    Examples
    --------
    >>> from systemmap.testing import map_from
    >>> drawn = map_from("stress -> sleep -\n sleep -> stress -", outcome="sleep")
    >>> analysis = MapAnalysis(drawn)
    >>> analysis.loops.sentence, analysis.importance.outcome
    ('1 loop of up to 6 causes.', 'sleep')
    """

    system_map: SystemMap
    settings: AnalysisSettings = SETTINGS

    @cached_property
    def graph(self) -> nx.DiGraph[str]:
        """The map as a directed graph, see `to_digraph`; read only."""
        return to_digraph(self.system_map)

    @cached_property
    def neighbours(self) -> Neighbours:
        """What every factor is linked with, either way and with undirected links too."""
        return neighbours_of(self.system_map)

    @cached_property
    def loops(self) -> LoopList:
        """The loops of up to as many factors as the settings say."""
        return find_loops(
            self.system_map, self.settings.loop_length, self.settings.loop_cap
        )

    @cached_property
    def shortest_loops(self) -> Mapping[str, Loop]:
        """The shortest loop through each factor that is in any, however long."""
        return shortest_loops(self.system_map)

    @cached_property
    def effects(self) -> Mapping[str, Effect]:
        """What a push on each factor does to the outcome, see `outcome_effects`.

        Raises
        ------
        InvalidValue
            No outcome is chosen.
        """
        return effects_on(self.graph, self.system_map.outcome, self.settings)

    def take_over(self, earlier: MapAnalysis) -> None:
        """Keep the effects that an earlier analysis worked out, where they hold here too.

        They hang on the causes, the links' signs, strengths and delays, the
        outcome and the settings; an edited note or action changes none of these.
        Nothing is worked out, and nothing is taken where one of these differs.
        """
        found = earlier.__dict__.get("effects")
        alike = (
            found is not None
            and self.settings == earlier.settings
            and self.system_map.outcome == earlier.system_map.outcome
            and dict(self.graph.adj) == dict(earlier.graph.adj)
        )
        if alike:
            self.__dict__["effects"] = found

    @cached_property
    def importance(self) -> ImportanceResult:
        """The importance of every factor but the outcome, see `find_importance`."""
        return importance_from(
            self.system_map,
            graph=self.graph,
            loops=self.loops,
            effects=self.effects if self.system_map.outcome is not None else {},
            settings=self.settings,
        )

    @cached_property
    def _other_loops(self) -> dict[int, LoopList]:
        return {}

    def loops_up_to(self, max_length: int) -> LoopList:
        """Return the loops of up to so many factors; shorter lists are cut from `loops`."""
        if max_length <= self.settings.loop_length:
            return self.loops.up_to(max_length)
        if max_length not in self._other_loops:
            self._other_loops[max_length] = find_loops(
                self.system_map, max_length, self.settings.loop_cap
            )
        return self._other_loops[max_length]

    def nearby(self, factor_id: str, *, within: int = 2) -> dict[str, int]:
        """Return what lies close to a factor, see `neighbours.nearby`."""
        return nearby(self.system_map, factor_id, within=within, beside=self.neighbours)


def analysed(drawn: SystemMap | MapAnalysis) -> MapAnalysis:
    """Return the analysis of a map, or the analysis handed over."""
    return drawn if isinstance(drawn, MapAnalysis) else MapAnalysis(drawn)
