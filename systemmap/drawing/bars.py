"""Bars beside each other, with the number at the end of each: no axis to read off."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from systemmap.drawing.styles import LIGHT
from systemmap.drawing.svg import chart, element, text

if TYPE_CHECKING:
    from collections.abc import Sequence

WIDTH = 760.0
_LABELS, _NUMBERS = 210.0, 90.0
_BAR, _GAP, _GROUP = 18.0, 4.0, 14.0
_COLOURS = ("#0B5C6B", "#AD825D", "#6F777B")


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its value (None = no figure, drawn as words only) and how it is said."""

    value: float | None
    words: str


def bars_svg(
    groups: Sequence[tuple[str, Sequence[Bar]]],
    *,
    title: str,
    series: Sequence[str] = (),
) -> str:
    """Return bars in groups, one group a row, longest bar at full width.

    Parameters
    ----------
    groups : sequence of (label, bars)
        Every group has one bar for each series.
    title : str
        What the picture shows, for people who hear it.
    series : sequence of str
        Names of the series, shown as a key; empty for a single one.
    """
    most = (
        max((bar.value or 0.0 for _, bars in groups for bar in bars), default=0.0)
        or 1.0
    )
    parts, y = _key(series)
    for label, bars in groups:
        middle = y + (len(bars) * (_BAR + _GAP) - _GAP) / 2 + 5
        parts.append(
            text((_LABELS - 12, middle), label, text_anchor="end", fill=LIGHT.ink)
        )
        for n, bar in enumerate(bars):
            parts.extend(
                _bar(bar, most, y + n * (_BAR + _GAP), _COLOURS[n % len(_COLOURS)])
            )
        y += len(bars) * (_BAR + _GAP) + _GROUP
    return chart(
        (WIDTH, y),
        *parts,
        title=title,
        font_size=15,
    )


def _bar(bar: Bar, most: float, y: float, colour: str) -> list[str]:
    long = 0.0 if bar.value is None else (WIDTH - _LABELS - _NUMBERS) * bar.value / most
    drawn = (
        [
            element(
                "rect",
                x=_LABELS,
                y=y,
                width=max(long, 1.5),
                height=_BAR,
                rx=2,
                fill=colour,
            )
        ]
        if bar.value is not None
        else []
    )
    return [*drawn, text((_LABELS + long + 8, y + 14), bar.words, fill=LIGHT.ink)]


def _key(series: Sequence[str]) -> tuple[list[str], float]:
    if not series:
        return [], 6.0
    parts, x = [], _LABELS
    for n, name in enumerate(series):
        parts.append(
            element(
                "rect",
                x=x,
                y=4.0,
                width=14.0,
                height=14.0,
                rx=2,
                fill=_COLOURS[n % len(_COLOURS)],
            )
        )
        parts.append(text((x + 20, 16.0), name, fill=LIGHT.ink))
        x += 40 + 7.2 * len(name)
    return parts, 34.0
