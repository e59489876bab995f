"""The map on paper: SVG for A4 to A0 with its key and its source, and PNG from it."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from systemmap.drawing.framed import framed
from systemmap.drawing.key import key_column
from systemmap.drawing.marks import (
    box_mark,
    ground_mark,
    letter_mark,
    line_mark,
    name_mark,
    sign_mark,
    tray_mark,
)
from systemmap.drawing.placed import placed_on
from systemmap.drawing.styles import FONT, GROUND_SHARE, LIGHT, tint
from systemmap.drawing.svg import element, number, text, words
from systemmap.errors import InvalidValue
from systemmap.language.phrases import counted

if TYPE_CHECKING:
    from collections.abc import Mapping

    from systemmap.drawing.caption import Caption
    from systemmap.drawing.scene import Scene, SceneBox, SceneLine
    from systemmap.drawing.styles import Roles

# Landscape, in millimetres (ISO 216)
PAPERS = {
    "A4": (297, 210),
    "A3": (420, 297),
    "A2": (594, 420),
    "A1": (841, 594),
    "A0": (1189, 841),
}
SLIDE = (338.7, 190.5)  # a wide slide, for `draw` only: nobody prints it
_POINTS = 72 / 25.4


@dataclass(frozen=True, slots=True)
class _Page:
    """Sizes in points; furniture grows with the paper but stays readable on A4."""

    width: float
    height: float

    @property
    def unit(self) -> float:
        return max(0.78, self.width / 1190.55)

    @property
    def margin(self) -> float:
        return 26 * self.unit

    @property
    def key_width(self) -> float:
        return 172 * self.unit


def draw(scene: Scene, caption: Caption, *, paper: str = "A3") -> str:
    """Draw a scene with its title, key and footer as one SVG document."""
    sheets = {**PAPERS, "slide": SLIDE}
    if paper not in sheets:
        msg = f"'{paper}' is not a paper size drawn here. Use one of: {', '.join(PAPERS)}."
        raise InvalidValue(msg)
    wide, high = sheets[paper]
    page = _Page(wide * _POINTS, high * _POINTS)
    title, top = _heading(page, caption)
    footer, bottom = _footer(page, caption)
    name = f"map-{scene.map_id}"
    return element(
        "svg",
        element("title", words(caption.title), id=f"{name}-title"),
        element("desc", words(_description(scene, caption)), id=f"{name}-desc"),
        element("rect", width=page.width, height=page.height, fill=LIGHT.paper),
        title,
        _map(scene, page, top, bottom),
        key_column(
            scene,
            at=(page.width - page.margin - page.key_width, top),
            unit=page.unit,
            room=bottom - top,
            roles=LIGHT,
        ),
        footer,
        xmlns="http://www.w3.org/2000/svg",
        width=f"{number(wide)}mm",
        height=f"{number(high)}mm",
        viewBox=f"0 0 {number(page.width)} {number(page.height)}",
        role="img",
        aria_labelledby=f"{name}-title {name}-desc",
        font_family=f"'{FONT}','Source Sans 3','Segoe UI',sans-serif",
    )


def png_from(svg: str, *, width: int = 2400) -> bytes:
    """Return an SVG drawing as PNG, with the font that travels with the program."""
    import resvg_py

    return resvg_py.svg_to_bytes(
        svg_string=svg,
        dpi=96.0,  # without it a size in millimetres is refused as invalid
        width=width,
        background="#FFFFFF",
        skip_system_fonts=True,
        font_files=list(font_files()),
        font_family=FONT,
        sans_serif_family=FONT,
    )


@cache
def font_files() -> tuple[str, ...]:
    """Return the paths of the regular and semibold fonts, as installed."""
    folder = files("font_source_sans_pro") / "files"
    names = ("SourceSansPro-Regular.ttf", "SourceSansPro-Semibold.ttf")
    return tuple(str(folder / name) for name in names)


def map_only(
    scene: Scene,
    roles: Roles = LIGHT,
    *,
    shared: Mapping[str, int] | None = None,
    by_theme: bool = True,
) -> str:
    """Return the drawing without page furniture, as a group in drawing units.

    With `shared`, how many tables named each cause, those that several named
    have a heavier outline; boxes and lines then carry their ids, for a script
    that moves them. Where boxes do not stand `by_theme`, no theme has a ground or
    its name: they would lie over links.
    """
    placed = placed_on(scene)
    themes = {theme.key: theme for theme in scene.themes}
    lines = sorted(
        zip(scene.lines, placed.routes, placed.signs, strict=True),
        key=lambda drawn: (drawn[0].ink, drawn[0].width),
    )
    grounds = (
        ground_mark(
            polygons, tint(themes[key].colour(roles), roles.paper, GROUND_SHARE)
        )
        for key, polygons in (placed.grounds.items() if by_theme else ())
    )
    names = placed.names if by_theme else ()
    return element(
        "g",
        *(tray_mark(tray, roles) for tray in placed.trays),
        element("g", *grounds),
        element(
            "g",
            *(
                _named_line(line, line_mark(line, route, roles, sign=at), shared)
                for line, route, at in lines
            ),
            fill="none",
        ),
        element("g", *(name_mark(n, themes[n.theme], roles) for n in names)),
        element("g", *(sign_mark(line, at, roles) for line, _, at in lines)),
        element(
            "g",
            *(
                _named_box(b, box_mark(b, themes[b.theme], roles), roles, shared)
                for b in scene.boxes
            ),
        ),
        *(letter_mark(letter, roles) for letter in scene.letters),
    )


def bare_svg(
    scene: Scene, title: str, *, shared: Mapping[str, int] | None = None
) -> str:
    """Draw a scene without page furniture, as SVG for a page; `title` says it in words."""
    margin = 8.0
    left, top, right, bottom = placed_on(scene).bounds
    wide, high = right - left + 2 * margin, bottom - top + 2 * margin
    name = f"bare-{scene.map_id}-title"
    return element(
        "svg",
        element("title", words(title), id=name),
        map_only(scene, shared=shared),
        viewBox=f"{number(left - margin)} {number(top - margin)} "
        f"{number(wide)} {number(high)}",
        role="img",
        aria_labelledby=name,
        font_family=f"'{FONT}','Source Sans 3','Segoe UI',sans-serif",
    )


def standalone(svg: str) -> str:
    """Return a drawing for a page as a document of its own."""
    return f'<svg xmlns="http://www.w3.org/2000/svg"{svg.removeprefix("<svg")}'


def _named_line(line: SceneLine, mark: str, shared: Mapping[str, int] | None) -> str:
    if shared is None:
        return mark
    return element("g", mark, data_line=f"{line.source}/{line.target}")


def _named_box(
    box: SceneBox, mark: str, roles: Roles, shared: Mapping[str, int] | None
) -> str:
    if shared is None:
        return mark
    times = shared.get(box.id, 0)
    ring = (
        element(
            "rect",
            x=box.x - box.width / 2,
            y=box.y - box.height / 2,
            width=box.width,
            height=box.height,
            rx=6,
            fill="none",
            stroke=roles.ink,
            stroke_width=2 + 1.5 * min(times, 6),
        )
        if times > 1
        else ""
    )
    return element("g", ring, mark, data_box=box.id, data_at=f"{box.x} {box.y}")


def _map(scene: Scene, page: _Page, top: float, bottom: float) -> str:
    wide = page.width - 3 * page.margin - page.key_width
    high = bottom - top
    scene = framed(scene, wide / high)
    left, upper, right, lower = placed_on(scene).bounds
    scale = min(wide / (right - left), high / (lower - upper), 1.6 * page.unit)
    x = page.margin + (wide - scale * (right - left)) / 2 - scale * left
    y = top + (high - scale * (lower - upper)) / 2 - scale * upper
    place = f"translate({number(x)} {number(y)}) scale({scale:.4f})"
    return element("g", map_only(scene), transform=place)


def _heading(page: _Page, caption: Caption) -> tuple[str, float]:
    size = 22 * page.unit
    room = int((page.width - 2 * page.margin) / (size * 0.47))
    lines = textwrap.wrap(caption.title, room)[:2]
    y = page.margin + size * 0.8
    marks = []
    for line in lines:
        marks.append(
            text(
                (page.margin, y), line, font_size=size, font_weight=600, fill=LIGHT.ink
            )
        )
        y += size * 1.15
    y -= size * 0.15
    below = (page.margin, y + 6 * page.unit)
    marks.append(
        text(below, caption.subtitle, font_size=11 * page.unit, fill=LIGHT.quiet)
    )
    return element("g", *marks), y + 22 * page.unit


def _footer(page: _Page, caption: Caption) -> tuple[str, float]:
    size = 8.5 * page.unit
    room = int((page.width - 2 * page.margin) / (size * 0.46))
    lines = textwrap.wrap("  ".join(caption.footer), room)
    top = page.height - page.margin - size * 1.35 * (len(lines) - 1)
    marks = [
        text(
            (page.margin, top + size * 1.35 * at),
            line,
            font_size=size,
            fill=LIGHT.quiet,
        )
        for at, line in enumerate(lines)
    ]
    return element("g", *marks), top - size * 2


def _description(scene: Scene, caption: Caption) -> str:
    signs = {
        "more": "of more leading to more",
        "less": "of more leading to less",
        "unknown": "whose direction is not agreed",
        "disputed": "about which tables disagree",
    }
    kinds = [
        f"{sum(line.style == key for line in scene.lines)} {said}"
        for key, said in signs.items()
        if any(line.style == key for line in scene.lines)
    ]
    links = f": {', '.join(kinds)}" if kinds else ""
    themes = ", ".join(theme.name for theme in scene.themes)
    return (
        f"{caption.subtitle}. A causal map of {counted(len(scene.boxes), 'cause')} and "
        f"{counted(len(scene.lines), 'link')}{links}. Themes: {themes}. "
        "Every cause and link is also given in words and as a table."
    )
