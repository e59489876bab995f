"""Disputed links, and two links between a pair that work in opposite directions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from systemmap.analysis.checks._map_check import Check, Finding
from systemmap.language.phrases import quoted
from systemmap.model.values import Confidence, Polarity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from systemmap.analysis.map_analysis import MapAnalysis
    from systemmap.model.elements import Link
    from systemmap.model.programme import Programme
    from systemmap.model.system_map import SystemMap

_OPPOSITE = {Polarity.SAME, Polarity.OPPOSITE}


def disputed_links(
    analysis: MapAnalysis, _: Programme | None = None
) -> Iterator[Finding]:
    """Ask about links on whose direction people differ."""
    system_map = analysis.system_map
    for pair in sorted(system_map.links):
        source, target = (quoted(system_map.factors[key].label) for key in pair)
        if _is_disputed(system_map.links[pair]):
            yield Finding(
                question=f"You disagree about direction: does more {source} lead to more or to less {target}?",
                factors=pair,
                links=(pair,),
            )
        back = pair[::-1]
        if pair < back and _differ(system_map, pair, back):
            yield Finding(
                question=f"{source} and {target} act on each other in opposite directions. Did you mean both links?",
                factors=pair,
                links=(pair, back),
            )


def _is_disputed(link: Link) -> bool:
    said = {claim.polarity for claim in link.claims}
    return link.confidence is Confidence.DISPUTED or (
        said >= _OPPOSITE and link.confidence is not Confidence.AGREED
    )


def _differ(
    system_map: SystemMap, pair: tuple[str, str], back: tuple[str, str]
) -> bool:
    links = system_map.links
    return back in links and {links[pair].polarity, links[back].polarity} == _OPPOSITE


CHECK = Check(
    key="disputed_links",
    title="Links you disagree about",
    why="Disagreement is information: the conversation often finds what lies between.",
    find=disputed_links,
)
