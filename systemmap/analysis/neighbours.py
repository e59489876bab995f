"""Factors within a number of links of one factor, whichever way the links point."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping

    from systemmap.model.system_map import SystemMap

Neighbours: TypeAlias = "Mapping[str, frozenset[str]]"


def neighbours_of(system_map: SystemMap) -> Neighbours:
    """Return what each linked factor is linked with, whatever the direction and sign."""
    beside: dict[str, set[str]] = defaultdict(set)
    for source, target in system_map.links:
        beside[source].add(target)
        beside[target].add(source)
    return {key: frozenset(others) for key, others in beside.items()}


def nearby(
    system_map: SystemMap,
    factor_id: str,
    *,
    within: int = 2,
    beside: Neighbours | None = None,
) -> dict[str, int]:
    r"""Find what lies close to a factor on a map.

    Parameters
    ----------
    system_map : SystemMap
        The map to look at. It is not changed.
    factor_id : str
        Where to start.
    within : int
        How far to go, in links; their direction and sign do not matter.
    beside : mapping | None
        What `neighbours_of` found, when the caller has it.

    Returns
    -------
    dict[str, int]
        Distance in links by factor id, the start (0) first, then nearest
        first, alphabetical within a distance.

    Raises
    ------
    UnknownItem
        The map has no factor with this id.

    Examples
    --------
    >>> from systemmap.testing import map_from
    >>> nearby(map_from("a -> b +\n c -> b -\n c -> d +"), "a", within=2)
    {'a': 0, 'b': 1, 'c': 2}
    """
    system_map.factor(factor_id)
    beside = neighbours_of(system_map) if beside is None else beside
    found = {factor_id: 0}
    for distance in range(1, within + 1):
        edge = [known for known, steps in found.items() if steps == distance - 1]
        new = {other for known in edge for other in beside.get(known, ())} - set(found)
        found |= dict.fromkeys(sorted(new), distance)
    return found
