"""`name.systemmap.json`: the whole programme in one plain text file.

Loses nothing but the change log, which travels in the project file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from systemmap.formats.format import Format, Reading, Written
from systemmap.formats.reading.limits import LIMITS
from systemmap.formats.sighting import NO, says_so
from systemmap.formats.whole._native import (
    document_from,
    reading_from,
    what_can_be_read,
)

if TYPE_CHECKING:
    from systemmap.formats.sighting import Recognition, Sighting
    from systemmap.model.programme import Programme


def recognise(sighting: Sighting) -> Recognition:
    """Say whether this is a JSON object that calls itself systemmap."""
    if "format" not in sighting.json_keys:
        return NO
    ours = sighting.json(limit=LIMITS.data_bytes)["format"] == "systemmap"
    return says_so("it calls itself a systemmap programme") if ours else NO


def read(sighting: Sighting) -> Reading:
    """Read a whole programme; a record that cannot be kept refuses the file."""
    return reading_from(sighting.data, key="native_json")


def open_what_can_be_read(sighting: Sighting) -> Reading:
    """Read what is whole in a damaged file, for a new programme of its own."""
    return what_can_be_read(sighting.data, key="native_json")


def write(programme: Programme, map_id: str = "main") -> Written:
    """Write the whole programme; `map_id` makes no difference here."""
    del map_id
    return Written(data=document_from(programme), suffix=".systemmap.json")


FORMAT = Format(
    key="native_json",
    title="systemmap JSON",
    holds="programme",
    suffixes=(".systemmap.json",),
    loses="Loses nothing but the change log, which travels in the project file.",
    recognise=recognise,
    read=read,
    write=write,
    lossless=True,
)
