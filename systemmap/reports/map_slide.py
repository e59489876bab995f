"""The system map as slides: an overview, a slide a theme or view, the whole as a picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

from systemmap.reports.parts.document import Report

if TYPE_CHECKING:
    from systemmap.model.programme import Programme
    from systemmap.reports.parts.document import Order


def _make(programme: Programme, order: Order, _suffix: str) -> bytes:
    from systemmap.reports.parts.map_deck import map_deck  # slow to import

    return map_deck(programme, order)


REPORT = Report(
    key="map_slide",
    title="Map slides",
    for_whom="Everyone; a board's presentation",
    suffixes=(".pptx",),
    limit="An overview, a slide or more for each theme and saved view, and the whole map as one picture. No word is smaller than 14 points; up to seven neighbours stand at each side, the notes name every one.",
    make=_make,
    uses=frozenset({"map", "template"}),
)
