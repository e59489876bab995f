"""A timeline as a picture: bars from start to date, milestones, a line for today."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from systemmap.drawing.styles import LIGHT
from systemmap.drawing.svg import chart, element, number, sheet, text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

WIDTH = 1080.0
_LABELS, _TOP, _ROW, _BAR = 300.0, 44.0, 30.0, 16.0
_LETTERS = 42  # of a name beside its bar; the table has it whole
_FILLS = {"done": "#1F5A8C", "late": "#A4262C", "ahead": "#0B5C6B"}
_SIGNS = {"done": "✓", "late": "!", "ahead": ""}
_MOST_TICKS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartBar:
    """A bar: its name, its days, whether it is done, late or ahead, where it ends."""

    name: str
    first: date
    last: date
    state: str
    open_ended: bool = False


@dataclass(frozen=True, slots=True)
class ChartPoint:
    """A milestone: its name and day."""

    name: str
    on: date


def timeline_svg(
    rows: Sequence[ChartBar | ChartPoint],
    *,
    span: tuple[date, date],
    today: date,
    title: str,
) -> str:
    """Return the picture; state is said by a sign at the bar's end as well as by colour.

    Parameters
    ----------
    span : tuple of date
        The first and last day drawn.
    title : str
        What the picture shows, for people who hear it.
    """
    scale = _Scale(*span)
    height = _TOP + _ROW * len(rows) + 10
    parts = [*_ticks(scale, height)]
    for place, row in enumerate(rows):
        y = _TOP + place * _ROW
        parts += (
            _bar(row, scale, y) if isinstance(row, ChartBar) else _point(row, scale, y)
        )
    x = scale.at(today)
    parts += [
        element(
            "path",
            d=f"M{number(x)} {_TOP - 14}V{number(height)}",
            stroke=LIGHT.ink,
            stroke_width=2,
            stroke_dasharray="2 3",
            fill="none",
        ),
        text(
            (x, 14.0), "today", text_anchor="middle", fill=LIGHT.ink, font_weight="600"
        ),
    ]
    return chart(
        (WIDTH, height),
        sheet(WIDTH, height),
        *parts,
        title=title,
    )


@dataclass(frozen=True, slots=True)
class _Scale:
    first: date
    last: date

    def at(self, on: date) -> float:
        whole = max((self.last - self.first).days, 1)
        return _LABELS + (WIDTH - _LABELS - 24) * (on - self.first).days / whole


def _ticks(scale: _Scale, height: float) -> Iterator[str]:
    months = (
        (scale.last.year - scale.first.year) * 12
        + scale.last.month
        - scale.first.month
        + 1
    )
    step = max(1, -(-months // _MOST_TICKS))
    for n in range(0, months, step):
        year, month = divmod(scale.first.month - 1 + n, 12)
        on = date(scale.first.year + year, month + 1, 1)
        x = scale.at(on)
        yield element(
            "path",
            d=f"M{number(x)} {_TOP - 8}V{number(height)}",
            stroke="#D5D9DC",
            fill="none",
        )
        yield text(
            (x + 3, 32.0),
            f"{calendar.month_abbr[on.month]} {on.year % 100:02d}",
            fill=LIGHT.quiet,
        )


def _bar(bar: ChartBar, scale: _Scale, y: float) -> Iterator[str]:
    left, right = scale.at(bar.first), scale.at(bar.last + timedelta(days=1))
    right = max(min(right, WIDTH - 24), left + 4)
    fill = _FILLS[bar.state]
    yield _name(bar.name, y)
    yield element(
        "rect", x=left, y=y + 4, width=right - left, height=_BAR, rx=2, fill=fill
    )
    sign = _SIGNS[bar.state] + (" →" if bar.open_ended else "")
    if sign.strip():
        yield text((right + 4, y + 17), sign.strip(), fill=fill, font_weight="600")


def _point(point: ChartPoint, scale: _Scale, y: float) -> Iterator[str]:
    x, middle = scale.at(point.on), y + 12
    yield _name(point.name, y)
    yield element(
        "path", d=f"M{number(x)} {number(middle - 8)}l8 8-8 8-8-8z", fill=LIGHT.ink
    )


def _name(name: str, y: float) -> str:
    short = name if len(name) <= _LETTERS else f"{name[: _LETTERS - 1].rstrip()}…"
    return text((_LABELS - 14, y + 17), short, text_anchor="end", fill=LIGHT.ink)
