"""The whole map as a poster: one sheet of A1 or A0 with its key, for a wall."""

from __future__ import annotations

from typing import TYPE_CHECKING

from systemmap.drawing.picture import draw
from systemmap.reports.parts.document import Report
from systemmap.reports.parts.facts import Facts

if TYPE_CHECKING:
    from systemmap.model.programme import Programme
    from systemmap.reports.parts.document import Order


def _make(programme: Programme, order: Order, suffix: str) -> bytes:
    facts = Facts(programme, order)
    if suffix == ".svg":
        return draw(facts.scene, facts.caption, paper=order.paper).encode()
    from systemmap.drawing.printing import draw_pdf  # slow to import

    return draw_pdf(facts.scene, facts.caption, paper=order.paper)


REPORT = Report(
    key="map_poster",
    title="Map poster",
    for_whom="A wall, a workshop, a foyer",
    suffixes=(".pdf", ".svg"),
    limit="One sheet, A1 or A0, with the key and the source. The slides hold the map theme by theme, the map in words holds it as text.",
    make=_make,
    uses=frozenset({"map", "paper"}),
)
