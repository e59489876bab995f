"""The map as PDF: the same drawing as the SVG, in lines and in our own font.

Nothing is drawn twice. `systemmap.drawing.picture` decides what stands where;
this module only knows the few marks that drawing is made of.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from io import BytesIO
from typing import TYPE_CHECKING, Any, TypeAlias
from unicodedata import normalize

from defusedxml.ElementTree import fromstring
from reportlab.lib.colors import HexColor
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from systemmap.drawing.pdf_tags import Element, TaggedCanvas
from systemmap.drawing.picture import PAPERS, draw, font_files

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element as Mark

    from systemmap.drawing.caption import Caption
    from systemmap.drawing.scene import Scene

REGULAR, BOLD = "SystemmapText", "SystemmapTextBold"
OTHER_SIGNS = {"●": "•", "◐": "•", "\t": " ", "\u200b": ""}
"""Signs that our font lacks, and those that say the same."""

Page: TypeAlias = Any  # reportlab is untyped
Look: TypeAlias = Mapping[str, str]
_Mark: TypeAlias = Callable[[Page, "Mark", Look], None]

_CAPS = {"butt": 0, "round": 1}
_JOINS = {"miter": 0, "round": 1}
_STEP = re.compile(r"([MLQhvz])([^MLQhvz]*)")


def draw_pdf(scene: Scene, caption: Caption, *, paper: str = "A3") -> bytes:
    """Draw a scene with its title, key and footer as a PDF of one page.

    Lines stay lines and words stay words that can be searched, copied and read
    aloud. The file's title is the finding, its subject what the drawing shows.

    Raises
    ------
    InvalidValue
        No such paper.
    """
    root = fromstring(draw(scene, caption, paper=paper))
    register_fonts()
    wide, high = (side * mm for side in PAPERS[paper])
    stream = BytesIO()
    says = next(_text(child) for child in root if _tag(child) == "desc")
    tree = Element("Document")
    page = TaggedCanvas(
        stream,
        tree=tree,
        title=caption.title,
        subject=says,
        pagesize=(wide, high),
        initialFontName=REGULAR,  # else a font that is not in the file is named in it
    )
    page.setAuthor(caption.place)
    page.begin(tree.add("Figure", f"{caption.title} {says}"))
    page.translate(0, high)
    page.scale(1, -1)  # SVG counts downwards
    _draw(page, root, {"fill": "#000000"})
    page.end()
    page.save()
    return stream.getvalue()


def register_fonts() -> None:
    """Make the fonts that travel with the program known to reportlab, once."""
    if REGULAR not in pdfmetrics.getRegisteredFontNames():
        for name, path in zip((REGULAR, BOLD), font_files(), strict=True):
            pdfmetrics.registerFont(TTFont(name, path))
        pdfmetrics.registerFontFamily(
            REGULAR, normal=REGULAR, bold=BOLD, italic=REGULAR, boldItalic=BOLD
        )


def printable(text: str) -> str:
    """Return words in signs that our font has: Latin, Greek and Cyrillic letters.

    A letter with a mark that it lacks is printed without; another becomes "?": a
    sign without a shape would be read as nothing. Word and HTML keep them all.

    Examples
    --------
    >>> printable("Łódź, Tŷ’r Dŵr, București, Київ, ḃ, مر")
    'Łódź, Tŷ’r Dŵr, București, Київ, b, ??'
    """
    register_fonts()
    known = pdfmetrics.getFont(REGULAR).face.charToGlyph
    return "".join(
        sign if ord(sign) in known or sign == "\n" else _instead(sign, known)
        for sign in text
    )


def _instead(sign: str, known: Mapping[int, int]) -> str:
    if sign in OTHER_SIGNS:
        return OTHER_SIGNS[sign]
    base = normalize("NFKD", sign)[0]
    return base if ord(base) in known else "?"


def _draw(page: Page, mark: Mark, inherited: Look) -> None:
    look = {**inherited, **mark.attrib}
    page.saveState()
    _MARKS[_tag(mark)](page, mark, look)
    page.restoreState()


def _group(page: Page, mark: Mark, look: Look) -> None:
    for verb, words in re.findall(
        r"(?<!\w)(\w++)\(([^()]*+)\)", mark.get("transform", "")
    ):
        sizes = [float(word) for word in words.split()]
        if verb == "translate":
            page.translate(*sizes)
        else:
            page.scale(sizes[0], sizes[-1])
    passed_on = {key: look[key] for key in look if key in _INHERITED}
    for child in mark:
        _draw(page, child, passed_on)


def _rect(page: Page, mark: Mark, look: Look) -> None:
    x, y, wide, high, round_ = (
        float(mark.get(key, 0)) for key in ("x", "y", "width", "height", "rx")
    )
    paints = _paints(page, look)
    page.roundRect(x, y, wide, high, min(round_, wide / 2, high / 2), **paints)


def _words(page: Page, mark: Mark, look: Look) -> None:
    size = float(look["font-size"])
    font = BOLD if look.get("font-weight") == "600" else REGULAR
    words = printable(_text(mark))
    middle = look.get("text-anchor") == "middle"
    shift = pdfmetrics.stringWidth(words, font, size) / 2 if middle else 0.0
    page.translate(float(look["x"]) - shift, float(look["y"]))
    page.scale(1, -1)  # letters stand upright again
    page.setFont(font, size)
    paints = _paints(page, look)
    if paints["stroke"]:  # a halo, behind the letters
        page.setLineJoin(1)
        page.drawString(0, 0, words, mode=1)
    page.drawString(0, 0, words, mode=0)


def _path(page: Page, mark: Mark, look: Look) -> None:
    path = page.beginPath()
    x = y = 0.0
    for verb, said in _STEP.findall(mark.get("d", "")):
        sizes = [float(size) for size in said.split()]
        if verb == "z":
            path.close()
            continue
        if verb == "Q":
            path.curveTo(*_cubic(x, y, sizes))
        if verb in "hv":
            x, y = (x + sizes[0], y) if verb == "h" else (x, y + sizes[0])
        else:
            x, y = sizes[-2:]
        if verb == "M":
            path.moveTo(x, y)
        elif verb != "Q":
            path.lineTo(x, y)
    page.drawPath(path, **_paints(page, look))


def _cubic(x: float, y: float, sizes: list[float]) -> tuple[float, ...]:
    via_x, via_y, to_x, to_y = sizes
    return (
        x + (via_x - x) * 2 / 3,
        y + (via_y - y) * 2 / 3,
        to_x + (via_x - to_x) * 2 / 3,
        to_y + (via_y - to_y) * 2 / 3,
        to_x,
        to_y,
    )


def _points(page: Page, mark: Mark, look: Look) -> None:
    path = page.beginPath()
    corners = [pair.split(",") for pair in mark.get("points", "").split()]
    for at, (x, y) in enumerate(corners):
        (path.lineTo if at else path.moveTo)(float(x), float(y))
    if _tag(mark) == "polygon":
        path.close()
    page.drawPath(path, **_paints(page, look))


def _paints(page: Page, look: Look) -> dict[str, int]:
    """Set colours and pen as a mark asks; say whether it is filled and stroked."""
    fill, stroke = look.get("fill", "none"), look.get("stroke", "none")
    if fill != "none":
        page.setFillColor(HexColor(fill))
    if stroke != "none":
        page.setStrokeColor(HexColor(stroke))
        page.setLineWidth(float(look.get("stroke-width", 1)))
        page.setLineCap(_CAPS[look.get("stroke-linecap", "butt")])
        page.setLineJoin(_JOINS[look.get("stroke-linejoin", "miter")])
        page.setDash([float(part) for part in look.get("stroke-dasharray", "").split()])
    return {"fill": int(fill != "none"), "stroke": int(stroke != "none")}


def _tag(mark: Mark) -> str:
    return mark.tag.rpartition("}")[2]


def _text(mark: Mark) -> str:
    return mark.text or ""


def _nothing(_page: Page, _mark: Mark, _look: Look) -> None:
    """Title and description are in the file's own properties."""


_INHERITED = ("fill", "stroke")
_MARKS: dict[str, _Mark] = {
    "svg": _group,
    "g": _group,
    "rect": _rect,
    "text": _words,
    "path": _path,
    "polygon": _points,
    "polyline": _points,
    "title": _nothing,
    "desc": _nothing,
}
