"""The map's notation as SVG: a factor's box, a link's line."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from systemmap.drawing.geometry import Frame, Point, Route
from systemmap.drawing.layout.boxes import LINE_HEIGHT
from systemmap.drawing.letters import SIZE
from systemmap.drawing.placed import TRAY_WORDS
from systemmap.drawing.styles import (
    AT_REST,
    GROUND_SHARE,
    LINK_STYLES,
    NAME_SHARE,
    Roles,
    ThemeStyle,
    rest_ink,
    tint,
)
from systemmap.drawing.svg import element, number, path_of, polygon_path, text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from systemmap.drawing.layout.theme_names import ThemeName
    from systemmap.drawing.letters import Letter
    from systemmap.drawing.placed import Box
    from systemmap.drawing.scene import SceneBox, SceneLine

LABEL_SIZE = 11.5
HEAD = 7.5
ROUND = 6.0
SOFT = 6.0  # how round the corners of a ground are
NAME_SIZE, NAME_LINE = 14.0, 15.0
RUNGS = 4


def box_mark(box: SceneBox, theme: ThemeStyle, roles: Roles) -> str:
    """Return a factor: outline and code of its theme, label, cover notch, tags."""
    frame = box.frame
    return element(
        "g",
        outline(frame, theme, roles, gap=box.rung == 0),
        _label(box, roles),
        code_chip(
            (frame.x - frame.width / 2, frame.y - frame.height / 2), theme, roles
        ),
        "" if box.rung is None else notch(frame, box.rung, roles),
        *_tags(box, roles),
        vote_mark(box.frame, box.votes, roles) if box.votes else "",
    )


def outline(frame: Frame, theme: ThemeStyle, roles: Roles, *, gap: bool = False) -> str:
    """Return a box's outline: dotted when nobody has listed an action."""
    dash = "0.1 4" if gap else ("6 3" if theme.dashed else None)
    rect = _rect(frame)
    mark = element(
        "rect",
        **rect,
        rx=ROUND,
        fill=tint(theme.colour(roles), roles.paper),
        stroke=theme.colour(roles),
        stroke_width=2.2 if gap else 1.6,
        stroke_dasharray=dash,
        stroke_linecap="round" if gap else None,
    )
    if not theme.second:
        return mark
    inner = Frame(frame.x, frame.y, frame.width - 6, frame.height - 6)
    return mark + element(
        "rect",
        **_rect(inner),
        rx=ROUND - 2,
        fill="none",
        stroke=theme.colour(roles),
        stroke_width=0.7,
    )


def code_chip(corner: Point, theme: ThemeStyle, roles: Roles) -> str:
    """Return the theme's two letters on the upper left corner of a box."""
    x, y = corner[0] - 5, corner[1] - 6
    return element(
        "rect",
        x=x,
        y=y,
        width=15,
        height=10,
        rx=3,
        fill=roles.paper,
        stroke=theme.colour(roles),
        stroke_width=1,
    ) + text(
        (x + 7.5, y + 7.6),
        theme.code,
        font_size=7.5,
        font_weight=600,
        text_anchor="middle",
        fill=roles.ink,
    )


def notch(frame: Frame, rung: int, roles: Roles) -> str:
    """Return the cover notch at the lower edge: four steps, as many filled as the rung."""
    left, top = frame.x - 14, frame.y + frame.height / 2 - 2.5
    return "".join(
        element(
            "rect",
            x=left + 7.25 * step,
            y=top,
            width=6.25,
            height=5,
            fill=roles.ink if step < rung else roles.paper,
            stroke=roles.ink,
            stroke_width=0.7,
        )
        for step in range(RUNGS)
    )


def line_mark(
    line: SceneLine, route: Route, roles: Roles, *, sign: Point | None = None
) -> str:
    """Return a link: its line, its head, and the mark of a slow link clear of its sign."""
    style = LINK_STYLES[line.style]
    colour = tint(style.colour(roles), roles.paper, rest_ink(style, line.ink))
    dash = " ".join(number(part) for part in style.dash) or None
    twin = (-1.6, 1.6) if style.lines > 1 else (0.0,)
    width = AT_REST * line.width
    strokes = "".join(
        element(
            "path",
            d=path_of(route.beside(away) if away else route),
            stroke=colour,
            stroke_width=0.8 if style.lines > 1 else width,
            stroke_dasharray=dash,
        )
        for away in twin
    )
    head = (
        _head(route, colour, width, filled=style.head == "filled")
        if line.directed
        else ""
    )
    slow = _slow(route, colour, sign) if line.slow else ""
    return strokes + slow + head


def sign_mark(line: SceneLine, at: Point, roles: Roles) -> str:
    """Return the small +, − or ? of a link, on its line."""
    style = LINK_STYLES[line.style]
    return text(
        (at[0], at[1] + 3.4),
        style.sign,
        font_size=10.5,
        font_weight=600,
        text_anchor="middle",
        fill=style.colour(roles),
        stroke=roles.paper,
        stroke_width=2.5,
        paint_order="stroke",
    )


def ground_mark(polygons: Iterable[tuple[Point, ...]], colour: str) -> str:
    """Return a theme's pale ground as one flat patch."""
    return element(
        "path",
        d="".join(map(polygon_path, polygons)),
        fill=colour,
        stroke=colour,
        stroke_width=SOFT,
        stroke_linejoin="round",
    )


