"""The key beside a drawing: every mark it uses, said in words."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from systemmap.drawing.geometry import Frame, Route
from systemmap.drawing.letters import Letter
from systemmap.drawing.marks import (
    code_chip,
    letter_mark,
    line_mark,
    notch,
    outline,
    sign_mark,
    tag,
    vote_mark,
)
from systemmap.drawing.scene import Entry, Scene, SceneLine
from systemmap.drawing.styles import FONT_STACK, Roles, ThemeStyle
from systemmap.drawing.svg import element, number, text

if TYPE_CHECKING:
    from systemmap.drawing.geometry import Point

_HEADS = {
    "theme": "Themes",
    "link": "Links",
    "cover": "Actions listed",
}
_ROW, _LINE, _SIZE, _TEXT_AT, _WRAP = 21.0, 11.5, 10.0, 44.0, 27


def key_column(
    scene: Scene, *, at: Point, unit: float, room: float, roles: Roles
) -> str:
    """Return the key as a column whose upper left corner is at a point.

    `unit` is the size of a point on this paper; a key longer than the `room`
    below that point is drawn smaller. Only what the drawing shows is listed.
    """
    y = 6.0
    marks: list[str] = []
    seen = ""
    themes = {theme.key: theme for theme in scene.themes}
    for entry in scene.legend():
        head = _HEADS.get(entry.kind)
        if head and head != seen:
            y += 10 if seen else 0
            marks.append(
                text((0, y), head, font_size=11.5, font_weight=600, fill=roles.ink)
            )
            y, seen = y + 17, head
        lines = textwrap.wrap(entry.words, _WRAP)
        marks.append(_sample(entry, y, themes, roles))
        marks.extend(
            text(
                (_TEXT_AT, y + 3.5 + at * _LINE), line, font_size=_SIZE, fill=roles.ink
            )
            for at, line in enumerate(lines)
        )
        y += max(_ROW, _ROW - _LINE + _LINE * len(lines))
    fitting = min(unit, room / y)
    place = f"translate({number(at[0])} {number(at[1])}) scale({fitting:.4f})"
    return element("g", *marks, transform=place)


def sample(entry: Entry, scene: Scene, roles: Roles) -> str:
    """Return the mark of one entry of the key as a small drawing of its own."""
    themes = {theme.key: theme for theme in scene.themes}
    return element(
        "svg",
        _sample(entry, 13, themes, roles),
        xmlns="http://www.w3.org/2000/svg",
        width=44,
        height=26,
        viewBox="-2 0 44 26",
        aria_hidden="true",
        font_family=FONT_STACK,
        class_=f"{roles.name}-only",
    )


def _sample(entry: Entry, y: float, themes: dict[str, ThemeStyle], roles: Roles) -> str:
    frame = Frame(20, y, 34, 15)
    plain = ThemeStyle(key="", name="", code="", light=roles.border, dark=roles.border)
    if entry.kind == "theme":
        theme = themes[entry.key]
        return outline(frame, theme, roles) + code_chip(
            (frame.x - 2.5, frame.y + 1), theme, roles
        )
    if entry.kind == "cover":
        rung = int(entry.key)
        return outline(frame, plain, roles, gap=rung == 0) + notch(frame, rung, roles)
    if entry.kind == "layer" and entry.key == "vote":
        return vote_mark(Frame(15, y - 8, 34, 14), 7, roles)
    if entry.kind == "loop":
        return letter_mark(Letter(words=entry.key, x=20, y=y), roles)
    if entry.kind == "layer":
        return tag((14.5, y - 5.5), 2, roles, rx=2 if entry.key == "action" else 5.5)
    return _line_sample(entry, y, roles)


def _line_sample(entry: Entry, y: float, roles: Roles) -> str:
    if entry.kind == "strength":
        return _stroke("more", y - 4, roles, width=0.9) + _stroke(
            "more", y + 4, roles, width=3.0
        )
    if entry.kind == "ink":
        return _stroke("more", y - 4, roles) + _stroke("more", y + 4, roles, ink=0.6)
    style = entry.key if entry.kind == "link" else "more"
    return _stroke(
        style, y, roles, slow=entry.kind == "slow", sign=entry.kind == "link"
    )


def _stroke(
    style: str,
    y: float,
    roles: Roles,
    *,
    width: float = 1.6,
    ink: float = 1.0,
    slow: bool = False,
    sign: bool = False,
) -> str:
    line = SceneLine(
        source="",
        target="",
        style=style,
        width=width,
        ink=ink,
        slow=slow,
        strength="",
        confidence="",
        directed=True,
    )
    route = Route(((3, y), (20, y), (37, y)))
    marks = element("g", line_mark(line, route, roles), fill="none")
    return marks + sign_mark(line, (18, y), roles) if sign else marks
