"""The map the whole room is drawing: the main map with every table's drawing laid over it.

Nothing is changed by looking: what would become of the main map is worked out
on a copy. Links that several tables drew stand out, disagreements show.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from systemmap.analysis.template_share import template_share
from systemmap.drawing.framed import framed, in_one_strip, scale_in
from systemmap.drawing.picture import bare_svg
from systemmap.drawing.scene import SceneLine, programme_scene
from systemmap.editing.merge_maps import merge_maps
from systemmap.language.phrases import counted
from systemmap.model.values import Confidence
from systemmap.workshops.said_links import named_here
from systemmap.workshops.table_cards import joined_causes
from systemmap.workshops.table_maps import waiting_maps

if TYPE_CHECKING:
    from collections.abc import Mapping

    from systemmap.drawing.scene import Scene
    from systemmap.model.elements import Link
    from systemmap.model.programme import Programme
    from systemmap.model.system_map import SystemMap

WALL = (1_286.0, 515.0)
"""Pixels that a projector of 1366 × 768 has for the map."""
READABLE = 1.2
"""Pixels for a drawing unit there: names of 14 pixels."""
LARGER = 1.15
"""Times as large names must become, before what people look at is drawn together."""
_WIDER, _WIDEST = 0.9, 4.0
"""How much wider a link is drawn for each further table, and at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomMap:
    """The picture as an SVG document, and the same in one sentence.

    `note` says what the map describes and what it is no evidence for; `places` are where causes stand on it, so that the next picture leaves them
    there.
    """

    svg: str
    sentence: str
    note: str = ""
    places: Mapping[str, tuple[float, float]] = field(default_factory=dict)


def room_map(
    programme: Programme,
    workshop_id: str,
    *,
    ratio: float = 2.5,
    before: RoomMap | None = None,
) -> RoomMap:
    """Draw the main map with all tables' maps of a workshop brought together.

    Parameters
    ----------
    programme : Programme
        It is not changed: tables' maps are brought in on a copy.
    ratio : float
        Width of the picture by its height.
    before : RoomMap | None
        The picture that people look at: new causes find a place near their
        neighbours and the rest stays, however many come.

    Returns
    -------
    RoomMap
        Its `svg` is "" while nothing is drawn. Cards that nobody has joined to
        anything yet are counted and not drawn.
    """
    draft = programme.copy()
    merge_maps(draft, [one.map_id for one in waiting_maps(draft, workshop_id)])
    loose = _without_loose_cards(draft, programme)
    system_map = draft.system_map()
    links = system_map.links
    waits = f"; {counted(loose, 'card')} not joined to anything yet" if loose else ""
    if not system_map.factors:
        return RoomMap(svg="", sentence=f"Nothing is drawn yet{waits}.")
    if before:
        for factor in system_map.factors.values():
            x, y = before.places.get(factor.id, (None, None))
            draft.replace(replace(factor, x=x, y=y))
    scene = programme_scene(draft)
    said = {pair: _tables(link, workshop_id) for pair, link in links.items()}
    wide = tuple(_widened(line, said[line.source, line.target]) for line in scene.lines)
    scene = replace(scene, lines=wide)
    shown = in_one_strip(_arranged(scene, ratio, stands=before is not None))
    shared = sum(len(tables) > 1 for tables in said.values())
    disputed = sum(x.confidence is Confidence.DISPUTED for x in links.values())
    sentence = (
        f"{counted(len(scene.boxes), 'cause')} and {counted(len(links), 'link')}; "
        f"{_together(shared)}{counted(disputed, 'disagreement')}{waits}."
    )
    others = named_here(system_map, workshop_id).others
    if others:
        sentence += f" Of these, {others}; nobody here has named them."
    svg = bare_svg(
        shown,
        f"Our map so far: {sentence}",
        shared=_named_by(system_map, workshop_id),
    )
    return RoomMap(
        svg=svg,
        sentence=sentence,
        note=template_share(system_map).note,
        places={box.id: (box.x, box.y) for box in shown.boxes},
    )


def _arranged(scene: Scene, ratio: float, *, stands: bool) -> Scene:
    """Return a scene as a hall can read it.

    What people look at stays, until its names are small and would be much larger.
    """
    first = scene if stands else framed(scene, ratio)
    size = scale_in(first, WALL)
    if size >= READABLE:
        return first
    together = framed(scene, ratio, closely=True)
    least = size * (LARGER if stands else 1.0)
    return together if scale_in(together, WALL) > least else first


def _together(shared: int) -> str:
    return f"{counted(shared, 'link')} drawn by more than one table, " if shared else ""


def _without_loose_cards(draft: Programme, programme: Programme) -> int:
    """Take causes that only stand on a table's drawing, unlinked, off a copy; count them."""
    drawn = draft.system_map()
    linked = joined_causes(drawn)
    mine = programme.system_map().factors
    loose = [f for f in drawn.factors if f not in linked and f not in mine]
    for factor_id in loose:
        draft.remove_factor("main", factor_id)
    return len(loose)


def _named_by(system_map: SystemMap, workshop_id: str) -> dict[str, int]:
    """Return how many tables of a workshop named each cause."""
    return {
        factor.id: len(
            {w.table for w in factor.wordings if w.workshop == workshop_id and w.table}
        )
        for factor in system_map.factors.values()
    }


def _tables(link: Link, workshop_id: str) -> frozenset[str]:
    """Return the tables of this workshop that drew a link or said it."""
    claims = (claim for claim in link.claims if claim.workshop == workshop_id)
    return frozenset(claim.table for claim in claims if claim.table)


def _widened(line: SceneLine, tables: frozenset[str]) -> SceneLine:
    further = max(0, len(tables) - 1)
    return replace(line, width=min(_WIDEST, line.width + _WIDER * further))