def name_mark(name: ThemeName, theme: ThemeStyle, roles: Roles) -> str:
    """Return a theme's name on its ground."""
    top = name.y - NAME_LINE * (len(name.lines) - 1) / 2 + 4.8
    return "".join(
        text(
            (name.x, top + NAME_LINE * at),
            line,
            font_size=NAME_SIZE,
            font_weight=600,
            text_anchor="middle",
            fill=tint(theme.colour(roles), roles.ink, NAME_SHARE),
            stroke=tint(theme.colour(roles), roles.paper, GROUND_SHARE),
            stroke_width=4,
            stroke_linejoin="round",
            paint_order="stroke",
        )
        for at, line in enumerate(name.lines)
    )


def tray_mark(tray: Box, roles: Roles) -> str:
    """Return the frame round what nothing links yet, with its words."""
    left, top, wide, high = tray
    return element(
        "rect",
        x=left,
        y=top,
        width=wide,
        height=high,
        rx=ROUND,
        fill=roles.ground,
        stroke=roles.border,
        stroke_width=0.8,
        stroke_dasharray="2 3",
    ) + text(
        (left + 2, top - 5),
        TRAY_WORDS,
        font_size=12,
        font_weight=600,
        fill=roles.quiet,
    )


def _label(box: SceneBox, roles: Roles) -> str:
    top = box.y - LINE_HEIGHT * (len(box.lines) - 1) / 2 + 3.9
    return "".join(
        text(
            (box.x, top + LINE_HEIGHT * at),
            line,
            font_size=LABEL_SIZE,
            text_anchor="middle",
            fill=roles.ink,
        )
        for at, line in enumerate(box.lines)
    )


def _tags(box: SceneBox, roles: Roles) -> list[str]:
    right, top = box.x + box.width / 2, box.y - box.height / 2
    marks = []
    if box.actions:
        marks.append(tag((right - 8, top - 6), len(box.actions), roles, rx=2))
    if box.assets:
        shift = 13 if box.actions else 0
        marks.append(tag((right - 8 - shift, top - 6), len(box.assets), roles, rx=5.5))
    return marks


def tag(corner: Point, count: int, roles: Roles, *, rx: float) -> str:
    """Return a small tag (actions) or, with a large `rx`, a small disc (assets)."""
    x, y = corner
    return element(
        "rect", x=x, y=y, width=11, height=11, rx=rx, fill=roles.action
    ) + text(
        (x + 5.5, y + 8.2),
        str(count) if count < 10 else "9+",
        font_size=7.5,
        font_weight=600,
        text_anchor="middle",
        fill=roles.paper,
    )


def vote_mark(frame: Frame, votes: int, roles: Roles) -> str:
    """Return the votes at a box's lower right corner: a hand's count, not a measure."""
    words = str(votes)
    wide = max(13.0, 4.4 * len(words) + 8)
    right, y = frame.x + frame.width / 2 - 4, frame.y + frame.height / 2 + 1
    return element(
        "rect",
        x=right - wide,
        y=y - 6,
        width=wide,
        height=12,
        rx=6,
        fill=roles.paper,
        stroke=roles.ink,
        stroke_width=1,
    ) + text(
        (right - wide / 2, y + 2.8),
        words,
        font_size=8,
        font_weight=600,
        text_anchor="middle",
        fill=roles.ink,
    )


def letter_mark(letter: Letter, roles: Roles) -> str:
    """Return a loop's letter in its disc."""
    at = (letter.x, letter.y + 3.6)
    return element(
        "circle",
        cx=letter.x,
        cy=letter.y,
        r=SIZE,
        fill=roles.paper,
        stroke=roles.ink,
        stroke_width=1.4,
    ) + text(
        at,
        letter.words,
        font_size=10,
        font_weight=600,
        text_anchor="middle",
        fill=roles.ink,
    )


def _rect(frame: Frame) -> dict[str, float]:
    return {
        "x": frame.x - frame.width / 2,
        "y": frame.y - frame.height / 2,
        "width": frame.width,
        "height": frame.height,
    }


def _head(route: Route, colour: str, width: float, *, filled: bool) -> str:
    size = HEAD + width
    angle = route.heading(1.0)
    x, y = route.end
    wings = [
        (x - size * math.cos(angle + turn), y - size * math.sin(angle + turn))
        for turn in (-0.42, 0.42)
    ]
    points = " ".join(
        f"{number(px)},{number(py)}" for px, py in (wings[0], (x, y), wings[1])
    )
    if filled:
        return element("polygon", points=points, fill=colour)
    return element(
        "polyline",
        points=points,
        stroke=colour,
        stroke_width=max(1.1, width * 0.9),
        stroke_linejoin="round",
    )


def _slow(route: Route, colour: str, sign: Point | None) -> str:
    share = _slow_share(route, sign)
    x, y = route.at(share)
    along = route.heading(share)
    strokes = []
    for shift in (-2.2, 2.2):
        cx, cy = x + shift * math.cos(along), y + shift * math.sin(along)
        dx, dy = -math.sin(along) * 6, math.cos(along) * 6
        strokes.append(
            element(
                "path",
                d=f"M{number(cx - dx)} {number(cy - dy)}L{number(cx + dx)} {number(cy + dy)}",
                stroke=colour,
                stroke_width=1.4,
            )
        )
    return "".join(strokes)


def _slow_share(route: Route, sign: Point | None) -> float:
    """Return where on its way a slow link is marked: in the middle, clear of its sign."""
    tried = (0.5, 0.4, 0.6, 0.3, 0.2)
    clear = (s for s in tried if sign is None or math.dist(route.at(s), sign) > 13)
    return next(clear, 0.5)
