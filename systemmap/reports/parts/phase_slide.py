"""The phase report as one PowerPoint page with a native table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from systemmap.drawing.styles import LIGHT
from systemmap.reports.parts.fitting import table_height
from systemmap.reports.parts.phase_page import (
    RATING,
    below,
    cells,
    closing,
    headings,
    shares,
    under,
)
from systemmap.reports.parts.phase_rows import phases_finding
from systemmap.reports.parts.slides import (
    new_deck,
    rgb,
    saved,
    shade,
    table,
    text_box,
)

if TYPE_CHECKING:
    from systemmap.reports.parts.document import Order
    from systemmap.reports.parts.facts import Facts
    from systemmap.reports.parts.phase_rows import PhaseRow
    from systemmap.reports.parts.slides import Sheet

_TOP, _LEFT, _WIDE = 1.35, 0.5, 12.333  # inches
_ROOM = 6.85 - _TOP


def phase_slide(facts: Facts, rows: tuple[PhaseRow, ...]) -> bytes:
    """Return the phase report as a deck of one slide."""
    title = phases_finding(rows)
    deck = new_deck(
        title=f"{facts.place}: {title}",
        at=facts.order.at,
        template=facts.order.template,
    )
    page = deck.page(title, size=24)
    text_box(
        page, (_LEFT, 0.88, _WIDE, 0.35), (under(facts),), size=13, colour=LIGHT.quiet
    )
    if rows:
        _table(page, facts.order, rows)
    else:
        text_box(
            page,
            (_LEFT, _TOP, _WIDE, 0.5),
            below(rows, facts.order),
            size=14,
            colour=LIGHT.ink,
        )
    text_box(
        page, (_LEFT, 6.88, _WIDE, 0.5), closing(facts), size=8, colour=LIGHT.quiet
    )
    return saved(deck)


def _table(page: Sheet, order: Order, rows: tuple[PhaseRow, ...]) -> None:
    every = [headings(order), *(cells(row, order) for row in rows)]
    notes = below(rows, order)
    for size in (13, 12, 11, 10, 9, 8, 7):
        high = table_height(every, shares(order), _WIDE, size)
        rest = table_height([(note,) for note in notes], (1,), _WIDE, size)
        if high + rest <= _ROOM:
            break
    made = table(
        page,
        (_LEFT, _TOP, _WIDE, high),
        every,
        shares(order),
        size=size,
        alt=f"{phases_finding(rows)} One row a phase.",
    )
    for number, row in enumerate(rows, start=1):
        if row.colours:
            cell = made.cell(number, RATING)
            shade(cell, row.colours[1])
            run = cell.text_frame.paragraphs[0].runs[0]
            run.font.bold, run.font.color.rgb = True, rgb(row.colours[0])
    place = (_LEFT, _TOP + high + 0.1, _WIDE, max(rest, 0.3))
    text_box(page, place, notes, size=size, colour=LIGHT.ink)
