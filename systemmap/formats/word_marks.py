"""What python-docx has no call for: a table's borders, a row's marks, language, page number."""

from __future__ import annotations

from typing import Any, TypeAlias
from weakref import WeakKeyDictionary
from zlib import crc32

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

Part: TypeAlias = Any  # python-docx is untyped

FONT = "Arial"  # on every council computer; a document cannot carry ours
BORDER = "B9C2C6"


def set_font(style: Part) -> None:
    """Write a style in our one font, for every script, and in British English."""
    properties = style.element.get_or_add_rPr()
    style.font.name = FONT
    fonts = properties.get_or_add_rFonts()
    for key in list(fonts.attrib):
        del fonts.attrib[key]
    for key in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(key), FONT)
    for old in properties.findall(qn("w:lang")):
        properties.remove(old)
    language = OxmlElement("w:lang")
    for key in ("w:val", "w:eastAsia"):
        language.set(qn(key), "en-GB")
    properties.append(language)


def set_borders(table: Part, *, upright: int, sideways: int) -> None:
    """Draw thin lines round every cell; the margins are twentieths of a point."""
    properties = table._tbl.tblPr  # noqa: SLF001 - python-docx has no borders of its own
    borders, margins = OxmlElement("w:tblBorders"), OxmlElement("w:tblCellMar")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        line = OxmlElement(f"w:{side}")
        look = {"val": "single", "sz": "4", "space": "0", "color": BORDER}
        for key, value in look.items():
            line.set(qn(f"w:{key}"), value)
        borders.append(line)
    for side in ("top", "left", "bottom", "right"):
        margin = OxmlElement(f"w:{side}")
        wide = upright if side in ("top", "bottom") else sideways
        margin.set(qn("w:w"), str(wide))
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    layout = properties.find(qn("w:tblLayout"))
    layout.addprevious(borders)
    layout.addnext(margins)


def shade(cell: Part, colour: str) -> None:
    """Fill a cell with a colour such as ``E8F1F2``."""
    filling = OxmlElement("w:shd")
    for key, value in (("val", "clear"), ("color", "auto"), ("fill", colour)):
        filling.set(qn(f"w:{key}"), value)
    cell._tc.get_or_add_tcPr().append(filling)  # noqa: SLF001


def keep_whole(row: Part) -> None:
    """Keep a row on one page."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))  # noqa: SLF001


def repeat(row: Part) -> None:
    """Repeat a header row on every page of its table."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # noqa: SLF001


def add_page_number(paragraph: Part) -> None:
    """Add the number of the page, which Word works out."""
    for kind, code in (("begin", ""), ("", "PAGE"), ("end", "")):
        run = paragraph.add_run()
        mark = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark.text = code
        run._r.append(mark)  # noqa: SLF001 - python-docx has no fields of its own


_IDS: WeakKeyDictionary[Part, dict[str, str]] = WeakKeyDictionary()


def style_ids(document: Part) -> dict[str, str]:
    """Return what the file calls each style by its name, looked up once a document."""
    if document.part not in _IDS:
        _IDS[document.part] = {each.name: each.style_id for each in document.styles}
    return _IDS[document.part]


def mark_place(paragraph: Part, name: str) -> None:
    """Let links within the document lead to a paragraph; Word wants a name without hyphens."""
    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    for mark in (start, end):
        mark.set(qn("w:id"), str(crc32(name.encode()) >> 1))  # Word's are small
        paragraph._p.append(mark)  # noqa: SLF001 - python-docx has no bookmarks of its own
    start.set(qn("w:name"), name)


def list_of(document: Part, style: str) -> str:
    """Return the number of a new list that counts from one as a style does; "" = none.

    A style's own list would go on counting where an earlier one stopped.
    """
    found = [each for each in document.styles if each.name == style]
    named = found[0].element.find(f".//{qn('w:numId')}") if found else None
    if named is None:
        return ""
    numbering = document.part.numbering_part.element
    wanted = named.get(qn("w:val"))
    for num in numbering.findall(qn("w:num")):
        if num.get(qn("w:numId")) == wanted:
            like = num.find(qn("w:abstractNumId")).get(qn("w:val"))
            made = numbering.add_num(int(like))
            made.add_lvlOverride(ilvl=0).add_startOverride(1)
            return str(made.numId)
    return ""


def count_in(paragraph: Part, number: str) -> None:
    """Let a paragraph count in a list of `list_of`."""
    properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()  # noqa: SLF001
    properties.get_or_add_ilvl().val = 0
    properties.get_or_add_numId().val = int(number)
