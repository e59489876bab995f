"""A figure over time: lines of ours and of others, intervals, and what is not published."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from systemmap.drawing.styles import LIGHT
from systemmap.drawing.svg import chart, element, number, sheet, text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_TOP, _BOTTOM, _LEFT = 34.0, 34.0, 56.0
_NAMES = 150.0  # room at the right for the lines' names
_MOST_PERIODS = 7
_LEAST = 0.2  # of the highest value: what the scale spans at least
_STYLES = (
    ("#0B5C6B", None, 2.5),
    ("#AD5A1C", "7 4", 1.75),
    ("#55606B", "2 4", 1.75),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class TrendPoint:
    """One period of a line; `value` None = nothing published, which is drawn as a gap."""

    period: str
    value: float | None
    lower: float | None = None
    upper: float | None = None


@dataclass(frozen=True, slots=True)
class TrendLine:
    """One area over time."""

    name: str
    points: Sequence[TrendPoint]


def trend_svg(
    lines: Sequence[TrendLine],
    periods: Sequence[str],
    *,
    title: str,
    unit: str = "",
    size: tuple[float, float] = (760.0, 320.0),
) -> str:
    """Return the chart. The first line is ours: solid, with its intervals.

    Lines differ by their strokes and points and carry their names, so colour is
    never alone. A period without a figure has a hollow mark at the foot.

    Parameters
    ----------
    lines : sequence of TrendLine
        At most three.
    periods : sequence of str
        All periods, oldest first.
    title : str
        What the picture shows, for people who hear it.
    unit : str
        Said at the head of the scale.
    """
    scale = _Scale.over(lines, periods, size)
    width, height = size
    parts = [*_grid(scale, unit), *_periods(scale)]
    for line, style in zip(lines, _STYLES, strict=False):
        parts += _line(line, scale, style, first=line is lines[0])
    parts += _names(lines, scale)
    return chart(
        (width, height),
        sheet(width, height),
        *parts,
        title=title,
    )


@dataclass(frozen=True, slots=True)
class _Scale:
    low: float
    high: float
    step: float
    periods: tuple[str, ...]
    width: float
    height: float

    @classmethod
    def over(
        cls,
        lines: Sequence[TrendLine],
        periods: Sequence[str],
        size: tuple[float, float],
    ) -> _Scale:
        """Return a scale that holds every value and interval, from nought where near.

        It is never so narrow that a small change looks like a large one.
        """
        known = [
            value
            for line in lines
            for point in line.points
            for value in (point.value, point.lower, point.upper)
            if value is not None
        ] or [0.0, 1.0]
        low, high = min(known), max(known)
        room = max((high - low) * 0.15, (abs(high) * _LEAST - (high - low)) / 2)
        room = room or 1.0
        low = 0.0 if 0 <= low < high * 0.4 else low - room
        step = _step((high + room - low) / 4)
        low, high = (
            math.floor(low / step) * step,
            math.ceil((high + room) / step) * step,
        )
        return cls(low, high, step, tuple(periods), *size)

    def x(self, period: str) -> float:
        room = self.width - _LEFT - _NAMES - 16
        if len(self.periods) == 1:
            return _LEFT + 16 + room / 2
        place = self.periods.index(period)
        return _LEFT + 16 + room * place / (len(self.periods) - 1)

    def y(self, value: float) -> float:
        share = (value - self.low) / (self.high - self.low)
        return self.height - _BOTTOM - share * (self.height - _TOP - _BOTTOM)

    @property
    def foot(self) -> float:
        return self.height - _BOTTOM


def _step(about: float) -> float:
    """Return the nearest round number that is no smaller: 1, 2 or 5 times a power of ten."""
    power = 10.0 ** math.floor(math.log10(about))
    return next(n * power for n in (1, 2, 5, 10) if n * power >= about * 0.999)


def _grid(scale: _Scale, unit: str) -> Iterator[str]:
    digits = max(0, -math.floor(math.log10(scale.step)))
    for n in range(round((scale.high - scale.low) / scale.step) + 1):
        value = scale.low + n * scale.step
        y = scale.y(value)
        yield element(
            "path",
            d=f"M{number(_LEFT)} {number(y)}H{number(scale.width - _NAMES)}",
            stroke="#D5D9DC",
            fill="none",
        )
        yield text(
            (_LEFT - 8, y + 5),
            f"{value:,.{digits}f}",
            text_anchor="end",
            fill=LIGHT.quiet,
        )
    if unit:
        yield text((_LEFT - 8, 18.0), unit, fill=LIGHT.quiet, text_anchor="start")


def _periods(scale: _Scale) -> Iterator[str]:
    step = -(-len(scale.periods) // _MOST_PERIODS) or 1
    for place, period in enumerate(scale.periods):
        if (len(scale.periods) - 1 - place) % step == 0:
            yield text(
                (scale.x(period), scale.height - 10),
                period,
                text_anchor="middle",
                fill=LIGHT.quiet,
            )


def _line(
    line: TrendLine,
    scale: _Scale,
    style: tuple[str, str | None, float],
    *,
    first: bool,
) -> Iterator[str]:
    colour, dashes, thick = style
    began = False
    way = ""
    for point in line.points:
        if point.value is None:
            began = False
            continue
        at = f"{number(scale.x(point.period))} {number(scale.y(point.value))}"
        way += f"{'L' if began else 'M'}{at}"
        began = True
    if way:
        yield element(
            "path",
            d=way,
            stroke=colour,
            stroke_width=thick,
            stroke_dasharray=dashes,
            fill="none",
        )
    for point in line.points:
        x = scale.x(point.period)
        if point.value is None:
            if first:
                yield from _nothing(x, scale.foot)
            continue
        if first and point.lower is not None and point.upper is not None:
            yield _interval(x, scale.y(point.lower), scale.y(point.upper), colour)
        yield _mark(x, scale.y(point.value), colour, filled=first)


def _interval(x: float, low: float, high: float, colour: str) -> str:
    ends = f"M{number(x - 5)} {number(low)}h10M{number(x - 5)} {number(high)}h10"
    return element(
        "path",
        d=f"M{number(x)} {number(low)}V{number(high)}{ends}",
        stroke=colour,
        stroke_width=1.5,
        fill="none",
    )


def _mark(x: float, y: float, colour: str, *, filled: bool) -> str:
    if filled:
        return element("circle", cx=x, cy=y, r=4.5, fill=colour)
    return element(
        "rect",
        x=x - 3.5,
        y=y - 3.5,
        width=7.0,
        height=7.0,
        fill="#FFFFFF",
        stroke=colour,
        stroke_width=1.75,
    )


def _nothing(x: float, foot: float) -> Iterator[str]:
    yield element(
        "circle",
        cx=x,
        cy=foot - 8,
        r=5.0,
        fill="#FFFFFF",
        stroke=LIGHT.border,
        stroke_dasharray="2 2",
        stroke_width=1.5,
    )
    yield text(
        (x, foot - 18),
        "no figure",
        text_anchor="middle",
        fill=LIGHT.quiet,
        font_size=13,
    )


def _names(lines: Sequence[TrendLine], scale: _Scale) -> Iterator[str]:
    """Write each line's name beside its last figure, none over another."""
    ends = []
    for line, (colour, _, _) in zip(lines, _STYLES, strict=False):
        last = next((p for p in line.points[::-1] if p.value is not None), None)
        if last is not None and last.value is not None:
            ends.append((scale.y(last.value), line.name, colour))
    below = _TOP - 20
    for y, name, colour in sorted(ends):
        below = max(y, below + 17)
        yield text(
            (scale.width - _NAMES + 6, below + 5),
            name if len(name) <= 20 else f"{name[:19].rstrip()}…",
            fill=colour,
            font_weight="600",
        )
