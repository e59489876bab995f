"""Crossings, lines over labels and time against networkx.spring_layout, in one run."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Literal

import networkx as nx

from systemmap.analysis.graph import to_digraph
from systemmap.bundled.bundled_files import foresight_map
from systemmap.drawing.layout import place
from systemmap.drawing.layout.map_numbers import picture_of
from systemmap.drawing.layout.quality import quality_of
from systemmap.drawing.layout.stress import fitted
from tests.analysis.drawn_maps import generated_map

if TYPE_CHECKING:
    from systemmap.drawing.layout.quality import Quality
    from systemmap.model.system_map import SystemMap


def told(name: str, quality: Quality, taken: float, rival: Quality) -> None:
    print(
        f"  {name}: {quality.crossings:,} crossings "
        f"({rival.crossings / max(1, quality.crossings):.1f} x fewer), "
        f"{quality.lines_over_labels} lines over labels "
        f"({rival.lines_over_labels / max(1, quality.lines_over_labels):.1f} x fewer), "
        f"separation {quality.theme_separation:.2f}, "
        f"{quality.overlapping_boxes} overlapping boxes, {taken:.1f} s"
    )


def spring(system_map: SystemMap) -> tuple[Quality, float]:
    """Place with the usual default, fitted to the same page."""
    picture = picture_of(system_map)
    start = time.perf_counter()
    found = nx.spring_layout(to_digraph(system_map), seed=1)
    taken = time.perf_counter() - start
    spots = fitted(picture.as_spots(found), picture)
    return quality_of(system_map, picture.as_positions(spots)), taken


def report(
    name: str,
    system_map: SystemMap,
    settings: tuple[Literal["interactive", "export"], ...],
    seeds: tuple[int, ...] = (1, 2, 3),
) -> None:
    rival, taken = spring(system_map)
    print(name)
    told("networkx spring_layout", rival, taken, rival)
    for setting in settings:
        for seed in seeds:
            start = time.perf_counter()
            positions = place(system_map, quality=setting, seed=seed)
            taken = time.perf_counter() - start
            told(
                f"{setting}, seed {seed}",
                quality_of(system_map, positions),
                taken,
                rival,
            )


def main() -> None:
    report(
        "Foresight (to reach at export: 946 crossings, 82 lines over labels, .10, 10 s)",
        foresight_map(),
        ("interactive", "export"),
    )
    report("generated, 108/304", generated_map(108, 304), ("interactive",))
    report("generated, 300/900", generated_map(300, 900), ("interactive",), (1,))
    report(
        "generated, 1,000/3,000", generated_map(1_000, 3_000), ("interactive",), (1,)
    )


if __name__ == "__main__":
    main()
