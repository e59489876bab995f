"""Kumu's blueprint: elements and connections to bring into a project that is there.

Written only; `kumu_json` reads both. A blueprint has no places and no delay
mark: a delay becomes the tag "delayed".
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from systemmap.formats.format import Format, Written
from systemmap.formats.maps._kumu_out import blueprint_of
from systemmap.formats.maps._losses import ALL_ITEMS, losses_of

if TYPE_CHECKING:
    from systemmap.model.programme import Programme

_CARRIED = ALL_ITEMS - {
    "positions",
    "original wordings",
    "statements behind links",
    "pins",
}


def write(programme: Programme, map_id: str = "main") -> Written:
    """Write elements and connections by id, direction always stated."""
    text = json.dumps(blueprint_of(programme, map_id), ensure_ascii=False, indent=2)
    return Written(
        data=text.encode("utf-8", "backslashreplace") + b"\n",
        suffix=".blueprint.json",
        losses=losses_of(programme, map_id, carried=_CARRIED),
    )


FORMAT = Format(
    key="kumu_blueprint",
    title="Kumu blueprint",
    holds="map",
    suffixes=(".blueprint.json",),
    loses="Written only: Kumu JSON reads it back. Loses positions, pins, original wordings and who said what beyond counts; a delay becomes a tag.",
    write=write,
)
