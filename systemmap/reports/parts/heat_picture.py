"""The heat map as a picture: a number in every cell, shade never the only sign."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from systemmap.drawing.styles import FONT, LIGHT
from systemmap.drawing.svg import element, number, text, words
from systemmap.reports.parts.theme_rows import (
    HEADINGS,
    SHARES,
    finding,
    notes,
    theme_rows,
)

if TYPE_CHECKING:
    from systemmap.reports.parts.facts import Facts
    from systemmap.reports.parts.theme_rows import ThemeRow

_WIDE, _ROW, _LEFT = 1000.0, 44.0, 30.0


def heat_svg(facts: Facts) -> str:
    """Draw the table as a picture, with its finding, key and source."""
    rows = theme_rows(facts)
    title = finding(rows)
    lines = textwrap.wrap(title, 80)
    top = 40.0 + 30 * len(lines)
    body = [
        *(
            _said((_LEFT, 48 + 30 * at), line, 25, bold=True)
            for at, line in enumerate(lines)
        ),
        _said(
            (_LEFT, top + 4),
            f"{facts.place} · as at {facts.day}",
            15,
            colour=LIGHT.quiet,
        ),
    ]
    top += 26
    if rows:
        body += _head(top)
        top += _ROW
    for row in rows:
        body += _cells(row, top)
        top += _ROW
    below = [line for note in notes(facts) for line in textwrap.wrap(note, 150)]
    body += [
        _said((_LEFT, top + 24 + 17 * at), line, 12, colour=LIGHT.quiet)
        for at, line in enumerate(below)
    ]
    high = top + 34 + 17 * len(below)
    return element(
        "svg",
        element("title", words(title), id="heat-title"),
        element("desc", words(_described(rows) or title), id="heat-desc"),
        element("rect", width=_WIDE, height=high, fill=LIGHT.paper),
        *body,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {number(_WIDE)} {number(high)}",
        width=_WIDE,
        height=high,
        role="img",
        aria_labelledby="heat-title heat-desc",
        font_family=f"'{FONT}','Source Sans 3','Segoe UI',sans-serif",
    )


def _described(rows: tuple[ThemeRow, ...]) -> str:
    return " ".join(
        f"{row.theme}: {row.cells[3]} with work, {row.reading.lower()}." for row in rows
    )


def _columns() -> list[tuple[float, float]]:
    room, x, found = _WIDE - 2 * _LEFT, _LEFT, []
    for share in SHARES:
        wide = room * share / sum(SHARES)
        found.append((x, wide))
        x += wide
    return found


def _head(top: float) -> list[str]:
    found = []
    for (x, wide), heading in zip(_columns(), HEADINGS, strict=True):
        lines = textwrap.wrap(heading, max(8, int(wide / 7.2)))
        for at, line in enumerate(lines):
            y = top + _ROW - 8 - 16 * (len(lines) - 1 - at)
            found.append(_said((x + 8, y), line, 13.5, bold=True))
    y = top + _ROW
    found.append(
        element(
            "line",
            x1=_LEFT,
            x2=_WIDE - _LEFT,
            y1=y,
            y2=y,
            stroke=LIGHT.border,
            stroke_width=1.5,
        )
    )
    return found


def _cells(row: ThemeRow, top: float) -> list[str]:
    found = []
    for at, ((x, wide), cell) in enumerate(zip(_columns(), row.cells, strict=True)):
        ground = row.ground if at == 3 else LIGHT.paper
        found.append(
            element(
                "rect",
                x=x,
                y=top,
                width=wide,
                height=_ROW,
                fill=ground,
                stroke="#DFE3E4",
                stroke_width=1,
            )
        )
        lines = textwrap.wrap(cell, max(6, int(wide / 7))) or [""]
        for line_at, line in enumerate(lines[:2]):
            y = top + _ROW / 2 + 5 + 16 * (line_at - (min(len(lines), 2) - 1) / 2)
            found.append(_said((x + 8, y), line, 15, bold=at == 3))
    return found


def _said(
    at: tuple[float, float],
    said: str,
    size: float,
    *,
    bold: bool = False,
    colour: str = LIGHT.ink,
) -> str:
    return text(at, said, font_size=size, fill=colour, font_weight=600 if bold else 400)
