"""The one-page phase report: rating now and before, progress in words, why amber."""

from __future__ import annotations

from typing import TYPE_CHECKING

from systemmap.reports.parts.blocks import Paper, Table, Words
from systemmap.reports.parts.document import Report
from systemmap.reports.parts.facts import Facts
from systemmap.reports.parts.laid_out import laid_out
from systemmap.reports.parts.phase_page import (
    RATING,
    below,
    cells,
    closing,
    headings,
    shares,
    under,
)
from systemmap.reports.parts.phase_rows import phase_rows, phases_finding

if TYPE_CHECKING:
    from systemmap.model.programme import Programme
    from systemmap.reports.parts.document import Order


def _make(programme: Programme, order: Order, suffix: str) -> bytes:
    facts = Facts(programme, order)
    rows = phase_rows(programme, order.since)
    if suffix == ".pptx":
        from systemmap.reports.parts.phase_slide import phase_slide  # slow to import

        return phase_slide(facts, rows)
    return laid_out(paper_of(programme, order), order, suffix)


def paper_of(programme: Programme, order: Order) -> Paper:
    """Return the phase report as one page."""
    facts = Facts(programme, order)
    rows = phase_rows(programme, order.since)
    table = Table(
        caption="",
        headings=headings(order),
        rows=cells(rows, order),
        shares=shares(order),
        colours={(n, RATING): row.colours for n, row in enumerate(rows) if row.colours},
    )
    return Paper(
        title=phases_finding(rows),
        running=under(facts),
        blocks=(
            *((table,) if rows else ()),
            *(Words(text=note) for note in below(rows, order)),
            *(Words(text=said, kind="small") for said in closing(facts)),
        ),
        footer=facts.footer,
        landscape=True,
        one_page=True,
    )


REPORT = Report(
    key="phase_report",
    title="One-page phase report",
    for_whom="The lead, the director of public health, the board",
    suffixes=(".pptx", ".pdf", ".docx", ".html"),
    limit="One page of A4, cut with “…” where its letters would be smaller than 7 points. Slides hold the table, six phases on each, and the reasons at 14 points; their notes hold every word. Words before ratings; no percentage is made up.",
    make=_make,
    uses=frozenset({"since", "template"}),
    paper=paper_of,
)
