"""Crossings, lines over labels and time beside graphviz, ELK and networkx, in one run.

Every layout is counted by the same function, lines straight from middle to
middle. Run with ``python -m benchmarks layout``; what is drawn, with lines
round boxes, is counted by ``python -m benchmarks readable``.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import networkx as nx

from benchmarks import _rivals
from systemmap.analysis.graph import to_digraph
from systemmap.bundled.bundled_files import foresight_map
from systemmap.bundled.examples import example
from systemmap.drawing.layout import place
from systemmap.drawing.layout.map_numbers import picture_of
from systemmap.drawing.layout.quality import quality_of
from systemmap.drawing.layout.stress import fitted
from tests.analysis.drawn_maps import generated_map

if TYPE_CHECKING:
    from systemmap.model.system_map import SystemMap

    Positions = dict[str, tuple[float, float]]

FOR_ELK = 400  # factors; beyond, its layouts take minutes


def told(name: str, system_map: SystemMap, found: Positions, taken: float) -> None:
    quality = quality_of(system_map, found)
    print(
        f"  {name}: {quality.crossings:,} crossings, "
        f"{quality.lines_over_labels:,} lines over labels, "
        f"separation {quality.theme_separation:.2f}, "
        f"{quality.overlapping_boxes} overlapping boxes, {taken:.1f} s"
    )


def spring(system_map: SystemMap) -> Positions:
    """Place with the usual default, fitted to the same page."""
    picture = picture_of(system_map)
    found = nx.spring_layout(to_digraph(system_map), seed=1)
    return picture.as_positions(fitted(picture.as_spots(found), picture))


def rivals(system_map: SystemMap) -> None:
    ask = {
        "networkx spring_layout": lambda: spring(system_map),
        "graphviz neato": lambda: _rivals.graphviz(system_map, "neato"),
        "graphviz sfdp": lambda: _rivals.graphviz(system_map, "sfdp"),
    }
    if len(system_map.factors) <= FOR_ELK:
        for kind in ("stress", "force", "layered"):
            ask[f"ELK {kind}"] = lambda kind=kind: _rivals.elk(system_map, kind)
    for name, place_it in ask.items():
        start = time.perf_counter()
        found = place_it()
        if found:
            told(name, system_map, found, time.perf_counter() - start)


def report(
    name: str,
    system_map: SystemMap,
    seeds: tuple[int, ...] = (1, 2, 3),
) -> None:
    print(f"{name}: {len(system_map.factors)} causes, {len(system_map.links)} links")
    rivals(system_map)
    for seed in seeds:
        start = time.perf_counter()
        positions = place(system_map, seed=seed)
        taken = time.perf_counter() - start
        told(f"systemmap, seed {seed}", system_map, positions, taken)


def main() -> None:
    report("Sampleshire", example().system_map())
    report("Foresight", foresight_map())
    report("generated", generated_map(108, 304))
    report("generated", generated_map(300, 900))
    report("generated", generated_map(1_000, 3_000), (1,))


if __name__ == "__main__":
    main()
