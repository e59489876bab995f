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

_TOP, _BAR, _END = 44.0, 16.0, 24.0
_LETTERS = 42  # of a name at its bar; the table has it whole
_FILLS = {"done": "#1F5A8C", "late": "#A4262C", "ahead": "#0B5C6B"}
_SIGNS = {"done": "✓", "late": "!", "ahead": ""}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Form:
    """How wide the picture is, where its time begins, and how its rows stand."""

    width: float
    left: float
    row: float
    ticks: int  # at most so many months are named
    above: bool  # names stand over their bars, not beside them


_WIDE = _Form(width=1080.0, left=300.0, row=30.0, ticks=12, above=False)
_PHONE = _Form(width=288.0, left=0.0, row=46.0, ticks=5, above=True)
"""What a phone 320 pixels wide has room for, so that letters keep their size."""


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
    narrow: bool = False,
) -> str:
    """Return the picture; state is said by a sign at the bar's end as well as by colour.

    Parameters
    ----------
    span : tuple of date
        The first and last day drawn.
    title : str
        What the picture shows, for people who hear it.
    narrow : bool
        Whether it is drawn for a phone: no wider than one, and taller.
    """
    form = _PHONE if narrow else _WIDE
    scale = _Scale(*span, form)
    height = _TOP + form.row * len(rows) + 10
    parts = [*_ticks(scale, height), *_today(scale, today, height)]
    for place, row in enumerate(rows):
        y = _TOP + place * form.row
        parts += (
            _bar(row, scale, y) if isinstance(row, ChartBar) else _point(row, scale, y)
        )
    return chart(
        (form.width, height),
        sheet(form.width, height),
        *parts,
        title=title,
    )


@dataclass(frozen=True, slots=True)
class _Scale:
    first: date
    last: date
    form: _Form

    def at(self, on: date) -> float:
        whole = max((self.last - self.first).days, 1)
        left = self.form.left
        return left + (self.form.width - left - _END) * (on - self.first).days / whole


def _today(scale: _Scale, today: date, height: float) -> Iterator[str]:
    x, width = scale.at(today), scale.form.width
    yield element(
        "path",
        d=f"M{number(x)} {_TOP - 14}V{number(height)}",
        stroke=LIGHT.ink,
        stroke_width=2,
        stroke_dasharray="2 3",
        fill="none",
    )
    yield text(
        (min(max(x, 18.0), width - 18), 14.0),
        "today",
        text_anchor="middle",
        fill=LIGHT.ink,
        font_weight="600",
    )


def _ticks(scale: _Scale, height: float) -> Iterator[str]:
    months = (
        (scale.last.year - scale.first.year) * 12
        + scale.last.month
        - scale.first.month
        + 1
    )
    step = max(1, -(-months // scale.form.ticks))
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
    right = max(min(right, scale.form.width - _END), left + 4)
    fill = _FILLS[bar.state]
    yield _name(bar.name, y, scale.form)
    y += _below(scale.form)
    yield element(
        "rect", x=left, y=y + 4, width=right - left, height=_BAR, rx=2, fill=fill
    )
    sign = _SIGNS[bar.state] + (" →" if bar.open_ended else "")
    if sign.strip():
        yield text((right + 4, y + 17), sign.strip(), fill=fill, font_weight="600")


def _point(point: ChartPoint, scale: _Scale, y: float) -> Iterator[str]:
    x, middle = scale.at(point.on), y + 12 + _below(scale.form)
    yield _name(point.name, y, scale.form)
    yield element(
        "path", d=f"M{number(x)} {number(middle - 8)}l8 8-8 8-8-8z", fill=LIGHT.ink
    )


def _below(form: _Form) -> float:
    """Return how far a bar stands below the top of its row."""
    return form.row - _WIDE.row


def _name(name: str, y: float, form: _Form) -> str:
    short = name if len(name) <= _LETTERS else f"{name[: _LETTERS - 1].rstrip()}…"
    if form.above:
        return text(  # lines of months and of today do not strike it through
            (0.0, y + 17),
            short,
            fill=LIGHT.ink,
            stroke="#FFFFFF",
            stroke_width=4,
            paint_order="stroke",
        )
    return text((form.left - 14, y + 17), short, text_anchor="end", fill=LIGHT.ink)
