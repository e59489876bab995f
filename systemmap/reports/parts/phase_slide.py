"""The phase report as PowerPoint: a native table read from the back row, then the reasons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from systemmap.drawing.styles import LIGHT
from systemmap.language.phrases import shortened
from systemmap.reports.parts.blocks import Table
from systemmap.reports.parts.fitting import (
    column_widths,
    cut_table,
    lines_of,
    table_height,
)
from systemmap.reports.parts.phase_page import (
    RATING,
    below,
    cells,
    headings,
    shares,
    under,
)
from systemmap.reports.parts.phase_rows import phases_finding, why_lines
from systemmap.reports.parts.slides import (
    new_deck,
    note,
    rgb,
    saved,
    shade,
    table,
    text_box,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from systemmap.reports.parts.document import Order
    from systemmap.reports.parts.facts import Facts
    from systemmap.reports.parts.phase_rows import PhaseRow
    from systemmap.reports.parts.slides import Deck

SIZE = 14  # points: the smallest letters that are read from the back row
_TOP, _LEFT, _WIDE = 1.4, 0.5, 12.333  # inches
_UNDER, _BOTTOM = 0.92, 7.2
_ROOM = _BOTTOM - _TOP
_SIZES = (18, 16, SIZE)  # of the reasons
_MOST = 6  # phases on a slide: a programme has six, more than one workstream has more
_LINES = (8, 6, 5, 4, 3, 2)  # of a cell, until the phases of a slide fit on it
_ARIAL = 0.86  # of the widest font that columns are measured for
_LETTERS = 1_600  # of one reason: more would not stand on a slide


def phase_slide(facts: Facts, rows: tuple[PhaseRow, ...]) -> bytes:
    """Return the phase report as slides: the phases, then why and what ratings mean."""
    title = phases_finding(rows)
    deck = new_deck(
        title=f"{facts.place}: {title}",
        at=facts.order.at,
        template=facts.order.template,
    )
    letters = deck.letters(SIZE)
    groups = _groups(facts.order, rows, letters)
    for number, group in enumerate(groups, start=1):
        several = f" ({number} of {len(groups)})" if len(groups) > 1 else ""
        _table(deck, facts, f"{title}{several}", group)
    said = (*below(rows, facts.order), *facts.closing)
    meaning = (
        "Where these slides come from"
        if not any(row.rating for row in rows)
        else "Why, and what the ratings mean"
        if why_lines(rows)
        else "What the ratings mean"
    )
    for size in (max(size, letters) for size in _SIZES):
        pages = list(_pages(said, size))
        if len(pages) == 1:
            break
    for number, lines in enumerate(pages, start=1):
        several = f" ({number} of {len(pages)})" if len(pages) > 1 else ""
        head = f"{meaning}{several}" if rows else title
        sheet = deck.page(head, size=24)
        text_box(
            sheet,
            (_LEFT, _TOP, _WIDE, _ROOM),
            [shortened(line, _LETTERS) for line in lines],
            size=size,
        )
        note(sheet, "\n".join(lines))
    return saved(deck)


def _groups(
    order: Order, rows: Sequence[PhaseRow], size: float
) -> list[Sequence[PhaseRow]]:
    """Return the phases of each slide: as many as its height holds at `size` points.

    No phase stands alone on the last slide, where the one before can spare one.
    """

    def fits(group: Sequence[PhaseRow]) -> bool:
        return _fitted(order, group, size)[2] <= _BOTTOM - _top(size)

    groups: list[Sequence[PhaseRow]] = []
    while rows:
        most = min(_MOST, len(rows))
        count = next((n for n in range(most, 1, -1) if fits(rows[:n])), 1)
        groups.append(rows[:count])
        rows = rows[count:]
    if len(groups) > 1 and len(groups[-1]) == 1 < len(groups[-2]) - 1:
        last = (*groups[-2][-1:], *groups[-1])
        if fits(last):
            groups[-2:] = [groups[-2][:-1], last]
    return groups


def _top(size: float) -> float:
    """Return where the table begins: below the line under the title."""
    return _UNDER + (_TOP - _UNDER) * size / SIZE


def _table(deck: Deck, facts: Facts, title: str, rows: Sequence[PhaseRow]) -> None:
    order = facts.order
    sheet, size = deck.page(title, size=24), deck.letters(SIZE)
    text_box(
        sheet,
        (_LEFT, _UNDER, _WIDE, 0.35),
        (under(facts),),
        size=size,
        colour=LIGHT.quiet,
    )
    shown, wide, high = _fitted(order, rows, size)
    made = table(
        sheet,
        (_LEFT, _top(size), _WIDE, high),
        shown,
        wide,
        size=size,
        alt=f"{title} One row a phase.",
    )
    for number, row in enumerate(rows, start=1):
        if row.colours:
            cell = made.cell(number, RATING)
            shade(cell, row.colours[1])
            run = cell.text_frame.paragraphs[0].runs[0]
            run.font.bold, run.font.color.rgb = True, rgb(row.colours[0])
    note(sheet, "\n".join((under(facts), *map(_whole, rows))))


def _fitted(
    order: Order, rows: Sequence[PhaseRow], size: float
) -> tuple[list[tuple[str, ...]], list[int], float]:
    """Return head and rows as they stand on a slide, the columns' widths, the height."""
    own = size > SIZE  # a template's: its font may be wide, and slides may be more
    font, least = (1.1, _LINES[:3]) if own else (_ARIAL, _LINES)
    asked = Table(
        caption="",
        headings=headings(order),
        rows=cells(rows, order),
        shares=shares(order),
    )
    wide = [round(100 * inches) for inches in column_widths(asked, _WIDE, size * font)]
    for lines in least:
        cut = cut_table(
            Table(
                caption="", headings=asked.headings, rows=asked.rows, shares=tuple(wide)
            ),
            lines,
            width=_WIDE,
            size=size,
        )
        every = [asked.headings, *cut.rows]
        high = table_height(every, wide, _WIDE, size)
        if high <= _BOTTOM - _top(size):
            break
    return every, wide, high


def _whole(row: PhaseRow) -> str:
    """Return a phase in words, for the notes: nothing is cut there."""
    said = (
        ("Aims", row.aims),
        ("Responsible", row.owners),
        ("Due", row.due),
        ("Progress", row.progress),
        ("Rating", row.rating_word),
    )
    return f"{row.title}. " + " ".join(
        f"{label}: {words.rstrip('.')}." for label, words in said if words
    )


def _pages(said: Sequence[str], size: float) -> Iterator[tuple[str, ...]]:
    """Yield the lines of each slide: as many as its height holds at `size` points."""
    page: list[str] = []
    used = 0.0
    for line in said:
        lines = lines_of(shortened(line, _LETTERS), _WIDE, size)
        high = lines * size * 1.2 / 72 + 0.08
        if page and used + high > _ROOM:
            yield tuple(page)
            page, used = [], 0.0
        page.append(line)
        used += high
    if page:
        yield tuple(page)
