"""Boxes and glued arrows on a slide: native shapes that can be moved and edited."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from pptx.enum.dml import MSO_LINE
from pptx.enum.shapes import MSO_CONNECTOR, MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.util import Pt

from systemmap.drawing.styles import LIGHT, tint
from systemmap.reports.parts.slides import describe, plain, rgb, write

if TYPE_CHECKING:
    from collections.abc import Sequence

    from systemmap.drawing.styles import ThemeStyle
    from systemmap.reports.parts.slides import Place, Sheet

Part: TypeAlias = Any  # python-pptx is untyped

TOP, LEFT, BOTTOM, RIGHT = range(4)  # connection sites of a rectangle
_BULGE = 320_000  # how far a line down a column swings out, in EMU


def box(
    sheet: Sheet,
    place: Place,
    lines: Sequence[tuple[str, bool]],
    theme: ThemeStyle,
    *,
    name: str,
    alt: str,
    size: float,
    filled: bool = True,
    dotted: bool = False,
) -> Part:
    """Draw a rounded box in a theme's colours; each line of words may be bold."""
    shape = sheet.page.shapes.add_shape(
        MSO_SHAPE.ROUNDED_RECTANGLE, *sheet.place(place)
    )
    shape.adjustments[0] = 0.12
    shape.name = name
    describe(shape, alt)
    plain(shape)
    shape.fill.solid()
    ground = tint(theme.light, LIGHT.paper) if filled else LIGHT.paper
    shape.fill.fore_color.rgb = rgb(ground)
    shape.line.color.rgb = rgb(theme.light)
    shape.line.width = Pt((2.25 if filled else 1.25) * sheet.factor)
    if dotted:
        shape.line.dash_style = MSO_LINE.ROUND_DOT
    elif theme.dashed:
        shape.line.dash_style = MSO_LINE.DASH
    frame = shape.text_frame
    frame.word_wrap, frame.vertical_anchor = True, MSO_ANCHOR.MIDDLE
    frame.margin_left = frame.margin_right = sheet.inches(0.07)
    frame.margin_top = frame.margin_bottom = sheet.inches(0.03)
    for at, (words, bold) in enumerate(lines):
        paragraph = frame.paragraphs[0] if at == 0 else frame.add_paragraph()
        write(paragraph, words, size=size * sheet.factor, bold=bold, font=sheet.font)
        paragraph.alignment = PP_ALIGN.CENTER
    return shape


def join(sheet: Sheet, source: Part, target: Part, *, behind: Part) -> Part:
    """Glue a connector to the facing sides of two boxes, behind every box.

    Two boxes of one column that are not next to each other are joined by a
    line that swings out at their right.
    """
    ends, around = _sites(source, target)
    kind = MSO_CONNECTOR.CURVE if around else MSO_CONNECTOR.STRAIGHT
    line = sheet.page.shapes.add_connector(kind, 0, 0, 0, 0)
    plain(line)
    line.begin_connect(source, ends[0])
    line.end_connect(target, ends[1])
    if around:
        _swing(line, sheet.factor)
    tree = sheet.page.shapes._spTree  # noqa: SLF001 - no call for the order
    tree.insert(tree.index(behind._element), line._element)  # noqa: SLF001
    return line


def _sites(source: Part, target: Part) -> tuple[tuple[int, int], bool]:
    """Return the sides that face each other, and whether to go round what is between."""
    if source.left + source.width <= target.left:
        return (RIGHT, LEFT), False
    if target.left + target.width <= source.left:
        return (LEFT, RIGHT), False
    upper, lower = sorted((source, target), key=lambda shape: shape.top)
    if lower.top - upper.top - upper.height > source.height:  # another may lie between
        return (RIGHT, RIGHT), True
    return ((BOTTOM, TOP) if source is upper else (TOP, BOTTOM)), False


def _swing(line: Part, factor: float) -> None:
    """Bend a curve out to the right of both its ends."""
    start, end = line.begin_x, line.end_x
    if start == end:
        return
    out = max(start, end) + _BULGE * factor
    bend = line._element.spPr.find(qn("a:prstGeom"))  # noqa: SLF001
    values = bend.find(qn("a:avLst"))
    if values is None:
        values = bend.makeelement(qn("a:avLst"), {})
        bend.append(values)
    value = round((out - start) / (end - start) * 100_000)
    values.append(
        values.makeelement(qn("a:gd"), {"name": "adj1", "fmla": f"val {value}"})
    )
