"""`name.systemmap.json`: the whole programme in one plain text file.

Loses nothing but the change log, which travels in the project file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from systemmap.formats.format import Format, Reading, Written
from systemmap.formats.reading.json_data import json_keys, safe_json
from systemmap.formats.reading.limits import LIMITS
from systemmap.formats.whole._native import (
    document_from,
    reading_from,
    what_can_be_read,
)

if TYPE_CHECKING:
    from systemmap.model.programme import Programme


def recognise(data: bytes, file_name: str) -> bool:
    """Say whether this is a JSON object that calls itself systemmap."""
    del file_name
    if "format" not in json_keys(data):
        return False
    return bool(safe_json(data, limit=LIMITS.data_bytes)["format"] == "systemmap")


def read(data: bytes, file_name: str) -> Reading:
    """Read a whole programme; a record that cannot be kept refuses the file."""
    del file_name
    return reading_from(data, key="native_json")


def open_what_can_be_read(data: bytes, file_name: str) -> Reading:
    """Read what is whole in a damaged file, for a new programme of its own."""
    del file_name
    return what_can_be_read(data, key="native_json")


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
