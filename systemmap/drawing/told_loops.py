"""Loops ready to be told on a drawing: which to offer, in words, link by link."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from systemmap.analysis.loops.sentences import loop_sentence, loop_steps
from systemmap.analysis.map_analysis import analysed

if TYPE_CHECKING:
    from systemmap.analysis.loops import Loop
    from systemmap.analysis.map_analysis import MapAnalysis
    from systemmap.model.system_map import SystemMap

SHORT = 4  # factors; longer loops are counted by the app, too many to read on a map
MOST_TOLD = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldLoops:
    """The loops a drawing offers, and how complete the list is, in a sentence."""

    sentence: str
    loops: tuple[dict[str, Any], ...]


def told_loops(drawn: SystemMap | MapAnalysis) -> ToldLoops:
    r"""Return the loops to offer beside a drawing.

    The shortest first: all loops of up to `SHORT` factors, at most
    `MOST_TOLD`; where there are none, the shortest through each factor.

    Examples
    --------
    >>> from systemmap.testing import map_from
    >>> told = told_loops(map_from("stress -> sleep -\n sleep -> stress -"))
    >>> told.sentence, told.loops[0]["kind"]
    ('1 loop of up to 4 causes.', 'R')
    """
    analysis = analysed(drawn)
    found = analysis.loops_up_to(SHORT)
    loops, sentence = found.loops[:MOST_TOLD], found.sentence
    if len(found) > MOST_TOLD:
        sentence += f" The shortest {MOST_TOLD} are listed."
    if not loops and (longer := _longer(analysis)):
        loops = tuple(longer[:MOST_TOLD])
        sentence += " These are the shortest there are."
    return ToldLoops(
        sentence=sentence,
        loops=tuple(told_loop(loop, analysis.system_map) for loop in loops),
    )


def told_loop(loop: Loop, system_map: SystemMap) -> dict[str, Any]:
    """Return one loop as the canvas tells it: whole, and link by link.

    ``{"kind": "R" | "B" | "?", "factors", "links", "sentence", "steps"}``; each
    step has its sentence and the links told so far.
    """
    return {
        "kind": loop.kind.value,
        "factors": list(loop.factors),
        "links": [list(pair) for pair in loop.links],
        "sentence": loop_sentence(loop, system_map),
        "steps": [
            {"sentence": sentence, "links": [list(pair) for pair in links]}
            for sentence, links in loop_steps(loop, system_map)
        ],
    }


def _longer(analysis: MapAnalysis) -> list[Loop]:
    unique = {loop.key: loop for loop in analysis.shortest_loops.values()}
    return sorted(unique.values(), key=lambda loop: (len(loop), loop.factors))
