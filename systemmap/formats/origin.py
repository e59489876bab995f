"""Which programme a workbook of ours was made of, and at which revision.

It stands in the workbook's own properties, where spreadsheet programs keep it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from systemmap.errors import ReadError
from systemmap.formats.reading.xml_tree import local, safe_xml
from systemmap.formats.reading.zip_parts import zip_names, zip_part

if TYPE_CHECKING:
    from systemmap.model.programme import Programme

_PART = "docProps/custom.xml"
_PROGRAMME, _REVISION = "systemmap programme", "systemmap revision"


def write_origin(book: Any, programme: Programme) -> None:  # noqa: ANN401 - xlsxwriter has no types
    """Write into a workbook which programme it is made of."""
    book.set_custom_property(_PROGRAMME, programme.id, "text")
    book.set_custom_property(_REVISION, str(programme.revision), "text")


def origin_of(data: bytes) -> tuple[str, int]:
    """Return the programme's id and the revision a workbook names; "" and 0 = neither."""
    if _PART not in zip_names(data):
        return "", 0
    try:
        root = safe_xml(zip_part(data, _PART), limit=1_000_000)
    except ReadError:  # of no account for the rest of the file
        return "", 0
    said = {
        element.get("name", ""): "".join(element.itertext()).strip()
        for element in root
        if local(element.tag) == "property"
    }
    revision = said.get(_REVISION, "")
    plain = revision.isascii() and revision.isdigit() and len(revision) < 10
    return said.get(_PROGRAMME, ""), int(revision) if plain else 0
