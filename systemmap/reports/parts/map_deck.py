"""Drawing the map slide: native shapes, glued arrows, key, notes, and the picture."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any, TypeAlias

from pptx.enum.dml import MSO_LINE
from pptx.enum.shapes import MSO_CONNECTOR, MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.util import Inches, Pt

from systemmap.drawing.caption import caption_of
from systemmap.drawing.framed import framed
from systemmap.drawing.listed import rungs
from systemmap.drawing.picture import draw, png_from
from systemmap.drawing.scene import programme_scene
from systemmap.drawing.styles import LIGHT, LINK_STYLES, tint
from systemmap.drawing.words import link_sentence, map_in_words
from systemmap.reports.parts.facts import Facts, tidy
from systemmap.reports.parts.slide_key import draw_key
from systemmap.reports.parts.slides import (
    HIGH,
    WIDE,
    describe,
    dress,
    new_deck,
    new_page,
    plain,
    rgb,
    saved,
    text_box,
    write,
)

if TYPE_CHECKING:
    from systemmap.drawing.scene import Scene, SceneBox, SceneLine
    from systemmap.drawing.styles import ThemeStyle
    from systemmap.model.programme import Programme
    from systemmap.reports.parts.document import Order
    from systemmap.reports.parts.slides import Place

Part: TypeAlias = Any  # python-pptx is untyped

_MARGIN, _HEAD, _FOOT, _KEY = 0.4, 1.0, 0.55, 2.5  # inches on the usual page
_ROOM = (WIDE - 2 * _MARGIN - _KEY, HIGH - _HEAD - _FOOT)  # for the map
_LETTERS = 10.0  # size of a label in drawing units
_CODE_LINE = 7.0  # room for the theme's code above the label, in drawing units
_SMALLEST = 7.0  # points; the page grows rather than the words shrink
_LARGEST_PAGE = 50.0  # inches; PowerPoint stops at 56
_TOP, _LEFT, _BOTTOM, _RIGHT = range(4)  # connection sites of a rectangle


class _Sheet:
    """Where drawing units lie on the page; `factor` is how much larger than usual it is."""

    def __init__(self, scene: Scene) -> None:
        left, top, right, bottom = scene.bounds
        wide, high = _ROOM
        scale = min(wide / (right - left), high / (bottom - top))
        points = _LETTERS * scale * 72
        self.factor = min(max(1.0, _SMALLEST / points), _LARGEST_PAGE / WIDE)
        self.scale = scale * self.factor
        self._x = _MARGIN * self.factor - left * self.scale
        spare = high * self.factor - (bottom - top) * self.scale
        self._y = _HEAD * self.factor - top * self.scale + spare / 2

    def at(self, x: float, y: float) -> tuple[Part, Part]:
        """Return a point of the drawing as a point of the page."""
        return Inches(x * self.scale + self._x), Inches(y * self.scale + self._y)

    def length(self, units: float) -> Part:
        """Return a length of the drawing as a length of the page."""
        return Inches(units * self.scale)

    def points(self, units: float) -> float:
        """Return a size of the drawing in points, to the tenth."""
        return round(units * self.scale * 72, 1)


def map_deck(programme: Programme, order: Order) -> bytes:
    """Return the map as a deck of two slides: shapes to edit, and a picture."""
    facts = Facts(programme, order)
    cover = rungs(programme, order.map_id, today=order.at)
    scene = programme_scene(programme, order.map_id, cover=cover)
    caption = caption_of(programme, scene, at=order.at)
    whole, scene = scene, framed(scene, _ROOM[0] / _ROOM[1])
    sheet = _Sheet(scene)
    f = sheet.factor
    deck = new_deck(
        title=f"{facts.place}: {caption.title}",
        at=order.at,
        wide=WIDE * f,
        high=HIGH * f,
    )
    page = _page(deck, facts, caption.title, f)
    if scene.boxes:
        _draw_map(page, scene, sheet)
        draw_key(
            page,
            scene,
            left=(WIDE - _MARGIN - _KEY + 0.15) * f,
            top=_HEAD * f,
            factor=f,
        )
        page.notes_slide.notes_text_frame.text = _in_words(scene)
        head = _scaled((_MARGIN, 0.2, WIDE - 2 * _MARGIN, 0.5), f)
        name = f"{facts.place} system map as a picture"
        picture = new_page(deck, name, size=round(24 * f), place=head)
        image = png_from(draw(whole, caption, paper="slide"), width=2400)
        _put_picture(picture, image, caption.title, f)
    return saved(deck)


def _page(deck: Part, facts: Facts, title: str, factor: float) -> Part:
    wide = WIDE - 2 * _MARGIN
    head = _scaled((_MARGIN, 0.2, wide, 0.5), factor)
    page = new_page(deck, title, size=round(24 * factor), place=head)
    under = f"{facts.place} · {tidy(facts.map.version.name)} · as at {facts.day}"
    place = _scaled((_MARGIN, 0.62, wide, 0.3), factor)
    text_box(page, place, (under,), size=12 * factor, colour=LIGHT.quiet)
    place = _scaled((_MARGIN, HIGH - _FOOT + 0.05, wide, 0.45), factor)
    said = (" ".join(facts.closing),)
    text_box(page, place, said, size=8 * factor, colour=LIGHT.quiet)
    return page


def _scaled(place: Place, factor: float) -> Place:
    left, top, wide, high = place
    return left * factor, top * factor, wide * factor, high * factor


def _draw_map(page: Part, scene: Scene, sheet: _Sheet) -> None:
    themes = {theme.key: theme for theme in scene.themes}
    said = {
        f.id: " ".join(f.sentences)
        for theme in map_in_words(scene)
        for f in theme.factors
    }
    shapes = {
        box.id: _box(page, box, themes[box.theme], sheet, tidy(said[box.id]))
        for box in scene.boxes
    }
    names = {box.id: box.label for box in scene.boxes}
    pairs = {(line.source, line.target) for line in scene.lines}
    frames = {box.id: box for box in scene.boxes}
    first = min(page.shapes._spTree.index(shape._element) for shape in shapes.values())  # noqa: SLF001
    for number, line in enumerate(scene.lines):
        both = (line.target, line.source) in pairs
        arrow = _arrow(page, line, frames, shapes, sheet, both=both)
        describe(arrow, tidy(link_sentence(line, names)))
        arrow.name = tidy(f"{names[line.source]} to {names[line.target]}")
        # behind the boxes: arrows stand before them in the drawing order
        page.shapes._spTree.insert(first + number, arrow._element)  # noqa: SLF001


def _box(page: Part, box: SceneBox, theme: ThemeStyle, sheet: _Sheet, alt: str) -> Part:
    high = box.height + _CODE_LINE
    left, top = sheet.at(box.x - box.width / 2, box.y - high / 2)
    shape = page.shapes.add_shape(
        MSO_SHAPE.ROUNDED_RECTANGLE,
        left,
        top,
        sheet.length(box.width),
        sheet.length(high),
    )
    shape.adjustments[0] = 0.12
    shape.name = tidy(box.label)
    describe(shape, alt)
    plain(shape)
    shape.fill.solid()
    shape.fill.fore_color.rgb = rgb(tint(theme.light, LIGHT.paper))
    shape.line.color.rgb = rgb(theme.light)
    shape.line.width = Pt(max(0.75, sheet.points(1.6)))
    if box.rung == 0:
        shape.line.dash_style = MSO_LINE.ROUND_DOT
    elif theme.dashed:
        shape.line.dash_style = MSO_LINE.DASH
    frame = shape.text_frame
    frame.word_wrap, frame.vertical_anchor = True, MSO_ANCHOR.MIDDLE
    frame.margin_left = frame.margin_right = sheet.length(2)
    frame.margin_top = frame.margin_bottom = 0
    code, label = frame.paragraphs[0], frame.add_paragraph()
    write(code, theme.code, size=sheet.points(_CODE_LINE - 1), colour=LIGHT.quiet)
    write(label, tidy(box.label), size=sheet.points(_LETTERS))
    code.alignment = label.alignment = PP_ALIGN.CENTER
    return shape


def _arrow(
    page: Part,
    line: SceneLine,
    frames: dict[str, SceneBox],
    shapes: dict[str, Part],
    sheet: _Sheet,
    *,
    both: bool,
) -> Part:
    """Draw one link, glued to the sides of its boxes; a pair of links takes two ways."""
    source, target = frames[line.source], frames[line.target]
    kind = (
        MSO_CONNECTOR.CURVE
        if both and line.source < line.target
        else MSO_CONNECTOR.STRAIGHT
    )
    arrow = page.shapes.add_connector(kind, 0, 0, 0, 0)
    leave, arrive = _sites(source, target)
    plain(arrow)
    arrow.begin_connect(shapes[line.source], leave)
    arrow.end_connect(shapes[line.target], arrive)
    style = LINK_STYLES[line.style]
    dress(arrow, style, width=max(0.5, sheet.points(line.width * 0.7)), ink=line.ink)
    return arrow


def _sites(source: SceneBox, target: SceneBox) -> tuple[int, int]:
    """Return the sides that face each other."""
    dx, dy = target.x - source.x, target.y - source.y
    if abs(dx) * (source.height + target.height) > abs(dy) * (
        source.width + target.width
    ):
        return (_RIGHT, _LEFT) if dx > 0 else (_LEFT, _RIGHT)
    return (_BOTTOM, _TOP) if dy > 0 else (_TOP, _BOTTOM)


def _put_picture(page: Part, image: bytes, title: str, factor: float) -> None:
    room_wide, room_high = (
        (WIDE - 2 * _MARGIN) * factor,
        (HIGH - _HEAD) * factor,
    )
    picture = page.shapes.add_picture(BytesIO(image), 0, 0)
    scale = min(Inches(room_wide) / picture.width, Inches(room_high) / picture.height)
    picture.width, picture.height = (
        int(picture.width * scale),
        int(picture.height * scale),
    )
    picture.left = int(Inches(WIDE * factor) - picture.width) // 2
    picture.top = Inches(0.8 * factor)
    picture.name = "Map"
    describe(
        picture,
        f"{title} The map as a picture; the slide before holds it as shapes, its notes in words.",
    )


def _in_words(scene: Scene) -> str:
    lines = []
    for theme in map_in_words(scene):
        lines.append(theme.heading)
        lines += [f"{f.label}. {' '.join(f.sentences)}" for f in theme.factors]
    return tidy("\n".join(lines))
