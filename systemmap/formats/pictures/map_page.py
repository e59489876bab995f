"""Write a map as one interactive page: offline, safe to e-mail, readable without sight."""

from __future__ import annotations

from typing import TYPE_CHECKING

from systemmap.formats.format import Format, Written
from systemmap.model.values import now

if TYPE_CHECKING:
    from systemmap.model.programme import Programme


def _write(programme: Programme, map_id: str) -> Written:
    from systemmap.formats.drawn_maps import interactive_map

    page = interactive_map(programme, map_id, at=now().astimezone().date())
    return Written(data=page.encode("utf-8"), suffix=".html", losses=(FORMAT.loses,))


FORMAT = Format(
    key="map_page",
    title="Interactive page",
    holds="map",
    suffixes=(".html",),
    loses="A page to look at: it cannot be brought back in. The history and what is not tied to the map stay behind.",
    write=_write,
)
