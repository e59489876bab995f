"""Write a map as a picture for paper, in lines that stay sharp at any size."""

from __future__ import annotations

from typing import TYPE_CHECKING

from systemmap.formats.format import Format, Written
from systemmap.model.values import now

if TYPE_CHECKING:
    from systemmap.model.programme import Programme


def _write(programme: Programme, map_id: str) -> Written:
    from systemmap.formats.drawn_maps import map_svg

    drawn = map_svg(programme, map_id, at=now().astimezone().date())
    return Written(data=drawn.encode("utf-8"), suffix=".svg", losses=(FORMAT.loses,))


FORMAT = Format(
    key="map_svg",
    title="Picture for print (SVG)",
    holds="map",
    suffixes=(".svg",),
    loses="A picture to look at: it cannot be brought back in. Reasons, notes and the history stay behind.",
    write=_write,
)
