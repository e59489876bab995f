"""How the cells of a workbook are shown: number formats, fills, words struck out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from systemmap.formats.reading.fill_colours import fill_colour
from systemmap.formats.reading.number_formats import BUILT_IN
from systemmap.formats.reading.xml_tree import local

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element


@dataclass(frozen=True, slots=True)
class CellStyle:
    """How cells are shown: number format, what the fill is, whether struck out."""

    code: str = ""
    fill: str = ""
    struck: bool = False


def styles_in(root: Element | None) -> list[CellStyle]:
    """Return each cell style of a workbook, from its part on styles."""
    codes, fills, struck = dict(BUILT_IN), [""], [False]
    found: list[CellStyle] = []
    for group in root if root is not None else ():
        name = local(group.tag)
        if name == "numfmts":
            codes |= {whole(e.get("numFmtId")): e.get("formatCode", "") for e in group}
        elif name == "fills":
            fills = [fill_colour(e) for e in group]
        elif name == "fonts":
            struck = [any(map(_strikes, font)) for font in group]
        elif name == "cellxfs":
            for xf in group:
                fill, font = whole(xf.get("fillId")), whole(xf.get("fontId"))
                colour = fills[fill] if fill < len(fills) else ""
                code = codes.get(whole(xf.get("numFmtId")), "")
                line = font < len(struck) and struck[font]
                found.append(CellStyle(code, colour, struck=line))
    return found


def _strikes(part: Element) -> bool:
    return local(part.tag) == "strike" and part.get("val", "1") not in ("0", "false")


def whole(text: str | None, otherwise: int = 0) -> int:
    """Return a whole number from an attribute, or `otherwise`."""
    return (
        int(text)
        if text and len(text) < 10 and text.isascii() and text.isdigit()
        else otherwise
    )
