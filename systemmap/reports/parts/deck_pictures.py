"""Slides of ours as pictures (PNG): drawn from what stands in the file itself."""

from __future__ import annotations

from base64 import b64encode
from io import BytesIO
from typing import TYPE_CHECKING, Any, TypeAlias

from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE_TYPE
from pptx.oxml.ns import qn

from systemmap.drawing.picture import png_from
from systemmap.drawing.styles import FONT, LIGHT
from systemmap.drawing.svg import element, number, text
from systemmap.reports.parts.fitting import wrapped

if TYPE_CHECKING:
    from collections.abc import Iterator

Part: TypeAlias = Any  # python-pptx is untyped

_POINT = 12_700  # EMU
_WIDE = 1_100  # pixels
_DASHES = {"dash": "8 5", "sysDot": "2 3", "dashDot": "8 4 2 4", "lgDashDot": "8 4 2 4"}
_DRAWN = "a:solidFill/a:srgbClr"


def slide_pictures(deck: bytes, *, most: int) -> tuple[tuple[bytes, ...], int]:
    """Return a picture of each slide of a deck that was made here, up to `most`, and their count."""
    opened: Part = Presentation(BytesIO(deck))
    size = (opened.slide_width / _POINT, opened.slide_height / _POINT)
    slides = list(opened.slides)
    shown = tuple(png_from(_svg(slide, size), width=_WIDE) for slide in slides[:most])
    return shown, len(slides)


def _svg(slide: Part, size: tuple[float, float]) -> str:
    ground = element("rect", width=size[0], height=size[1], fill=LIGHT.paper)
    return element(
        "svg",
        ground,
        *(mark for shape in slide.shapes for mark in _marks(shape)),
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {number(size[0])} {number(size[1])}",
        width=number(size[0]),
        height=number(size[1]),
        font_family=f"'{FONT}',sans-serif",
    )


def _marks(shape: Part) -> Iterator[str]:
    if shape.shape_type == MSO_SHAPE_TYPE.PICTURE:
        yield _image(shape)
    elif shape._element.tag == qn("p:cxnSp"):  # noqa: SLF001 - no call for it
        yield from _line(shape)
    elif shape.has_table:
        yield from _table(shape)
    elif shape.has_text_frame:
        box = tuple(
            n / _POINT for n in (shape.left, shape.top, shape.width, shape.height)
        )
        if shape.shape_type == MSO_SHAPE_TYPE.AUTO_SHAPE:
            yield _box(shape, box)
        yield from _words(shape.text_frame, box, middle=not _is_text_box(shape))


def _is_text_box(shape: Part) -> bool:
    return bool(shape.shape_type == MSO_SHAPE_TYPE.TEXT_BOX)


def _image(shape: Part) -> str:
    x, y, wide, high = (
        n / _POINT for n in (shape.left, shape.top, shape.width, shape.height)
    )
    data = b64encode(shape.image.blob).decode("ascii")
    return element(
        "image",
        x=number(x),
        y=number(y),
        width=number(wide),
        height=number(high),
        href=f"data:{shape.image.content_type};base64,{data}",
    )


def _look(shape: Part) -> dict[str, str]:
    """Return the pen of a shape as SVG says it."""
    pen = shape._element.spPr.find(qn("a:ln"))  # noqa: SLF001
    if pen is None:
        return {"stroke": "none"}
    colour = pen.find(f"{qn('a:solidFill')}/{qn('a:srgbClr')}")
    dash = pen.find(qn("a:prstDash"))
    look = {
        "stroke": f"#{colour.get('val')}" if colour is not None else LIGHT.border,
        "stroke-width": number(int(pen.get("w", _POINT)) / _POINT),
    }
    if dash is not None and dash.get("val") in _DASHES:
        look["stroke-dasharray"] = _DASHES[dash.get("val")]
    return look


