"""The key of a slide of the map: one row, in the same marks as the slide itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pptx.enum.dml import MSO_LINE
from pptx.enum.shapes import MSO_CONNECTOR, MSO_SHAPE
from pptx.util import Pt

from systemmap.drawing.styles import LIGHT, LINK_STYLES
from systemmap.language.phrases import counted
from systemmap.reports.parts.deck_parts import BOTTOM, TEXT, bottom
from systemmap.reports.parts.slides import describe, dress, plain, rgb, text_box

if TYPE_CHECKING:
    from collections.abc import Iterable

    from systemmap.drawing.scene import SceneLine
    from systemmap.reports.parts.slides import Sheet

_WORDS = {
    "more": "leads to more",
    "less": "leads to less",
    "unknown": "direction not agreed",
    "disputed": "tables disagree",
}
_TOP, _MARK, _LETTER = 6.72, 0.5, 0.103  # inches
_END = 12.9  # of a row


def key_words(lines: Iterable[SceneLine], *, dotted: bool) -> list[tuple[str, str]]:
    """Return the marks on a slide with what they mean."""
    used = {line.style for line in lines}
    found = [(key, words) for key, words in _WORDS.items() if key in used]
    return [*found, ("bare", "no action listed")] if dotted else found


def draw_key(
    sheet: Sheet, lines: Iterable[SceneLine], *, dotted: bool, more: int, size: float
) -> None:
    """Draw the key in a row below the slide; every mark has its words beside it.

    `more` is how many neighbours had no room.
    """
    left, top = 0.4, bottom(size) + _TOP - BOTTOM
    high, letter = 0.36 * size / TEXT, _LETTER * size / TEXT
    for key, words in key_words(lines, dotted=dotted):
        wide = len(words) * letter + 0.25
        if size > TEXT and left + _MARK + wide > _END:
            left, top = 0.4, top + high
        _mark(sheet, key, left, top + (high - 0.36) / 2)
        place = (left + _MARK + 0.08, top, wide, high)
        text_box(sheet, place, (words,), size=size, colour=LIGHT.ink)
        left += _MARK + wide + 0.2
    if more:
        words = f"{counted(more, 'more neighbour')}: see the notes"
        if size > TEXT and left + len(words) * letter > _END:
            left, top = 0.4, top + high
        place = (left, top, 12.9 - left, high)
        text_box(sheet, place, (words,), size=size, colour=LIGHT.quiet)


def _mark(sheet: Sheet, key: str, left: float, top: float) -> None:
    if key == "bare":
        shape = sheet.page.shapes.add_shape(
            MSO_SHAPE.ROUNDED_RECTANGLE, *sheet.place((left, top + 0.07, _MARK, 0.24))
        )
        plain(shape)
        shape.fill.solid()
        shape.fill.fore_color.rgb = rgb(LIGHT.paper)
        shape.line.color.rgb = rgb(LIGHT.border)
        shape.line.width = Pt(2.25 * sheet.factor)
        shape.line.dash_style = MSO_LINE.ROUND_DOT
        describe(shape, "")
        return
    x, y, wide, _ = sheet.place((left, top + 0.19, _MARK, 0))
    line = sheet.page.shapes.add_connector(MSO_CONNECTOR.STRAIGHT, x, y, x + wide, y)
    plain(line)
    dress(line, LINK_STYLES[key], width=1.75 * sheet.factor)
    describe(line, "")
