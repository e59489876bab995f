"""Theme coverage as a heat map: a number in every cell, shade never the only sign."""

from __future__ import annotations

from typing import TYPE_CHECKING

from systemmap.drawing.picture import png_from
from systemmap.drawing.styles import LIGHT
from systemmap.reports.parts.blocks import Paper, Table, Words
from systemmap.reports.parts.document import Report
from systemmap.reports.parts.facts import Facts
from systemmap.reports.parts.heat_picture import heat_svg
from systemmap.reports.parts.laid_out import PAPER_FILES, laid_out
from systemmap.reports.parts.theme_rows import (
    HEADINGS,
    SHARES,
    ThemeRow,
    finding,
    notes,
    theme_rows,
)

if TYPE_CHECKING:
    from systemmap.model.programme import Programme
    from systemmap.reports.parts.document import Order

__all__ = ["HEADINGS", "REPORT", "finding_of", "rows_of"]


def rows_of(programme: Programme, order: Order) -> tuple[ThemeRow, ...]:
    """Return the rows of the heat map, for a screen."""
    return theme_rows(Facts(programme, order))


def finding_of(programme: Programme, order: Order) -> str:
    """Return what the heat map shows, for a screen."""
    return finding(rows_of(programme, order))


def _paper(facts: Facts) -> Paper:
    rows = theme_rows(facts)
    table = Table(
        caption="Theme coverage",
        headings=HEADINGS,
        rows=tuple(row.cells for row in rows),
        shares=SHARES,
        numbers=frozenset({1, 2, 4, 5}),
        colours={(at, 3): (LIGHT.ink, row.ground) for at, row in enumerate(rows)},
    )
    return Paper(
        title=finding(rows),
        running=f"{facts.place}, {facts.day}",
        blocks=(
            *((table,) if rows else ()),
            *(Words(text=note, kind="small") for note in notes(facts)),
        ),
        footer=facts.footer,
        landscape=True,
    )


def _make(programme: Programme, order: Order, suffix: str) -> bytes:
    facts = Facts(programme, order)
    if suffix == ".png":
        return png_from(heat_svg(facts), width=2000)
    if suffix == ".svg":
        return heat_svg(facts).encode()
    return laid_out(_paper(facts), order, suffix)


def paper_of(programme: Programme, order: Order) -> Paper:
    """Return the heat map as a table on a page."""
    return _paper(Facts(programme, order))


REPORT = Report(
    key="coverage_heat",
    title="Theme coverage heat map",
    for_whom="The partnership",
    suffixes=(".png", ".svg", *PAPER_FILES),
    limit="One page. The same numbers as a picture and as a table; the picture alone needs the table beside it.",
    make=_make,
    uses=frozenset({"map", "template"}),
    paper=paper_of,
)
