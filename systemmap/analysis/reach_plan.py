"""Reach planner: the fewest factors from which everything ticked is a few links away."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING

import networkx as nx
import numpy as np

from systemmap.analysis.map_analysis import analysed
from systemmap.analysis.settings import SETTINGS
from systemmap.errors import InvalidValue
from systemmap.language.phrases import counted, listed
from systemmap.model.values import Influence

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from systemmap.analysis.map_analysis import MapAnalysis
    from systemmap.model.system_map import SystemMap

CAVEAT = (
    "Several equally small sets may exist. Directions, strength and cost are not "
    "looked at, and to be near a cause is not to change it."
)
ROUNDING = 1e-6
"""So far below a whole number a bound still means that number."""
_OURS = (Influence.LOCAL, Influence.SHARED)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReachPlan:
    """A small set of factors to work on, and what it reaches.

    Attributes
    ----------
    chosen : tuple[str, ...]
        Factor ids, alphabetical.
    reached_from : dict[str, tuple[str, ...]]
        For every target within reach, which chosen factors it is near to.
    unreachable : tuple[str, ...]
        Targets that no candidate reaches; named, never dropped.
    exact : bool
        Whether no smaller set exists; otherwise "close to the smallest".
    at_least : int
        No set of fewer factors can be enough; 0 = not known.
    steps : int
        How near is near, in links.
    """

    chosen: tuple[str, ...]
    reached_from: Mapping[str, tuple[str, ...]]
    unreachable: tuple[str, ...]
    exact: bool
    at_least: int = 0
    steps: int


def plan_reach(
    drawn: SystemMap | MapAnalysis,
    targets: Collection[str] | None = None,
    *,
    candidates: Collection[str] | None = None,
    steps: int = SETTINGS.steps,
    force_in: Collection[str] = (),
    force_out: Collection[str] = (),
    seconds: float = SETTINGS.reach_seconds,
) -> ReachPlan:
    """Find the smallest set of factors with every target within `steps` links.

    Parameters
    ----------
    drawn : SystemMap or MapAnalysis
        The map. It is not changed.
    targets : collection of ids, optional
        What should be reached; all factors unless given. A factor reaches itself.
    candidates : collection of ids, optional
        What could be worked on; unless given, factors that people marked as
        changed locally or shared.
    force_in, force_out : collection of ids
        Factors to work on in any case, or not at all.
    seconds : float
        After this long the smallest set found is returned, and how many any
        set must have at least.

    Raises
    ------
    UnknownItem
        A named factor is not on the map.
    InvalidValue
        There is no candidate, or a factor is forced both in and out.

    Notes
    -----
    A set cover, solved exactly as an integer programme (HiGHS in scipy).
    """
    analysis = analysed(drawn)
    system_map = analysis.system_map
    for key in (*(targets or ()), *(candidates or ()), *force_in, *force_out):
        system_map.factor(key)
    if both := sorted(set(force_in) & set(force_out)):
        names = listed(system_map.factors[key].label for key in both)
        msg = f"{names} cannot be both in and out. Take it off one of the two lists."
        raise InvalidValue(msg)
    usable = _candidates(system_map, candidates, force_in, force_out)
    near = _near(analysis.graph, usable, steps)
    wanted = sorted(system_map.factors if targets is None else set(targets))
    within = set().union(*near.values())
    reachable = [key for key in wanted if key in within]
    quick = _greedy(near, reachable, force_in)
    found, at_least = _smallest(near, reachable, force_in, seconds)
    best = quick if found is None or len(quick) < len(found) else found
    chosen = tuple(sorted(best))
    return ReachPlan(
        chosen=chosen,
        reached_from={
            key: tuple(each for each in chosen if key in near[each])
            for key in reachable
        },
        unreachable=tuple(key for key in wanted if key not in reachable),
        exact=len(chosen) == at_least,
        at_least=at_least,
        steps=steps,
    )


def reach_sentence(plan: ReachPlan, system_map: SystemMap) -> str:
    """Say what the plan reaches, and what no factor in our reach comes near to."""
    close = "" if plan.exact else _close(plan)
    number = counted(len(plan.chosen), "cause")
    what = "Everything you ticked" if not plan.unreachable else "The rest"
    missed = ""
    if plan.unreachable:
        names = listed(system_map.factors[key].label for key in plan.unreachable)
        missed = f"No cause we can influence comes within {counted(plan.steps, 'step')} of {names}. "
    if not plan.chosen:
        return f"{missed}There is nothing to reach." if not missed else missed.strip()
    return f"{missed}{what} is within {counted(plan.steps, 'step')} of these {number}.{close} {CAVEAT}"


def _close(plan: ReachPlan) -> str:
    least = f": no set of fewer than {plan.at_least} is enough" if plan.at_least else ""
    return f" This is close to the smallest set{least}."


def _candidates(
    system_map: SystemMap,
    candidates: Collection[str] | None,
    force_in: Collection[str],
    force_out: Collection[str],
) -> list[str]:
    factors = system_map.factors
    ours = {key for key, factor in factors.items() if factor.influence in _OURS}
    usable = (ours if candidates is None else set(candidates)) | set(force_in)
    usable -= set(force_out)
    if not usable:
        raise InvalidValue(
            "No cause is marked yet as one that can be changed here. Mark some as local or shared, then ask again."
        )
    return sorted(usable)


def _near(graph: nx.DiGraph[str], usable: list[str], steps: int) -> dict[str, set[str]]:
    return {
        key: set(nx.single_source_shortest_path_length(graph, key, cutoff=steps))
        for key in usable
    }


def _smallest(
    near: Mapping[str, set[str]],
    targets: list[str],
    force_in: Collection[str],
    seconds: float,
) -> tuple[list[str] | None, int]:
    """Return the smallest set found in time, and how many any set must have.

    None = none was found. The set is the smallest there is when it has no more
    than the second number.
    """
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import csr_matrix

    if not targets:
        return sorted(force_in), len(set(force_in))
    usable = list(near)
    row = {key: at for at, key in enumerate(targets)}
    cells = [
        (row[t], at) for at, key in enumerate(usable) for t in near[key] & set(row)
    ]
    rows, columns = np.array(cells).T
    shape = (len(targets), len(usable))
    covers = csr_matrix((np.ones(len(cells)), (rows, columns)), shape)
    forced = np.array([float(key in set(force_in)) for key in usable])
    answer = milp(
        np.ones(len(usable)),
        constraints=LinearConstraint(covers, lb=1.0),
        integrality=np.ones(len(usable)),
        bounds=Bounds(forced, np.ones(len(usable))),
        options={"time_limit": seconds},
    )
    bound = answer.mip_dual_bound
    known = bound is not None and np.isfinite(bound)
    at_least = max(0, ceil(bound - ROUNDING)) if known else 0
    if answer.x is None:
        return None, at_least
    return [key for key, on in zip(usable, answer.x, strict=True) if on > 0.5], at_least


def _greedy(
    near: Mapping[str, set[str]], targets: list[str], force_in: Collection[str]
) -> list[str]:
    """Take the factor that reaches most of what is left, alphabetical in a tie."""
    chosen = sorted(set(force_in))
    left = set(targets).difference(*(near[key] for key in chosen))
    gain = {key: len(near[key] & left) for key in sorted(near)}
    while left:
        best = max(gain, key=gain.__getitem__)
        if (now := len(near[best] & left)) < gain[best]:  # others were quicker
            gain[best] = now
            continue
        chosen.append(best)
        left -= near[best]
    return chosen
