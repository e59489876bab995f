"""The map the whole room is drawing: the main map with every table's drawing laid over it.

Nothing is changed by looking: what would become of the main map is worked out
on a copy. Links that several tables drew stand out, disagreements show.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from systemmap.drawing.framed import framed
from systemmap.drawing.picture import map_only
from systemmap.drawing.placed import placed_on
from systemmap.drawing.scene import SceneLine, programme_scene
from systemmap.drawing.styles import FONT
from systemmap.drawing.svg import element, number, words
from systemmap.editing.merge_maps import merge_maps
from systemmap.language.phrases import counted
from systemmap.model.values import Confidence
from systemmap.workshops.table_maps import waiting_maps

if TYPE_CHECKING:
    from systemmap.model.elements import Link
    from systemmap.model.programme import Programme

_WIDER, _WIDEST = 0.9, 4.0
"""How much wider a link is drawn for each further table, and at most."""
_MARGIN = 8.0


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomMap:
    """The picture as an SVG document, and the same in one sentence."""

    svg: str
    sentence: str


def room_map(programme: Programme, workshop_id: str, *, ratio: float = 1.9) -> RoomMap:
    """Draw the main map with all tables' maps of a workshop brought together.

    Parameters
    ----------
    programme : Programme
        It is not changed: tables' maps are brought in on a copy.
    ratio : float
        Width of the picture by its height.

    Returns
    -------
    RoomMap
        Its `svg` is "" while nothing is drawn.
    """
    draft = programme.copy()
    waiting = waiting_maps(draft, workshop_id)
    merge_maps(draft, [one.map_id for one in waiting])
    links = draft.system_map().links
    scene = programme_scene(draft)
    if not scene.boxes:
        return RoomMap(svg="", sentence="Nothing is drawn yet.")
    said = {pair: _tables(link, workshop_id) for pair, link in links.items()}
    wide = tuple(_widened(line, said[line.source, line.target]) for line in scene.lines)
    shown = framed(replace(scene, lines=wide), ratio)
    shared = sum(len(tables) > 1 for tables in said.values())
    disputed = sum(x.confidence is Confidence.DISPUTED for x in links.values())
    sentence = (
        f"{counted(len(scene.boxes), 'cause')} and {counted(len(links), 'link')}; "
        f"{counted(shared, 'link')} drawn by more than one table, "
        f"{counted(disputed, 'disagreement')}."
    )
    left, top, right, bottom = placed_on(shown).bounds
    svg = element(
        "svg",
        element("title", words(f"Our map so far: {sentence}"), id="room-map-title"),
        map_only(shown),
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"{number(left - _MARGIN)} {number(top - _MARGIN)} "
        f"{number(right - left + 2 * _MARGIN)} {number(bottom - top + 2 * _MARGIN)}",
        role="img",
        aria_labelledby="room-map-title",
        font_family=f"'{FONT}','Source Sans 3','Segoe UI',sans-serif",
    )
    return RoomMap(svg=svg, sentence=sentence)


def _tables(link: Link, workshop_id: str) -> frozenset[str]:
    """Return the tables of this workshop that drew a link or said it."""
    claims = (claim for claim in link.claims if claim.workshop == workshop_id)
    return frozenset(claim.table for claim in claims if claim.table)


def _widened(line: SceneLine, tables: frozenset[str]) -> SceneLine:
    further = max(0, len(tables) - 1)
    return replace(line, width=min(_WIDEST, line.width + _WIDER * further))
