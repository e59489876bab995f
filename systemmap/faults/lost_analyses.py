"""Every analysis on the shapes that analyses get lost in: it ends, or says that it stopped."""

from __future__ import annotations

import time
from datetime import date
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING

from systemmap.analysis.checks import run_checks
from systemmap.analysis.effects import outcome_effects
from systemmap.analysis.importance import find_importance
from systemmap.analysis.loops import find_loops, shortest_loops
from systemmap.analysis.measures import MEASURES
from systemmap.analysis.pathways import between, downstream, upstream
from systemmap.analysis.pushes import what_if
from systemmap.analysis.reach_plan import plan_reach
from systemmap.errors import InvalidValue
from systemmap.faults._fault_test import FaultTest, Result, chance_from
from systemmap.gaps import find_gaps
from systemmap.model.elements import Factor, Link, MapVersion
from systemmap.model.plan import ProgrammeInfo
from systemmap.model.programme import Programme
from systemmap.model.system_map import SystemMap
from systemmap.model.values import Influence, Polarity

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Iterable, Iterator

PROMISE = "Analyses end"
LIMIT = 2.0
"""Seconds of work (of this program's own, not of its wait for the machine)."""
_DAY = date(2026, 11, 29)


def analyses(runs: int, *, seed: int | None = None) -> Result:
    """Ask every analysis of `runs` times five maps, drawn anew each time.

    The maps have 60 causes and 180 links, 108 and 304, 108 and 600, 15 with each
    acting on each, and a chain of 2,000. `acknowledged` are the questions that were
    answered or said in words that they stopped. It is `wrong` when one took longer.
    """
    start, chance = time.monotonic(), chance_from(seed)
    asked = slow = stopped = 0
    most, which = 0.0, ""
    for _ in range(runs):
        for shape, drawn in _maps(chance):
            for name, ask in _questions(drawn):
                asked += 1
                begun = time.process_time()
                try:
                    ask()
                except InvalidValue:  # it says so in words
                    stopped += 1
                took = time.process_time() - begun
                slow += took > LIMIT
                if took > most:
                    most, which = took, f"{name}, {shape}"
    return Result(
        promise=PROMISE,
        runs=asked,
        acknowledged=asked,
        lost=0,
        wrong=slow,
        seconds=round(time.monotonic() - start, 1),
        figures={
            "stopped and said so": stopped,
            f"longest, ms ({which})": round(1_000 * most),
        },
    )


def _questions(drawn: SystemMap) -> Iterator[tuple[str, Callable[[], object]]]:
    names = sorted(drawn.factors)
    first, last = names[0], drawn.outcome or names[-1]
    for length in (6, 8):
        yield f"loops up to {length}", partial(find_loops, drawn, length)
    yield "shortest loops", partial(shortest_loops, drawn)
    for key, measure in MEASURES.items():
        yield f"measure {key}", partial(measure.values, drawn)
    yield "health check", partial(run_checks, drawn)
    yield "effects on the outcome", partial(outcome_effects, drawn)
    yield "importance", partial(find_importance, drawn)
    yield "what-if", partial(what_if, drawn, {first: 1.0})
    yield "reach planner", partial(plan_reach, drawn, candidates=drawn.factors)
    yield "ways between", partial(between, drawn, first, last)
    yield "upstream", partial(upstream, drawn, last)
    yield "downstream", partial(downstream, drawn, first)
    programme = Programme(ProgrammeInfo(id="shapes", name="Shapes"))
    programme.put_map(drawn)
    yield "gaps", partial(find_gaps, programme, "main", today=_DAY)


def _maps(chance: random.Random) -> Iterator[tuple[str, SystemMap]]:
    for causes, links in ((60, 180), (108, 304), (108, 600)):
        names = [f"f{n:04d}" for n in range(causes)]
        pairs = dict.fromkeys(pairwise(names))
        while len(pairs) < links:
            one, other = chance.sample(names, 2)
            pairs[one, other] = None
        yield f"{causes}/{links}", _drawn(names, pairs, chance)
    names = [f"f{n:04d}" for n in range(15)]
    every = [(a, b) for a in names for b in names if a != b]
    yield "15, each on each", _drawn(names, every, chance)
    names = [f"f{n:04d}" for n in range(2_000)]
    yield "a chain of 2,000", _drawn(names, pairwise(names), chance)


def _drawn(
    names: list[str], pairs: Iterable[tuple[str, str]], chance: random.Random
) -> SystemMap:
    signs = [sign for sign in Polarity if sign is not Polarity.UNKNOWN]
    return SystemMap(
        MapVersion(id="main", name="Main map", outcome=names[-1]),
        [Factor(id=n, label=f"Cause {n}", influence=Influence.LOCAL) for n in names],
        [Link(source=a, target=b, polarity=chance.choice(signs)) for a, b in pairs],
    )


FAULT_TEST = FaultTest(key="analyses", promise=PROMISE, run=analyses)
