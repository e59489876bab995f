"""Write a map as a page to print and send, whose words can be searched."""

from __future__ import annotations

from typing import TYPE_CHECKING

from systemmap.formats.format import Format, Written
from systemmap.model.values import now

if TYPE_CHECKING:
    from systemmap.model.programme import Programme


def _write(programme: Programme, map_id: str) -> Written:
    from systemmap.formats.drawn_maps import map_pdf

    drawn = map_pdf(programme, map_id, at=now().astimezone().date())
    return Written(data=drawn, suffix=".pdf", losses=(FORMAT.loses,))


FORMAT = Format(
    key="map_pdf",
    title="Page for print (PDF)",
    holds="map",
    suffixes=(".pdf",),
    loses="A picture to look at: it cannot be brought back in. Reasons, notes and the history stay behind.",
    write=_write,
)
