"""The system map as PowerPoint: shapes and glued arrows to edit, and a picture beside."""

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
    title="Map slide",
    for_whom="Everyone; a board's presentation",
    suffixes=(".pptx",),
    limit="Two slides: shapes with glued arrows to edit, and a picture. The page grows when the map is large, so that words stay readable.",
    make=_make,
    uses=frozenset({"map"}),
)
