"""The whole table: how long each answer takes at two sizes, beside other libraries.

``python -m benchmarks`` prints it; ``python -m benchmarks --readme`` also puts it
into the README. Rivals that are not on the machine are named and left out; to
have them all: ``ELK_HOME=<where npm put elkjs> uv run --with igraph --with
rustworkx python -m benchmarks``, and graphviz by the system's package.
"""

from __future__ import annotations

import logging
import os
import platform
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import networkx as nx

from benchmarks import _graph_rivals, _rivals
from benchmarks.layout import FOR_ELK, spring
from benchmarks.loops import LENGTH, timed
from benchmarks.screens import opened
from systemmap.analysis.checks import run_checks
from systemmap.analysis.graph import to_digraph
from systemmap.analysis.importance import find_importance
from systemmap.analysis.loops import find_loops
from systemmap.analysis.measures import MEASURES
from systemmap.analysis.pushes import what_if
from systemmap.analysis.reach_plan import plan_reach
from systemmap.bundled.bundled_files import foresight_map
from systemmap.drawing.layout import place
from systemmap.drawing.layout.quality import quality_of
from systemmap.testing import programme_of
from tests.analysis.drawn_maps import generated_map

if TYPE_CHECKING:
    from collections.abc import Callable

    from systemmap.model.system_map import SystemMap

README = Path(__file__).parents[1] / "README.md"
BEGIN, END = "<!-- speed: begin -->", "<!-- speed: end -->"
LONG = 1.0  # seconds: so long a quick question is asked again, beyond it once will do
MOST = 200


def best(ask: Callable[[], object]) -> float:
    """Return the shortest of a few times, in seconds."""
    first = timed(ask, 1)[0] / 1_000
    if first > LONG:
        return first
    return min(first, timed(ask, min(MOST, int(LONG / first)))[0] / 1_000)


def words(seconds: float) -> str:
    """Say a time as a reader would: 0.9 ms, 12 ms, 1.4 s."""
    if seconds >= 1:
        return f"{seconds:.1f} s"
    return (
        f"{seconds * 1_000:.1f} ms" if seconds < 0.01 else f"{seconds * 1_000:.0f} ms"
    )


def ratio(times: float) -> str:
    """Say how many times as long, to two figures where it is below ten."""
    return f"{times:,.0f} ×" if times >= 10 else f"{times:.2g} ×"


def beside(ours: float, theirs: dict[str, float]) -> str:
    """Say each rival's time, and how many times ours that is."""
    return "; ".join(
        f"{name} {words(taken)} ({ratio(taken / ours)})"
        for name, taken in theirs.items()
    )


def loops(drawn: SystemMap) -> tuple[float, str]:
    graph = to_digraph(drawn)
    ask = {"networkx": lambda: list(nx.simple_cycles(graph, length_bound=LENGTH))}
    ask |= _graph_rivals.loop_searches(graph, LENGTH)
    ours = best(lambda: find_loops(drawn, LENGTH))
    return ours, beside(ours, {name: best(search) for name, search in ask.items()})


def betweenness(drawn: SystemMap) -> tuple[float, str]:
    graph = to_digraph(drawn)
    ask = {"networkx": lambda: nx.betweenness_centrality(graph)}
    ask |= _graph_rivals.betweennesses(graph)
    ours = best(lambda: MEASURES["betweenness"].values(drawn))
    return ours, beside(ours, {name: best(count) for name, count in ask.items()})


