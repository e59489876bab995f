"""The one-page phase report: rating now and before, progress in words, why amber."""

from __future__ import annotations

from typing import TYPE_CHECKING

from systemmap.drawing.styles import LIGHT
from systemmap.reports._facts import Facts
from systemmap.reports._fitting import table_height
from systemmap.reports._pdf import one_page
from systemmap.reports._phase_rows import (
    MOVES,
    phase_rows,
    phases_finding,
    rating_rules,
    why_lines,
)
from systemmap.reports._report import Report
from systemmap.reports._slides import (
    new_deck,
    new_page,
    rgb,
    saved,
    shade,
    table,
    text_box,
)

if TYPE_CHECKING:
    from systemmap.model.programme import Programme
    from systemmap.reports._phase_rows import PhaseRow
    from systemmap.reports._report import Order

SHARES = (20, 30, 18, 11, 33, 14, 14)
_RATING = 5
_TOP, _LEFT, _WIDE = 1.35, 0.5, 12.333  # inches
_ROOM = 6.85 - _TOP


def headings(order: Order) -> tuple[str, ...]:
    """Return the column headings; "Was" says since when."""
    was = f"Was, {order.since.words}" if order.since else "Was"
    return "Phase", "Aims", "Responsible", "Due", "Progress", "Rating", was


def cells(row: PhaseRow, order: Order) -> tuple[str, ...]:
    """Return one phase as cells; blank stays blank, and before is "–" when unrated."""
    was = row.was or "–" if order.since else ""
    return (
        row.title,
        row.aims,
        row.owners,
        row.due,
        row.progress,
        row.rating_words,
        was,
    )


def below(rows: tuple[PhaseRow, ...]) -> tuple[str, ...]:
    """Return what stands under the table: why, and what the ratings mean."""
    return (
        *why_lines(rows),
        f"Rating rules. {rating_rules()} Sign after a rating: {MOVES}.",
    )


def closing(facts: Facts) -> tuple[str, ...]:
    """Return the source and the rule; a phase report counts phases, not causes."""
    return (" ".join(facts.closing),)


def _slide(facts: Facts, rows: tuple[PhaseRow, ...]) -> bytes:
    title = phases_finding(rows)
    deck = new_deck(title=f"{facts.place}: {title}", at=facts.order.at)
    page = new_page(deck, title, size=24, place=(_LEFT, 0.3, _WIDE, 0.6))
    under = f"{facts.place} · whole systems approach to obesity · as at {facts.day}"
    text_box(page, (_LEFT, 0.88, _WIDE, 0.35), (under,), size=13, colour=LIGHT.quiet)
    if rows:
        _table(page, facts.order, rows)
    text_box(
        page, (_LEFT, 6.88, _WIDE, 0.5), closing(facts), size=8, colour=LIGHT.quiet
    )
    return saved(deck)


def _table(page: object, order: Order, rows: tuple[PhaseRow, ...]) -> None:
    every = [headings(order), *(cells(row, order) for row in rows)]
    notes = below(rows)
    for size in (13, 12, 11, 10, 9, 8, 7):
        high = table_height(every, SHARES, _WIDE, size)
        rest = table_height([(note,) for note in notes], (1,), _WIDE, size)
        if high + rest <= _ROOM:
            break
    made = table(
        page,
        (_LEFT, _TOP, _WIDE, high),
        every,
        SHARES,
        size=size,
        alt=f"{phases_finding(rows)} One row a phase.",
    )
    for number, row in enumerate(rows, start=1):
        if row.colours:
            cell = made.cell(number, _RATING)
            shade(cell, row.colours[1])
            run = cell.text_frame.paragraphs[0].runs[0]
            run.font.bold, run.font.color.rgb = True, rgb(row.colours[0])
    place = (_LEFT, _TOP + high + 0.1, _WIDE, max(rest, 0.3))
    text_box(page, place, notes, size=size, colour=LIGHT.ink)


def _make(programme: Programme, order: Order, suffix: str) -> bytes:
    facts = Facts(programme, order)
    rows = phase_rows(programme, order.since)
    if suffix == ".pptx":
        return _slide(facts, rows)
    return one_page(
        title=phases_finding(rows),
        under=f"{facts.place} · whole systems approach to obesity · as at {facts.day}",
        rows=[headings(order), *(cells(row, order) for row in rows)] if rows else [],
        shares=SHARES,
        colours={
            (n, _RATING): row.colours for n, row in enumerate(rows, 1) if row.colours
        },
        notes=below(rows) if rows else (),
        closing=closing(facts),
    )


REPORT = Report(
    key="phase_report",
    title="One-page phase report",
    for_whom="The lead, the director of public health, the board",
    suffixes=(".pptx", ".pdf"),
    limit="One page. Words before ratings; no percentage is made up.",
    make=_make,
    uses=frozenset({"since"}),
)
