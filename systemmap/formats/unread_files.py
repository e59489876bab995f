"""What is known and not read, and what is wrong with a file that no reader takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from systemmap.errors import ReadError
from systemmap.formats.reading.spreadsheets import cell_text, read_sheets
from systemmap.formats.reading.zip_parts import check_zip

if TYPE_CHECKING:
    from collections.abc import Iterable

    from systemmap.formats.reading.spreadsheets import Sheet
    from systemmap.formats.sighting import Sighting


def decline(sighting: Sighting) -> None:
    """Refuse what is known and not read, with a way out."""
    data = sighting.data
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise ReadError(
            "This is an old Excel or Word file or it has a password. Open it, remove "
            "the password, save as .xlsx or .docx and try again."
        )
    if data.startswith((b"%PDF", b"\xff\xd8\xff", b"\x89PNG", b"GIF8")):
        raise ReadError(
            "This is a picture or a PDF. Type its causes in, one per line, and paste them."
        )
    ways_out = {
        ".prsml": "This is a list of PRSM maps. Open one of them in PRSM and export that map.",
        ".vmf": "This is a Vensim binary file. In Vensim, save it as .mdl text.",
        ".mdx": "This is a Vensim binary file. In Vensim, save it as .mdl text.",
        ".dot": "DOT is not read. Save the map as GraphML.",
    }
    for suffix, sentence in ways_out.items():
        if sighting.name.lower().endswith(suffix):
            raise ReadError(sentence)


def name_the_damage(sighting: Sighting) -> None:
    """Raise the precise reason when no reader takes a file, where one can be told."""
    data = sighting.data
    if sighting.kind == "zip":
        if "xl/workbook.xml" in check_zip(data):
            raise ReadError(_unknown_workbook(read_sheets(data).sheets))
    elif sighting.kind == "json":
        sighting.json()
    elif sighting.kind == "xml":
        if (
            (sighting.head or "")
            .lstrip()
            .lower()
            .startswith(("<!doctype html", "<html"))
        ):
            raise ReadError(_PAGE)
        sighting.xml()


_PAGE = "This is a web page, and no table of a plan is in it. Copy its list or its text, paste it here, and choose what it is."


def _unknown_workbook(sheets: Iterable[Sheet]) -> str:
    found = [
        f"'{sheet.name[:31]}' ({_beginning(sheet) or 'empty'})" for sheet in sheets
    ]
    return (
        f"No sheet of this workbook is one systemmap knows. It holds: {', '.join(found[:5])}. "
        "A map needs sheets Factors and Links, a plan headings such as Action, "
        "Responsible and Due date, a list of assets a heading Name. Change the "
        "headings in row 1, or choose yourself what it is."
    )


def _beginning(sheet: Sheet) -> str:
    for row in sheet.rows:
        texts = [text[:30] for cell in row if (text := cell_text(cell).strip())]
        if texts:
            return " | ".join(texts[:4])
    return ""