def layout(drawn: SystemMap) -> tuple[float, str]:
    """Time the layout, and hold its crossings against those of others."""
    start = time.perf_counter()
    spots = place(drawn)
    ours = time.perf_counter() - start
    crossings = quality_of(drawn, spots).crossings
    ask = {
        "networkx spring": lambda: spring(drawn),
        "neato": lambda: _rivals.graphviz(drawn, "neato"),
        "sfdp": lambda: _rivals.graphviz(drawn, "sfdp"),
    }
    if len(drawn.factors) <= FOR_ELK:  # beyond, it takes minutes
        for kind in ("stress", "force", "layered"):
            ask[f"ELK {kind}"] = lambda kind=kind: _rivals.elk(drawn, kind)  # type: ignore[misc]
    told = [f"{crossings:,} crossings"]
    for name, ask_it in ask.items():
        start = time.perf_counter()
        if found := ask_it():
            taken = time.perf_counter() - start
            theirs = quality_of(drawn, found).crossings
            told.append(
                f"{name} {theirs:,} ({ratio(theirs / crossings)}) in {words(taken)} "
                f"({ratio(taken / ours)})"
            )
    return ours, "; ".join(told)


def home(drawn: SystemMap) -> tuple[float, str]:
    """Time Home from nothing kept, in a program that has begun, without a browser."""
    even = generated_map(len(drawn.factors), len(drawn.links))
    opened("home", programme_of(generated_map(2, 1))).run()  # the program loads once
    at = opened("home", programme_of(even))
    start = time.perf_counter()
    at.run()
    return time.perf_counter() - start, ""


QUESTIONS: dict[str, Callable[[SystemMap], tuple[float, str]]] = {
    f"Loops of up to {LENGTH}, with signs, in order": loops,
    "Importance, 500 draws": lambda m: (best(lambda: find_importance(m)), ""),
    "What-if, 500 draws": lambda m: (
        best(lambda: what_if(m, {min(m.factors): 1.0})),
        "",
    ),
    "Reach planner, every cause a candidate": lambda m: (
        best(lambda: plan_reach(m, candidates=m.factors)),
        "",
    ),
    "Betweenness": betweenness,
    "Health check": lambda m: (best(lambda: run_checks(m)), ""),
    "Layout for the screen": layout,
    "Home, opened for the first time": home,
}


def table() -> str:
    """Return the table as text that is also Markdown."""
    maps = {"Foresight": foresight_map(), "generated": generated_map(1_000, 3_000)}
    sizes = [f"{len(m.factors):,}/{len(m.links):,}" for m in maps.values()]
    rows = [
        f"| Causes/links | {' | '.join(sizes)} | beside it, at each size |",
        "|---|---|---|---|",
    ]
    for name, ask in QUESTIONS.items():
        print(f"… {name}", flush=True)
        taken, others = zip(*(ask(drawn) for drawn in maps.values()), strict=True)
        said = [f"{size}: {other}" for size, other in zip(sizes, others, strict=True)]
        rivals = ". ".join(said) if any(others) else ""
        rows.append(f"| {name} | {' | '.join(map(words, taken))} | {rivals} |")
    return "\n".join([*rows, "", machine()])


def machine() -> str:
    """Say when and on what it was measured."""
    today = datetime.now(tz=UTC).date()
    model = platform.processor() or platform.machine()
    about = Path("/proc/cpuinfo")
    if about.exists():
        named = [
            x for x in about.read_text().splitlines() if x.startswith("model name")
        ]
        model = named[0].partition(":")[2].strip() if named else model
    busy = f", {os.getloadavg()[0]:.1f} at work" if hasattr(os, "getloadavg") else ""
    return (
        f"Measured on {today.day} {today:%B %Y} with Python {platform.python_version()} "
        f"on {platform.system()}, {os.cpu_count()} cores ({model}){busy}. Times depend on "
        "the machine; ratios, each from the same run, much less."
    )


def main(*, readme: bool = False) -> None:
    """Print the table; with `readme`, put it there too."""
    logging.disable(logging.CRITICAL)
    found = table()
    print(f"\n{found}")
    if readme:
        made = with_table(README.read_text(encoding="utf-8"), found)
        README.write_text(made, encoding="utf-8", newline="\n")


def with_table(text: str, found: str) -> str:
    """Return the README's text with this table in the place of the last."""
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not (begin and end):
        sys.exit(f"README.md has no place for the table: put {BEGIN} and {END} there.")
    return f"{before}{BEGIN}\n\n{found}\n\n{END}{after}"


if __name__ == "__main__":
    main()
