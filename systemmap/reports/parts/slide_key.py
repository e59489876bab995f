"""The key of the map slide, in the same marks as the map itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from pptx.enum.dml import MSO_LINE
from pptx.enum.shapes import MSO_CONNECTOR, MSO_SHAPE
from pptx.util import Inches, Pt

from systemmap.drawing.scene import Entry
from systemmap.drawing.styles import LIGHT, LINK_STYLES, tint
from systemmap.language.phrases import counted
from systemmap.reports.parts.facts import tidy
from systemmap.reports.parts.slides import describe, dress, plain, rgb, text_box, write

if TYPE_CHECKING:
    from systemmap.drawing.scene import Scene

Part: TypeAlias = Any  # python-pptx is untyped

_STEP, _MARK = 0.29, 0.42  # inches on the usual page
_ROOM, _ONE_LINE = 5.8, 30
_ENTRIES = ("theme", "link", "strength", "ink")


def key_entries(scene: Scene) -> list[Entry]:
    """Return what the slide's marks mean: themes, links, and what has no action."""
    found = [entry for entry in scene.legend() if entry.kind in _ENTRIES]
    bare = sum(box.rung == 0 for box in scene.boxes)
    if bare:
        words = f"dotted outline: no action listed ({counted(bare, 'cause')})"
        found.append(Entry(kind="cover", key="0", words=words))
    slow = sum(line.slow for line in scene.lines)
    if slow:
        verb = "works" if slow == 1 else "work"
        words = f"{counted(slow, 'link')} {verb} slowly: named in the notes"
        found.append(Entry(kind="slow", key="slow", words=words))
    return found


def draw_key(
    page: Part, scene: Scene, *, left: float, top: float, factor: float
) -> None:
    """Draw the key in a column; every mark has its words beside it."""
    entries = key_entries(scene)
    steps = [
        _STEP if len(entry.words) < _ONE_LINE else _STEP * 1.5 for entry in entries
    ]
    tight = min(1.0, _ROOM / sum(steps))
    size = 9.5 * factor * tight
    for entry, step in zip(entries, steps, strict=True):
        _mark(page, entry, scene, left, top, factor * tight)
        mark = (_MARK + 0.1) * factor
        place = (left + mark, top - 0.06 * factor, 2.4 * factor - mark, step * factor)
        text_box(page, place, (tidy(entry.words),), size=size, colour=LIGHT.ink)
        top += step * factor * tight


def _mark(
    page: Part, entry: Entry, scene: Scene, left: float, top: float, factor: float
) -> None:
    if entry.kind == "link":
        style = LINK_STYLES[entry.key]
        y = Inches(top + 0.1 * factor)
        line = page.shapes.add_connector(
            MSO_CONNECTOR.STRAIGHT, Inches(left), y, Inches(left + _MARK * factor), y
        )
        plain(line)
        dress(line, style, width=1.5 * factor)
        describe(line, "")
    elif entry.kind in ("theme", "cover"):
        shape = page.shapes.add_shape(
            MSO_SHAPE.ROUNDED_RECTANGLE,
            *map(Inches, (left, top, _MARK * factor, 0.2 * factor)),
        )
        _outline(shape, entry, scene, factor)


def _outline(shape: Part, entry: Entry, scene: Scene, factor: float) -> None:
    theme = next(
        (t for t in scene.themes if t.key == entry.key and entry.kind == "theme"), None
    )
    colour = theme.light if theme else LIGHT.border
    plain(shape)
    shape.fill.solid()
    shape.fill.fore_color.rgb = rgb(tint(colour, LIGHT.paper))
    shape.line.color.rgb, shape.line.width = rgb(colour), Pt(1.5 * factor)
    if entry.kind == "cover":
        shape.line.dash_style = MSO_LINE.ROUND_DOT
    elif theme and theme.dashed:
        shape.line.dash_style = MSO_LINE.DASH
    frame = shape.text_frame
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    if theme:
        write(frame.paragraphs[0], theme.code, size=8 * factor)
        frame.paragraphs[0].alignment = 2
    describe(shape, "")
