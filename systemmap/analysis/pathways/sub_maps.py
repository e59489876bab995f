"""Sub-maps: the answer to a recipe, opening with one sentence."""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from typing import TYPE_CHECKING

from systemmap.analysis.map_analysis import analysed
from systemmap.analysis.pathways import downstream, routes_on, upstream
from systemmap.analysis.pathways.recipes import Build, Combine
from systemmap.analysis.settings import SETTINGS
from systemmap.errors import InvalidValue
from systemmap.language.phrases import counted, listed, quoted

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from systemmap.analysis.map_analysis import MapAnalysis
    from systemmap.analysis.pathways import Pathway, Sense
    from systemmap.analysis.pathways.recipes import Recipe
    from systemmap.model.system_map import SystemMap


@dataclass(frozen=True, slots=True, kw_only=True)
class SubMap:
    """The answer to a recipe. Factors that are no members are faded, not hidden.

    Attributes
    ----------
    sentence : str
        What to say first.
    starts : tuple[str, ...]
        The starts still on this map; `missing` names those that are gone.
    found : tuple[str, ...]
        The members without the starts, alphabetical.
    links : tuple[tuple[str, str], ...]
        Links to draw at full strength.
    by_start : dict[str, tuple[str, ...]]
        What each start contributes.
    directions : dict[str, dict[str, Sense]]
        Downstream only: what each start does to each factor found.
    """

    recipe: Recipe
    sentence: str
    starts: tuple[str, ...]
    missing: tuple[str, ...]
    found: tuple[str, ...]
    links: tuple[tuple[str, str], ...]
    by_start: Mapping[str, tuple[str, ...]]
    directions: Mapping[str, Mapping[str, Sense]]

    @property
    def members(self) -> frozenset[str]:
        """Everything to draw at full strength, the starts included."""
        return frozenset(self.starts) | frozenset(self.found)


def sub_map(drawn: SystemMap | MapAnalysis, recipe: Recipe) -> SubMap:
    """Answer a recipe on a map.

    Parameters
    ----------
    drawn : SystemMap or MapAnalysis
        The map; a factor of the recipe may be gone from it since.

    Raises
    ------
    InvalidValue
        None of the recipe's factors is on this map any longer.
    """
    analysis = analysed(drawn)
    system_map = analysis.system_map
    on_map = system_map.factors
    starts = tuple(dict.fromkeys(key for key in recipe.starts if key in on_map))
    ends = tuple(dict.fromkeys(key for key in recipe.ends if key in on_map))
    if not starts or (recipe.build is Build.PATHS and not ends):
        raise InvalidValue(
            "None of the recipe's causes is on this map. Choose others, or open the map it was made for."
        )
    sets, shown = _grown(analysis, recipe, starts, ends)
    found = _combined(list(sets.values()), recipe.combine) - set(starts)
    members = found | set(starts)
    return SubMap(
        recipe=recipe,
        sentence=_sentence(system_map, recipe, starts, ends, sets),
        starts=starts,
        missing=tuple(
            key for key in (*recipe.starts, *recipe.ends) if key not in on_map
        ),
        found=tuple(sorted(found)),
        links=tuple(sorted(pair for pair in shown if members.issuperset(pair))),
        by_start={start: tuple(sorted(sets[start] - set(starts))) for start in starts},
        directions=_directions(analysis, recipe, starts, found),
    )


def _grown(
    analysis: MapAnalysis,
    recipe: Recipe,
    starts: tuple[str, ...],
    ends: tuple[str, ...],
) -> tuple[dict[str, set[str]], Collection[tuple[str, str]]]:
    """Return what each start contributes, and the links that may be shown."""
    if recipe.build is not Build.PATHS:
        sets = {start: _built(analysis, start, recipe) for start in starts}
        return sets, analysis.system_map.links
    paths = {start: _paths(analysis, start, ends) for start in starts}
    links = {link for each in paths.values() for path in each for link in path.links}
    return {
        start: {key for path in each for key in path.factors}
        for start, each in paths.items()
    }, links


def _built(analysis: MapAnalysis, start: str, recipe: Recipe) -> set[str]:
    if recipe.build is Build.DOWNSTREAM:
        return set(downstream(analysis, start, within=recipe.within))
    if recipe.build is Build.UPSTREAM:
        return set(upstream(analysis, start, within=recipe.within))
    return set(downstream(analysis, start, within=1)) | set(
        upstream(analysis, start, within=1)
    )


def _paths(analysis: MapAnalysis, start: str, ends: tuple[str, ...]) -> list[Pathway]:
    steps, limit = SETTINGS.path_steps, SETTINGS.path_limit
    return [
        path
        for end in ends
        if end != start
        for path in routes_on(
            analysis.graph, start, end, max_steps=steps, limit=limit
        ).pathways
    ]


def _combined(sets: list[set[str]], combine: Combine) -> set[str]:
    if combine is Combine.INTERSECTION:
        return reduce(set.__and__, sets)
    return set().union(*sets)


def _directions(
    analysis: MapAnalysis, recipe: Recipe, starts: tuple[str, ...], found: set[str]
) -> dict[str, dict[str, Sense]]:
    if recipe.build is not Build.DOWNSTREAM:
        return {}
    graph, limit = analysis.graph, SETTINGS.path_limit
    return {
        key: {
            start: routes_on(
                graph, start, key, max_steps=recipe.within, limit=limit
            ).sense
            for start in starts
        }
        for key in sorted(found)
    }


_VERBS = {
    Build.DOWNSTREAM: ("leads to", "lead to"),
    Build.UPSTREAM: ("rests on", "rest on"),
    Build.EGO: ("is linked with", "are linked with"),
    Build.PATHS: ("leads", "lead"),
}
_EACH = {
    Build.DOWNSTREAM: "{both} lead to",
    Build.UPSTREAM: "{both} rest on",
    Build.EGO: "are {both} linked with",
}
_STEPS = {1: "one step", 2: "two steps", 3: "three steps"}


def _sentence(
    system_map: SystemMap,
    recipe: Recipe,
    starts: tuple[str, ...],
    ends: tuple[str, ...],
    sets: Mapping[str, set[str]],
) -> str:
    labels = [system_map.factors[key].label for key in starts]
    every = _combined(list(sets.values()), Combine.UNION) - set(starts)
    shared = _combined(list(sets.values()), Combine.INTERSECTION) - set(starts)
    if recipe.build is Build.PATHS:
        towards = listed(system_map.factors[key].label for key in ends)
        via = counted(len(every - set(ends)), "cause")
        if not every:
            return f"No route of up to {SETTINGS.path_steps} links leads from {listed(labels)} to {towards}."
        verb = _VERBS[recipe.build][len(starts) > 1]
        return f"{listed(labels)} {verb} to {towards} through {via}, on up to {SETTINGS.path_limit} of the shortest routes."
    reach = _STEPS[1 if recipe.build is Build.EGO else recipe.within]
    if len(starts) == 1:
        verb = _VERBS[recipe.build][0]
        return f"Within {reach}, {quoted(labels[0])} {verb} {counted(len(every), 'cause')}."
    both = "both" if len(starts) == 2 else "all"
    if recipe.combine is Combine.INTERSECTION and not shared:
        return f"Nothing on this map lies within {reach} of {both} of them: {listed(labels)}."
    return (
        f"Within {reach}, {listed(labels)} {_EACH[recipe.build].format(both=both)} {counted(len(shared), 'cause')}; "
        f"together they {_VERBS[recipe.build][1]} {len(every):,}."
    )
