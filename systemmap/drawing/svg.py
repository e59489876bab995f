"""Writing SVG: elements with escaped text and tidy numbers, nothing else."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from systemmap.drawing.geometry import Point, Route


def element(tag: str, *children: str, **attributes: str | float | None) -> str:
    """Return one element; children are markup already, attributes are escaped.

    ``font_size=9`` is written ``font-size="9"``; None leaves an attribute out.

    Examples
    --------
    >>> element("circle", r=2.50, stroke_width=1)
    '<circle r="2.5" stroke-width="1"/>'
    """
    written = "".join(
        f' {name.rstrip("_").replace("_", "-")}="{_value(value)}"'
        for name, value in attributes.items()
        if value is not None
    )
    inside = "".join(children)
    return f"<{tag}{written}>{inside}</{tag}>" if inside else f"<{tag}{written}/>"


def words(text: str) -> str:
    """Return people's text, safe inside an element."""
    return escape(text, quote=False)


def text(at: Point, content: str, **attributes: str | float | None) -> str:
    """Return one line of text whose baseline starts, or centres, at a point."""
    return element("text", words(content), x=at[0], y=at[1], **attributes)


def chart(
    size: tuple[float, float], *parts: str, title: str = "", font_size: float = 14
) -> str:
    """Return a whole chart as SVG: its parts on a sheet, with a title for who hears it.

    Parameters
    ----------
    size : (width, height)
        In pixels.
    parts : str
        Markup, drawn in this order.
    """
    width, height = size
    return element(
        "svg",
        *([element("title", words(title))] if title else []),
        *parts,
        xmlns="http://www.w3.org/2000/svg",
        role="img",
        viewBox=f"0 0 {number(width)} {number(height)}",
        width=number(width),
        height=number(height),
        font_family="Source Sans Pro, Source Sans 3, sans-serif",
        font_size=font_size,
    )


def sheet(width: float, height: float) -> str:
    """Return the white paper below a chart."""
    return element("rect", width=width, height=height, fill="#FFFFFF")


def number(value: float) -> str:
    """Return a number with at most two decimals and no needless zero."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def path_of(route: Route) -> str:
    """Return the way of a link as path data."""
    points = [f"{number(x)} {number(y)}" for x, y in route.points]
    curves = zip(points[1::2], points[2::2], strict=True)
    return f"M{points[0]}" + "".join(f"Q{via} {end}" for via, end in curves)


def polygon_path(points: Iterable[Point]) -> str:
    """Return a closed polygon as path data."""
    corners = [f"{number(x)} {number(y)}" for x, y in points]
    return f"M{'L'.join(corners)}z"


def _value(value: str | float) -> str:
    return escape(value, quote=True) if isinstance(value, str) else number(value)
