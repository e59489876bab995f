"""What is known and not read, and what is wrong with a file that no reader takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from systemmap.errors import ReadError
from systemmap.formats.reading.spreadsheets import cell_text, read_sheets
from systemmap.formats.reading.zip_parts import check_zip
from systemmap.language.phrases import counted, joined

if TYPE_CHECKING:
    from collections.abc import Iterable

    from systemmap.formats.reading.spreadsheets import Sheet
    from systemmap.formats.sighting import Sighting


_PICTURES = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"BM6", b"II*\0", b"MM\0*")
_WEBP = b"WEBP"
_HEIC = (b"ftypheic", b"ftypmif1", b"ftypheix")
# How files of other programs begin, what each is called, and the next step.
_BEGINNINGS = (
    (
        (b"{\\rtf",),
        "a rich text document",
        "Open it in Word and save it as .docx.",
    ),
    (
        (b"SQLite format 3\0",),
        "a database",
        "If it is a copy of systemmap's own data, bring it back under Settings, or with systemmap restore.",
    ),
    (
        (b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"BZh", b"\xfd7zXZ"),
        "a packed folder",
        "Unpack it and bring in the file inside.",
    ),
    (
        (b"\x7fELF", b"MZ", b"\xcf\xfa\xed\xfe"),
        "a program",
        "Choose the document itself.",
    ),
    (
        (b"@startuml", b"@startmindmap"),
        "a PlantUML drawing",
        "Write each of its arrows as a line such as A -> B +.",
    ),
    (
        (b"ID3", b"OggS", b"RIFF", b"fLaC"),
        "a recording",
        "Write down what was said, one line each, and paste it.",
    ),
)
# By what a zip holds.
_PACKED = (
    (
        "ppt/",
        "PowerPoint slides",
        "Copy the table or the list from the slide and paste it here as text.",
    ),
    (
        "visio/",
        "a Visio drawing",
        "Export it from Visio, or type its links as lines such as A -> B +.",
    ),
    (
        "content.xml",
        "an OpenDocument file",
        "Save it as .docx, or a sheet as .xlsx or .ods.",
    ),
    ("word/", "a Word document without words", "Type or paste the text itself."),
    ("doc.kml", "a map of places", "Save it as GeoJSON."),
)

_TYPED = "Type its links as lines such as A -> B +, and bring these in."
# Drawings in XML that are not read, by their first element.
_DRAWINGS = {
    "insightmakermodel": ("an Insight Maker model", _TYPED),
    "opml": (
        "an outline of a mind map (OPML)",
        "Export it as text, and bring in its lines as causes.",
    ),
    "map": (
        "a mind map of FreeMind or Freeplane",
        "Export it as text, and bring in its lines as causes.",
    ),
}


def seeming(sighting: Sighting) -> tuple[str, str]:
    """Return what a file that no reader takes seems to be, and the next step."""
    data, head = sighting.data, (sighting.head or "").strip()
    for starts, what, step in _BEGINNINGS:
        if data.startswith(starts):
            return what, step
    if sighting.kind == "zip":
        for part, what, step in _PACKED:
            if any(name.startswith(part) for name in sighting.parts):
                return what, step
        names = joined(sorted(sighting.parts), limit=3)
        return f"a zip of {names}", "Unpack it and bring in the file inside."
    if sighting.kind == "json":
        keys = joined(sorted(sighting.json_keys), limit=5)
        holds = f"JSON data with {keys}" if keys else "JSON data"
        return (
            holds,
            "A map needs a list of causes and a list of links: export it so, or as CSV.",
        )
    if sighting.kind == "xml" and (known := _DRAWINGS.get(sighting.xml_root)):
        return known
    if sighting.kind == "xml":
        return (
            f"XML with the first element “{sighting.xml_root[:40]}”",
            "Export it from its own program as GraphML, CSV or Excel.",
        )
    if sighting.kind == "other":
        return (
            "data of a program of its own",
            "Open it there and export it as CSV, Excel, Word or text.",
        )
    several = sum(len(row) > 1 for row in sighting.rows)
    if several * 2 > len(sighting.rows):
        return (
            f"a table headed “{' | '.join(sighting.rows[0])[:80]}”",
            "Choose yourself what it holds under “Read it as”, or with --as, then say what its columns are.",
        )
    lines = counted(len(head.splitlines()), "line")
    return (
        f"{lines} of text",
        "Choose yourself what it holds under “Read it as”, or with --as.",
    )


def decline(sighting: Sighting) -> None:
    """Refuse what is known and not read, with a way out."""
    data = sighting.data
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise ReadError(
            "This is an old Excel or Word file or it has a password. Open it, remove "
            "the password, save as .xlsx or .docx and try again."
        )
    if data.startswith(b"%PDF"):
        raise ReadError(
            "This is a PDF. Open it, select its table or its list, copy it and paste it here as text."
        )
    if data.startswith(_PICTURES) or data[4:12] in _HEIC or data[8:12] == _WEBP:
        raise ReadError(
            "This is a picture. A photo of notes goes to Workshop, Type up and write-up, From a photo. Of any other picture, type the causes in, one on each line, and paste them."
        )
    start = data[:200].lstrip(b"\xef\xbb\xbf \r\n\t").split(maxsplit=1)[:1]
    if start and start[0] in (b"graph", b"flowchart") and b"--" in data[:5_000]:
        raise ReadError(
            "This seems to be a Mermaid drawing, which is not read. Write each of its arrows as a line such as A -> B +, and bring these in."
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
    elif sighting.kind == "json" and not data.startswith(b"{\\rtf"):
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
