"""The four-box chart: links out to the right, links in upwards, equal factors stacked."""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING, TypeAlias

from systemmap.drawing.styles import LIGHT
from systemmap.drawing.svg import chart, element, text, words

if TYPE_CHECKING:
    from collections.abc import Callable

    from systemmap.analysis.four_boxes import FourBoxes

Placing: TypeAlias = "Callable[[float, float], tuple[float, float]]"

WIDTH, HEIGHT = 720.0, 480.0
_LEFT, _BOTTOM, _TOP, _RIGHT = 70.0, 56.0, 30.0, 24.0
_SMALLEST = 11.0  # radius of one factor's disc; two or more grow with the root


def four_box_svg(boxes: FourBoxes, *, title: str) -> str:
    """Return the chart; a disc stands for all factors with the same two counts.

    The lines lie at the map's medians; "many" is strictly above them. Nothing
    is moved aside to make room: the number in a disc says how many stand there.
    """
    most_out = max((out for _, out in boxes.cells), default=0) + 1
    most_in = max((into for into, _ in boxes.cells), default=0) + 1

    def at(links_in: float, links_out: float) -> tuple[float, float]:
        x = _LEFT + (WIDTH - _LEFT - _RIGHT) * links_out / most_out
        return x, HEIGHT - _BOTTOM - (HEIGHT - _BOTTOM - _TOP) * links_in / most_in

    parts = [
        element("title", words(title)),
        *_frame(at, most_in, most_out),
        *_medians(at, boxes, most_in, most_out),
    ]
    room = 0.46 * (at(0, 0)[1] - at(1, 0)[1])  # so that no disc covers the next
    for (links_in, links_out), factors in boxes.cells.items():
        x, y = at(links_in, links_out)
        radius = min(_SMALLEST * sqrt(len(factors)), room)
        parts.append(
            element(
                "circle",
                cx=x,
                cy=y,
                r=radius,
                fill="#0B5C6B",
                fill_opacity=0.85,
                stroke=LIGHT.paper,
            )
        )
        parts.append(
            text(
                (x, y + 5),
                str(len(factors)),
                text_anchor="middle",
                fill=LIGHT.paper,
                font_size=14,
            )
        )
    return chart(
        (WIDTH, HEIGHT),
        *parts,
    )


def _frame(at: Placing, most_in: int, most_out: int) -> list[str]:
    ticks = [
        text(
            (at(0, n)[0], HEIGHT - _BOTTOM + 32),
            str(n),
            text_anchor="middle",
            fill=LIGHT.quiet,
        )
        for n in range(most_out)
    ]
    ticks += [
        text((_LEFT - 16, at(n, 0)[1] + 5), str(n), text_anchor="end", fill=LIGHT.quiet)
        for n in range(most_in)
    ]
    return [
        *ticks,
        text(
            (WIDTH - _RIGHT, HEIGHT - 10),
            "links out →",
            text_anchor="end",
            fill=LIGHT.ink,
        ),
        text((8, 18), "links in ↑", fill=LIGHT.ink),
    ]


def _medians(at: Placing, boxes: FourBoxes, most_in: int, most_out: int) -> list[str]:
    x, y = at(boxes.median_in + 0.5, boxes.median_out + 0.5)
    corners = (
        ((_LEFT + 6, _TOP + 14), "results", "start"),
        ((WIDTH - _RIGHT, _TOP + 14), "hubs", "end"),
        ((_LEFT + 6, HEIGHT - _BOTTOM - 8), "quiet", "start"),
        ((WIDTH - _RIGHT, HEIGHT - _BOTTOM - 8), "drivers", "end"),
    )
    return [
        element(
            "line",
            x1=x,
            x2=x,
            y1=at(most_in, 0)[1],
            y2=at(0, 0)[1],
            stroke=LIGHT.border,
            stroke_dasharray="5 4",
        ),
        element(
            "line",
            x1=at(0, 0)[0],
            x2=at(0, most_out)[0],
            y1=y,
            y2=y,
            stroke=LIGHT.border,
            stroke_dasharray="5 4",
        ),
        *(
            text(where, name, text_anchor=anchor, fill=LIGHT.quiet, font_size=16)
            for where, name, anchor in corners
        ),
    ]