def _box(shape: Part, box: tuple[float, ...]) -> str:
    colour = shape._element.spPr.find(f"{qn('a:solidFill')}/{qn('a:srgbClr')}")  # noqa: SLF001
    x, y, wide, high = map(number, box)
    fill = f"#{colour.get('val')}" if colour is not None else "none"
    return element(
        "rect", x=x, y=y, width=wide, height=high, rx=6, fill=fill, **_look(shape)
    )


def _line(shape: Part) -> Iterator[str]:
    ends = (shape.begin_x, shape.begin_y, shape.end_x, shape.end_y)
    x1, y1, x2, y2 = (n / _POINT for n in ends)
    look = _look(shape)
    bend = shape._element.spPr.find(f".//{qn('a:gd')}")  # noqa: SLF001
    via_x, via_y = (x1 + x2) / 2, (y1 + y2) / 2
    if bend is not None:  # swings out
        via_x = x1 + (x2 - x1) * float(bend.get("fmla").split()[-1]) / 100_000
        via_x += via_x - max(x1, x2)
    way = f"M{number(x1)} {number(y1)} Q{number(via_x)} {number(via_y)} {number(x2)} {number(y2)}"
    yield element("path", d=way, fill="none", **look)
    if shape._element.spPr.find(f".//{qn('a:tailEnd')}") is not None:  # noqa: SLF001
        yield _head((via_x, via_y), (x2, y2), look["stroke"])


def _head(before: tuple[float, float], tip: tuple[float, float], colour: str) -> str:
    dx, dy = tip[0] - before[0], tip[1] - before[1]
    long = (dx * dx + dy * dy) ** 0.5 or 1.0
    ux, uy = 8 * dx / long, 8 * dy / long
    corners = (
        tip,
        (tip[0] - ux - uy * 0.45, tip[1] - uy + ux * 0.45),
        (tip[0] - ux + uy * 0.45, tip[1] - uy - ux * 0.45),
    )
    said = " ".join(f"{number(x)},{number(y)}" for x, y in corners)
    return element("polygon", points=said, fill=colour)


def _words(frame: Part, box: tuple[float, ...], *, middle: bool) -> Iterator[str]:
    left, top, wide, high = box
    lines: list[tuple[str, float, bool, str, bool]] = []
    for paragraph in frame.paragraphs:
        for run in paragraph.runs:
            size = run.font.size.pt if run.font.size else 18.0
            bold = bool(run.font.bold)
            fill = f"#{run.font.color.rgb}" if run.font.color.type else LIGHT.ink
            centred = paragraph.alignment == 2
            words = "•".join(run.text.split("●"))  # not in our font
            room = (wide - 8) / 72
            lines.extend(
                (line, size, bold, fill, centred)
                for line in wrapped(words, room, size * (1.03 if bold else 0.97))
            )
    total = sum(size * 1.2 for _, size, *_ in lines)
    y = top + ((high - total) / 2 if middle else 4)
    for line, size, bold, fill, centred in lines:
        y += size * 1.2
        look: dict[str, Any] = {"font_size": size, "fill": fill}
        if bold:
            look["font_weight"] = 600
        if centred:
            look["text_anchor"] = "middle"
        x = left + wide / 2 if centred else left + (0 if middle is False else 2)
        yield text((x, y - size * 0.25), line, **look)


def _table(shape: Part) -> Iterator[str]:
    y = shape.top / _POINT
    for row in shape.table.rows:
        x, high = shape.left / _POINT, row.height / _POINT
        for cell, column in zip(row.cells, shape.table.columns, strict=True):
            wide = column.width / _POINT
            colour = cell._tc.find(  # noqa: SLF001
                f".//{qn('a:tcPr')}/{qn('a:solidFill')}/{qn('a:srgbClr')}"
            )
            fill = f"#{colour.get('val')}" if colour is not None else LIGHT.paper
            yield element(
                "rect",
                x=number(x),
                y=number(y),
                width=number(wide),
                height=number(high),
                fill=fill,
                stroke=LIGHT.border,
                stroke_width=0.5,
            )
            yield from _words(cell.text_frame, (x + 4, y - 2, wide, high), middle=False)
            x += wide
        y += high
