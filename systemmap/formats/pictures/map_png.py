"""Write a map as a picture made of dots, for slides and documents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from systemmap.formats.format import Format, Written
from systemmap.model.values import now

if TYPE_CHECKING:
    from systemmap.model.programme import Programme


def _write(programme: Programme, map_id: str) -> Written:
    from systemmap.formats.drawn_maps import map_png

    drawn = map_png(programme, map_id, at=now().astimezone().date())
    return Written(data=drawn, suffix=".png", losses=(FORMAT.loses,))


FORMAT = Format(
    key="map_png",
    title="Picture (PNG)",
    holds="map",
    suffixes=(".png",),
    loses="A picture to look at: it cannot be brought back in. Reasons, notes and the history stay behind.",
    write=_write,
)
